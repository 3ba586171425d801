/** The boot file on the real interpreter, from its own Storage: which of the two places starts. */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { bootFile, headOf, lockFile, placeBytes, places } from "../../scripts/build/espruino-files";
import { keyedCheck } from "../../scripts/flash/update";
import { sha256 } from "../../scripts/build/manifest";
import { VERSION } from "../../firmware/version";
import { buildImage } from "../../scripts/build/build";
import { lockImage } from "../../scripts/build/sources";
import { whyNoEspruino, withoutComments } from "../engines/espruino";
import { flashImage } from "../engines/espruino/flash-image";

const reason = whyNoEspruino();
const folder = mkdtempSync(join(tmpdir(), "espruino-boot-"));
afterAll(() => rmSync(folder, { recursive: true }));

const imageOf = (program: string): string => String(program.length).padEnd(8) + program;

/** A statement for the interpreter. */
const say = (what: string): string => `require("fs").appendFileSync("out.txt",${what});`;

/** An image that says its name, and perhaps that it works, and ends. */
function image(name: string, confirms: boolean): string {
  const confirm = confirms ? `require("Flash").write("\\0",0x10000000+4096+placeRuns*${placeBytes}+131);` : "";
  return imageOf(confirm + say(`"${name} in "+placeRuns`));
}

/** The interpreter's flash with an image in place 0, which works, and perhaps something in place 1. @param others instead of the boot file, or before it */
async function install(first: string, second = "", others: { [name: string]: string } = {}): Promise<void> {
  const lock = (lockFile(first).padEnd(places.imageAt - 4096 + placeBytes, "\xff") + second).padEnd(places.reserve, "\xff");
  writeFileSync(join(folder, "espruino.flash"), flashImage({ lock, ".boot0": await bootFile(), ...others }));
}

/** @returns the bytes of place 1 for three trials and for "it works" */
const marks = (): number[] => [...readFileSync(join(folder, "espruino.flash")).subarray(4096 + placeBytes + 128, 4096 + placeBytes + 132)];

/** @param whole tells whether all has been said. @param typed at the interpreter's prompt. @returns what the image says. */
async function start(whole: (said: string) => boolean = (said) => said !== "", typed = ""): Promise<string> {
  const out = join(folder, "out.txt");
  rmSync(out, { force: true });
  // Without a program it starts what is in its Storage, and then waits for ever: what it says is all that is wanted.
  const child = spawn(resolve(process.env.ESPRUINO_BIN ?? ""), [], { cwd: folder, stdio: ["pipe", "ignore", "ignore"] });
  child.stdin.write(typed);
  try {
    for (const end = Date.now() + 60000; ;) {
      const said = existsSync(out) ? readFileSync(out, "utf8") : "";
      if (whole(said) || Date.now() > end) return said;
      await setTimeout(10);
    }
  } finally {
    child.kill("SIGKILL");
  }
}

async function starts(count: number): Promise<string[]> {
  const names: string[] = [];
  for (let i = 0; i < count; i++) names.push(await start());
  return names;
}

const place = (bytes: string, sequence: number): string => headOf(bytes, sequence).padEnd(4096, "\xff") + bytes;

