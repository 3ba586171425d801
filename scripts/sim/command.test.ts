import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { frame } from "../../hal/drivers/dfplayer/emulator";
import { Chip } from "../../hal/platform/sim/chip";
import { newFakeLock } from "../../test/rig/fake-lock";
import { simCommand, Terminal } from "./command";

let folder: string;
let state: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sim-"));
  state = join(folder, "lock");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What the bridge before the voice module must be told, as register and value: reset, 9600 baud 8N1, FIFOs on. */
const bridgeSetup = [[0x70, 0x08], [0x18, 0x83], [0x00, 96], [0x08, 0], [0x18, 0x03], [0x10, 0x07]];
const bridgeAddress = 77;

/** Says a prompt as a driver would. */
function speak(chip: Chip, prompt: number): void {
  for (const bytes of bridgeSetup) chip.i2cWrite(0, bridgeAddress, String.fromCharCode(...bytes));
  chip.i2cWrite(0, bridgeAddress, `\0${frame(0x0f, 1, 256 + prompt)}`);
}

/** A lock that speaks when it starts and when it is asked to. */
const engines = {
  names: async () => ["sim"],
  load: async (name: string) => name === "sim" ? newFakeLock({
    speak: (chip) => speak(chip, 4),
    help: () => undefined,
    narrate: (chip, print) => { print(`@${chip.now()} voice set-direction`); speak(chip, 4); },
  }).engine : "there is no such engine",
};

async function run(args: string[], input: string): Promise<{ code: number; out: string; err: string }> {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  stdin.end(input);
  const terminal = { stdin, stdout, stderr } as unknown as Terminal;
  const code = await simCommand(["--state", state, ...args], terminal, engines);
  const read = (stream: PassThrough): string => String(stream.read() ?? "");
  return { code, out: read(stdout), err: read(stderr) };
}

test("piped commands: hints first, every line acted on, time by commands only, exit 0", async () => {
  const { code, out, err } = await run([], "say hello there\n\n# a comment\nwait 20s\nlater 500\nwait 1s\nfly\nkey x\n");
  expect([code, err]).toEqual([0, ""]);
  expect(out).toMatch(/^Simulated lock\. Its state is kept in .*\nThis is its first start\. Type these, one a line:\n {2}key ok /);
  expect(out).toContain("@200 hello there\nok\nok\n");
  expect(out).toContain("@20700 timer 1\nok\nerror unknown There is no command \"fly\".\nerror usage Usage: key ");
});

test("prompts are told in words unless the trace tells them", async () => {
  const { out } = await run([], "wait 2s\nspeak\nwait 9s\nnarrate\nwait 1s\n");
  expect(out.match(/set.direction/g)).toEqual(["set direction", "set-direction"]);
  expect(out).toContain("(voice) set direction\n");
});

test("flash and surroundings are kept from run to run; --fresh keeps the old lock aside", async () => {
  await run([], "write 0 abcd\ndoor open\ncylinder unlock\n");
  expect(readFileSync(join(state, "flash.bin"), "latin1").slice(0, 5)).toBe("abcd\xff");
  const again = await run([], "wait 1s\n");
  expect(again.out).not.toContain("first start");
  expect(JSON.parse(readFileSync(join(state, "world.json"), "utf8"))).toMatchObject({ doorOpen: true, boltMs: 0 });
  const fresh = await run(["--fresh"], "");
  expect(fresh.out).toContain(`The old lock is kept in ${state}.old.\n`);
  expect(fresh.out).toContain("first start");
  expect(readFileSync(join(`${state}.old`, "flash.bin"), "latin1").slice(0, 4)).toBe("abcd");
});

test("a damaged file is told in one line and kept", async () => {
  await run([], "");
  writeFileSync(join(state, "flash.bin"), "short");
  const { code, out } = await run([], "");
  expect(code).toBe(0);
  expect(out.split("\n")[0]).toBe(`${state}/flash.bin is damaged and was kept as ${state}/flash.bin.bad: the lock starts as new.`);
  expect(readFileSync(join(state, "flash.bin.bad"), "utf8")).toBe("short");
});

test("a state folder that is in use, or cannot be one, is told before anything else, exit code 2", async () => {
  mkdirSync(state);
  writeFileSync(join(state, "simulator.pid"), `${process.ppid}\n`);
  for (const args of [[], ["--fresh"]]) {
    expect(await run(args, "")).toEqual({ code: 2, out: "", err: `${state} is in use by process ${process.ppid}; give another with --state.\n` });
  }
  const taken = join(state, "simulator.pid");
  expect(await run(["--state", taken], "")).toEqual({ code: 2, out: "", err: `cannot keep its state in ${taken}: it is no folder.\n` });
});

test("the folder is free again when the lock has ended, also by a fault", async () => {
  await run([], "crash\n");
  expect(readdirSync(state).sort()).toEqual(["flash.bin", "world.json"]);
  expect((await run(["--fresh"], "")).code).toBe(0);
  expect(readdirSync(state).sort()).toEqual(["flash.bin", "world.json"]);
});

test("help names the bench words after the lock's answer", async () => {
  const { out } = await run([], "help\nhelp say\n");
  expect(out.match(/^ok\nBench words move the world: touch key .*\.$/gm)).toHaveLength(1);
});

test("a fault of the firmware is told in one line, exit code 1, the state is kept", async () => {
  const { code, out } = await run([], "door open\ncrash\nsay never\n");
  expect(code).toBe(1);
  expect(out).toMatch(/The simulated lock stopped: a fault of the image\.\n$/);
  expect(JSON.parse(readFileSync(join(state, "world.json"), "utf8"))).toMatchObject({ doorOpen: true });
});

test.each([
  [["--loud"], 'There is no option "--loud"'],
  [["key", "5"], '"key" is no option'],
  [["--board", "mars"], 'there is no board "mars"'],
  [["--engine", "v8"], "there is no such engine"],
])("%p is told in one line, exit code 2, nothing is touched", async (args, message) => {
  const { code, out, err } = await run(args, "");
  expect([code, out]).toEqual([2, ""]);
  expect(err).toContain(message);
  expect(err.trimEnd()).not.toContain("\n");
  expect(existsSync(state)).toBe(false);
});
