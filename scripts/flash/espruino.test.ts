/** `npm run flash` at the real interpreter on a pseudo-terminal: its own Storage, boot files and console. */
import { ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { Manifest, manifestName, sha256 } from "../build/manifest";
import { openLine } from "../serial/open";
import { openPseudoTerminal, PseudoTerminal } from "../serial/pty";
import { flashCommand } from "./command";
import { imageText } from "./fakes/board";
import { chipPace } from "./prompt";
import { lockPace } from "./update";

const program = process.env.ESPRUINO_BIN;
const isPossible = program !== undefined && program !== "" && spawnSync("script", ["--version"]).status === 0;
const withInterpreter = isPossible ? test : test.skip;

const folder = mkdtempSync(join(tmpdir(), "flash-espruino-"));
let child: ChildProcess | null = null;
let pty: PseudoTerminal | null = null;
afterAll(() => {
  // It ends at nothing less, and it spins once its terminal has gone.
  child?.kill("SIGKILL");
  pty?.close();
  rmSync(folder, { recursive: true });
});

/** Closes the prompt, and answers what a lock's console would, with what the image says. */
const boot = `E.setConsole(null,{force:true});
var version=require("Storage").read("lock",0,5),line="";
USB.on("data",function(d){line+=d;var i=line.indexOf("\\n");while(i>=0){if(line.substr(0,i)=="version")USB.write("version "+version+"\\nok\\n");line=line.substr(i+1);i=line.indexOf("\\n");}});
setInterval(function(){},1000);
USB.write("@0 boot cause=power version="+version+"\\n");`;

function build(version: string): string {
  const files = [["boot0.js", ".boot0", "boot", boot], ["lock.js", "lock", "image", version + imageText]].map(([file, store, role, text]) => {
    writeFileSync(join(folder, file), text, "latin1");
    return { file, store, role: role as "boot" | "image", size: text.length, sha256: sha256(text) };
  });
  const manifest: Manifest = {
    format: 1, board: "esp32-devkitc-espruino", platform: "espruino", version, git: "abc1234", base: { firmware: "Espruino", from: "2v27" }, soc: "esp32", files,
  };
  writeFileSync(join(folder, manifestName), JSON.stringify(manifest));
  return folder;
}

withInterpreter("the image is written, checked, started and answers (skipped without ESPRUINO_BIN or util-linux's script)", async () => {
  pty = await openPseudoTerminal((bytes) => child?.stdin?.write(bytes, "latin1"));
  const { path, write } = pty;
  // Its input stays open: at the end of it the interpreter would flood its own console.
  child = spawn(program ?? "", [], { cwd: folder, stdio: ["pipe", "pipe", "ignore"] });
  // It is killed at the end, perhaps with bytes on their way to it.
  child.stdin?.on("error", () => undefined);
  child.stdout?.on("data", (chunk: Buffer) => write(chunk.toString("latin1")));
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const surroundings = { open: openLine, chip: chipPace, lock: lockPace, environment: {} };
  const args = ["--board", "esp32-devkitc-espruino", "--port", path, "--build", build("0.2.0")];
  expect([await flashCommand(args, { stdin, stdout, stderr }, surroundings), String(stderr.read() ?? "")]).toEqual([0, ""]);
  const out = String(stdout.read());
  expect(out).toMatch(/Espruino 2v\d+\S* on LINUX\S*, a PC and no chip\.\nStorage of \d+ bytes, .* room for \d+ variables/);
  expect(out).toContain("Check lock                SHA-256 agrees\n");
  expect(out).toContain("Restart                   the lock answers: version 0.2.0\n");
  // There is no prompt any more.
  expect([await flashCommand(args, { stdin, stdout, stderr }, surroundings), String(stderr.read())]).toEqual([2, expect.stringMatching(/^Nothing answers at /)]);
}, 120000);