describe("boot file (on the interpreter that ESPRUINO_BIN names)", () => {
  if (reason !== null) {
    test.skip(`cannot run: ${reason}`, () => undefined);
    return;
  }

  test("what was flashed starts, again and again", async () => {
    await install(image("old", false));
    expect(await starts(5)).toEqual(Array(5).fill("old in 0"));
  });

  test("an update starts, and stays once it has confirmed itself", async () => {
    await install(image("old", false), place(image("new", true), 2));
    expect(await starts(5)).toEqual(Array(5).fill("new in 1"));
  });

  test("an update that is cut off before it confirms itself has three starts, then the old image is back for good", async () => {
    await install(image("old", false), place(image("new", false), 2));
    expect(await starts(5)).toEqual(["new in 1", "new in 1", "new in 1", "old in 0", "old in 0"]);
  });

  test.each([
    ["has not confirmed itself", false, "new in 1 reboot over", [0, 0, 0, 0xff], "old in 0"],
    ["has confirmed itself", true, "new in 1 over", [0, 0xff, 0xff, 0], "new in 1"],
  ])("when its minute is over an update that %s", async (_what, confirms, said, marked, then) => {
    // The minute is 50 ms.
    const shortMinute = `(function(){var native=setTimeout;global.setTimeout=function(run,ms){
      native(function(){run();${say('" over"')}},ms===60000?50:ms)};E.reboot=function(){${say('" reboot"')}}})()`;
    await install(image("old", false), place(image("new", confirms), 2), { ".bootPowerOn": shortMinute });
    expect(await start((text) => text.endsWith("over"))).toBe(said);
    expect(marks()).toEqual(marked);
    expect(await start()).toBe(then);
  });

  test("an update that hangs at its start has a watchdog from before that, and three starts; the old image has none", async () => {
    const spy = `E.enableWatchdog=function(seconds,isAuto){${say('seconds+" "+isAuto+" "')}}`;
    await install(image("old", false), place(imageOf(`${say('"hangs"')}while(true);`), 2), { ".bootPowerOn": spy });
    const hangs = (text: string): boolean => text.endsWith("hangs");
    for (let trial = 0; trial < 3; trial++) expect(await start(hangs)).toBe("30 false hangs");
    expect(await starts(2)).toEqual(["old in 0", "old in 0"]);
  });

  test("a boot file that was cut as it was written leaves the prompt open", async () => {
    const boot = await bootFile();
    const later = imageOf(`setTimeout(function(){${say('"closed"')}},300)`);
    const typed = `${say('"prompt"')}\n`;
    for (const bytes of [0, 33, 250, 500, boot.length - 3]) {
      await install(later, "", { ".boot0": boot.slice(0, bytes).padEnd(boot.length, "\xff") });
      expect([bytes, await start(undefined, typed)]).toEqual([bytes, "prompt"]);
    }
    await install(later);
    expect(await start(undefined, typed)).toBe("closed");
  });

  test("of a boot file that was cut at any byte nothing runs", async () => {
    const boot = await bootFile();
    // Behind the cut there is nothing, or erased flash. What runs calls this first, and gets no further.
    const script = `var boot=${JSON.stringify(boot)},ran=[],i;E.setConsole=function(){ran.push(i);throw 0};
      ["","\\xff\\xff"].forEach(function(rest){for(i=0;i<=boot.length;i++)try{eval(boot.substr(0,i)+rest)}catch(e){}});
      require("fs").writeFileSync("ran.txt",ran.join());quit()`;
    writeFileSync(join(folder, "cuts.js"), script);
    spawnSync(resolve(process.env.ESPRUINO_BIN ?? ""), ["cuts.js"], { cwd: folder, timeout: 60000 });
    // Without its last character, a semicolon, it is whole too.
    const whole = [boot.length - 1, boot.length];
    expect(readFileSync(join(folder, "ran.txt"), "utf8")).toBe([...whole, ...whole].join());
  });

  test("of an update that was cut at any byte of its head the old image starts, and one that was damaged is not started", async () => {
    const whole = place(image("new", true), 2);
    const head = headOf(image("new", true), 2).length;
    for (const bytes of [0, 1, 5, 11, 12, 19, 33, head - 1]) {
      await install(image("old", false), whole.slice(0, bytes).padEnd(4096, "\xff") + whole.slice(4096));
      expect([bytes, await start()]).toEqual([bytes, "old in 0"]);
    }
    await install(image("old", false), whole.replace("new", "neu"));
    expect(await start()).toBe("old in 0");
  });

  /** A board's image as it would be flashed, on a chip whose parts are all dead. @param lines for its console */
  async function installBoard(board: string, lines: string[]): Promise<void> {
    const files = await buildImage(lockImage(board));
    const bytes = (name: string): string => readFileSync(files.find(({ path }) => path.endsWith(`/${name}`))?.path ?? "", "latin1");
    const chip = withoutComments(readFileSync(join(__dirname, "../engines/espruino/chip.js"), "latin1"));
    writeFileSync(join(folder, "espruino.flash"), flashImage({ "lock": bytes("lock.bin").padEnd(places.reserve, "\xff"), ".boot0": bytes("boot0.js"), ".bootPowerOn": chip }));
    writeFileSync(join(folder, "in.txt"), lines.join("\n"));
  }

  test.each(["esp32-devkitc-espruino", "esp32-cheap-espruino"])("the image of %s starts, and its console answers", async (board) => {
    await installBoard(board, ["version"]);
    const said = await start((text) => text.includes("variables"));
    expect(said).toMatch(/^@\d+ boot cause=power version=\d/);
    expect(said).toContain(`version ${VERSION}`);
    expect(said).not.toContain("reboot");
    // Its first start is over, in the head of place 0.
    expect(readFileSync(join(folder, "espruino.flash"))[4096 + 132]).toBe(0);
    // The chip of the test takes some 240; watches and timers of a real one 18 and 7 each.
    expect(Number(/variables (\d+)/.exec(said)?.[1])).toBeLessThan(5000);
  }, 180000);

  test("an update through its console starts the next time; one with another password's check does not", async () => {
    const next = image("new", true);
    const digest = sha256(next);
    const pieces = Array.from({ length: Math.ceil(next.length / 120) }, (_, i) => `update ${i * 120} ${Buffer.from(next.slice(i * 120, i * 120 + 120), "latin1").toString("base64")}`);
    const session = (password: string): string[] => ["login correct-horse", "interactive off", `update begin ${next.length} ${digest} 0.2.0`, ...pieces, `update end ${keyedCheck(password, digest)}`];
    await installBoard("esp32-devkitc-espruino", session("wrong-horse"));
    expect(await start((text) => text.includes("variables"))).toContain("error denied the check");
    expect(await start((text) => text.includes("variables"))).toMatch(/^@\d+ boot /);
    await installBoard("esp32-devkitc-espruino", session("correct-horse"));
    expect(await start((text) => text.includes("reboot"))).toContain("reboot");
    expect(await starts(2)).toEqual(["new in 1", "new in 1"]);
  }, 180000);
});
