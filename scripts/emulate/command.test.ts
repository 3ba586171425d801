import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { refusal } from "../serial/port";
import { openPseudoTerminal } from "../serial/pty";
import { emulateCommand, partKinds, usage } from "./command";

const folder = mkdtempSync(join(tmpdir(), "emulate-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function run(...args: string[]): Promise<[number, string, string]> {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const code = await emulateCommand(args, { stdin, stdout, stderr });
  const all = (stream: PassThrough): string => String(stream.read() ?? "");
  return [code, all(stdout), all(stderr)];
}

test("help", async () => {
  expect(await run("--help")).toEqual([0, `${usage}\n`, ""]);
  for (const name of Object.keys(partKinds)) expect(usage).toContain(name);
});

const damaged = join(folder, "damaged.json");
const another = join(folder, "another.json");
writeFileSync(damaged, "{");
writeFileSync(another, JSON.stringify({ part: "r503", model: "r307", present: 0, all: [{ templates: [], notepad: [], serial: "00", password: "00000000" }] }));

test.each([
  [[], "Which part? Parts are: r503, efaa, dfplayer, pn532, rdm6300."],
  [["r305", "--pty"], 'There is no part "r305"; parts are: r503, efaa, dfplayer, pn532, rdm6300.'],
  [["toString", "--pty"], 'There is no part "toString"; parts are: r503, efaa, dfplayer, pn532, rdm6300.'],
  [["r503", "efaa", "--pty"], 'One part at a time: "efaa" is too much.'],
  [["r503"], "Say where the part is: --port <tty> or --pty."],
  [["r503", "--pty", "--port", "/dev/ttyS0"], "Say where the part is: --port <tty> or --pty."],
  [["r503", "--speed"], 'There is no option "--speed"; options are: --port, --pty, --db, --model, --help.'],
  [["r503", "--port"], "The option --port needs a value after it."],
  [["r503", "--pty", "--model", "r305"], 'There is no model "r305" of the r503; models are: r503, r307, zw111.'],
  [["pn532", "--pty", "--db", "x"], "The option --db is for r503 and efaa: a pn532 keeps nothing."],
  [["r503", "--port", "/dev/ttyNone"], "There is no port /dev/ttyNone; ls /dev/tty* lists the ports there are."],
  [["r503", "--port", "/dev/null"], "/dev/null is no serial port; one is named like /dev/ttyUSB0."],
  [["r503", "--port", folder], `${folder} is no serial port; one is named like /dev/ttyUSB0.`],
  [["r503", "--pty", "--db", damaged], `${damaged} holds no templates of an emulated part; name another file, or move it away.`],
  [["r503", "--pty", "--db", another], `${another} belongs to a r503, model r307; name another file for a r503, model r503.`],
  [["r503", "--pty", "--db", folder], `${folder} cannot be read (EISDIR).`],
  [["r503", "--pty", "--db", join(folder, "none", "x")], `The templates cannot be kept in ${join(folder, "none", "x")} (ENOENT).`],
])("%p is refused in one line", async (args, message) => {
  expect(await run(...args)).toEqual([2, "", `${message}\n`]);
});

test("what the system says of a port is said in words", () => {
  expect(refusal("/dev/ttyUSB0", "EACCES")).toBe("No permission for /dev/ttyUSB0; its group may open it (ls -l /dev/ttyUSB0 names it, often dialout).");
  expect(refusal("/dev/ttyUSB0", "EBUSY")).toBe("The port /dev/ttyUSB0 is in use by another program.");
  expect(refusal("/dev/ttyUSB0", "EMFILE")).toBe("The port /dev/ttyUSB0 cannot be opened (EMFILE).");
});

const withScript = spawnSync("script", ["--version"]).status === 0 ? test : test.skip;

/** Resolves when the text has come. */
function said(stream: NodeJS.ReadableStream, pattern: RegExp): Promise<string> {
  return new Promise((resolve) => {
    let all = "";
    stream.on("data", (chunk: Buffer) => {
      all += chunk.toString("latin1");
      const found = pattern.exec(all);
      if (found !== null) resolve(found[0]);
    });
  });
}

withScript("a whole run on a port: it answers the lock and who types, and Ctrl-C ends it (skipped without util-linux's script)", async () => {
  const fromPart = new PassThrough();
  const ready = said(fromPart, /\x55/);
  const answer = said(fromPart, /\xef\x01\xff\xff\xff\xff\x07\x00\x03\x00\x00\x0a/);
  const pty = await openPseudoTerminal((bytes) => fromPart.write(bytes, "latin1"));
  const kept = join(folder, "kept.json");
  const args = ["-r", "ts-node/register", join(__dirname, "..", "emulate.ts"), "r503", "--port", pty.path, "--db", kept];
  const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
  try {
    expect(await said(child.stdout, /on \S+ at \d+ baud/)).toBe(`on ${pty.path} at 57600 baud`);
    const ok = said(child.stdout, /ok\n/);
    child.stdin.write("finger 7\n");
    await Promise.all([ok, ready]);
    pty.write("\xef\x01\xff\xff\xff\xff\x01\x00\x07\x13\x00\x00\x00\x00\x00\x1b");
    await answer;
    const code = new Promise((resolve) => child.on("exit", resolve));
    child.kill("SIGINT");
    expect(await code).toBe(0);
    expect(JSON.parse(readFileSync(kept, "utf8"))).toMatchObject({ part: "r503", model: "r503", present: 0, all: [{ templates: [] }] });
    expect(readdirSync(folder)).not.toContain("kept.json.new");
  } finally {
    child.kill("SIGKILL");
    pty.close();
  }
}, 60000);
