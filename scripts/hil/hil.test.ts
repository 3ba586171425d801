/** Stories on locks in processes of their own, over pseudo-terminals, in real time: a short set, for npm test. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readBoard } from "../build/sources";
import { openLine } from "../serial/open";
import { parseLog } from "../trace/log";
import { decodeUart, parseVcd } from "../trace/vcd-parse";
import { hilCommand } from "./command";
import { LockBench } from "./lock-bench";
import { readRig, Rig } from "./rig";
import { runOnBench } from "./run";
import { VirtualProcess } from "./virtual";

/** Times of a machine that has much else to do; the stories themselves take seconds. */
const patienceMs = 240000;
const folder = mkdtempSync(join(tmpdir(), "hil-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const withScript = spawnSync("script", ["--version"]).status === 0 ? test.concurrent : test.skip;

/** Keys, both modules, bolt, door, and a cut of the supply: every line of the bench, and most of its wires. */
const stories: { [name: string]: string } = {
  code: `# U1 U3 O4 B5: a stranger's finger does not unlock, the code does, with the door open nothing locks, and power is lost as a setting is stored
> user add admin
> passcode set 1 604827
> finger unknown
< refuse unknown by=finger
> finger off
> keys 604827 ok
< grant user=1 by=passcode
< motor withdraw
< bolt unlocked
> door open
> lock
= error door-open
! motor throw
> door close
+1s
> lock
< bolt locked
> power cut 1
> set volume 1
= error no-power
> power on
> settings
= volume 2
`,
  told: `# C11: two users, by the console
> user add admin
= user 1
> user add user
= user 2
`,
  palm: `# C3: a palm
> user add admin
> enrol 1 palm
> palm 3
< credential added n=1 kind=palm
`,
};

/** The bench of a machine that stands still now and then. */
const patientRig: Rig = { ...readRig("full"), tolerance: { ms: 10000, percent: 10 } };
const rigPath = join(folder, "rig.json");
writeFileSync(rigPath, JSON.stringify(patientRig));
for (const [name, text] of Object.entries(stories)) writeFileSync(join(folder, `${name}.scn`), text);

async function run(...args: string[]): Promise<{ code: number; printed: string }> {
  let printed = "";
  const out = { write: (text: string) => { printed += text; }, complain: (text: string) => { printed += text; }, terminal: false };
  return { code: await hilCommand(args, out), printed };
}

describe("on a virtual bench (skipped without util-linux's script)", () => {
  withScript("the simulator's firmware: log, waveforms and JUnit XML", async () => {
    const stray = join(folder, "skipped.scn");
    writeFileSync(stray, "# U1: a chip on the board\n> module keys silent\n< alarm module on\n");
    const { code, printed } = await run("--virtual", "sim", "--rig", rigPath, "--log", folder, "--vcd", join(folder, "out.vcd"), "--junit", join(folder, "out.xml"),
      join(folder, "code.scn"), stray);
    // A story that a slow machine disturbed is played again, which is said in a line of its own.
    expect(printed.split("\n").filter((line) => /^(passed|skipped) /.test(line)).sort()).toEqual([expect.stringMatching(/^passed .*code\.scn /), `skipped  ${stray}: its keypad chip is real`]);
    expect(printed).toMatch(/\n1 passed, 0 failed, 1 skipped\n$/);
    expect(code).toBe(0);
    expect(readFileSync(join(folder, "out.xml"), "utf8")).toContain('tests="2" failures="0" errors="0" skipped="1"');
    const name = (ending: string): string => `${folder.slice(1).replace(/\//g, "-")}-code.${ending}`;
    const log = parseLog(readFileSync(join(folder, name("log")), "utf8"));
    const grant = log?.lines.find((line) => line.subject === "lock<" && line.text.includes(" grant user=1"));
    expect(grant?.lockMs).toBeGreaterThan(4000);
    expect(grant?.s).toBeGreaterThan(4);
    // Wires of the lock, each by its name.
    expect(log?.lines.filter(({ subject, text }) => subject === "pin" && !/^[a-z_]+ [01]$/.test(text))).toEqual([]);
    const vcd = parseVcd(readFileSync(join(folder, `out-${name("vcd")}`), "utf8"));
    // The rig has seen the motor withdraw and throw; the story ends as the bolt arrives.
    for (const motor of ["motor_withdraw", "motor_throw"]) expect(vcd.signals.get(`pins.${motor}`)?.changes.slice(0, 2).map(([, level]) => level)).toEqual([0, 1]);
    const console = vcd.signals.get("uart.console_tx");
    const text = console === undefined ? "" : String.fromCharCode(...decodeUart(console, 115200).map(({ byte }) => byte));
    expect(text).toMatch(/@\d+ grant user=1 by=passcode\n/);
  }, patienceMs);

  withScript("Lua 5.3: a module at its line", async () => {
    const { code, printed } = await run("--virtual", "lua53", "--rig", rigPath, join(folder, "palm.scn"));
    expect(printed).toMatch(/^passed .*palm\.scn/m);
    expect(code).toBe(0);
  }, patienceMs);

  withScript("modules only, behind a closed console: the lock begins anew by its console", async () => {
    const names = ["--virtual", "sim", "--board", "esp32-devkitc-espruino", "--rig", "modules", "--vcd", join(folder, "modules.vcd")];
    const { code, printed } = await run(...names, "--password", "sesame99", join(folder, "told.scn"));
    expect(printed).toMatch(/^passed .*told\.scn/m);
    expect(code).toBe(0);
    // A bench without a helper sees the modules' lines, and no pin.
    const signals = [...parseVcd(readFileSync(join(folder, "modules.vcd"), "utf8")).signals.keys()].filter((name) => !name.startsWith("phase."));
    expect(signals.filter((name) => !name.endsWith("_byte"))).toEqual(["uart.console_tx", "uart.console_rx", "uart.finger_tx", "uart.finger_rx", "uart.palm_face_tx", "uart.palm_face_rx"]);
  }, patienceMs);

  withScript("a real helper knows nothing of flash: the lock begins anew by its supply and its console, and is missed when it has gone", async () => {
    const process = await VirtualProcess.start("sim", "sim", rigPath);
    const board = readBoard("sim");
    const bench = await LockBench.open(board, patientRig, process.paths, openLine);
    try {
      if (bench.link === null) throw new Error("no helper");
      bench.link.words = ["esp32"];
      const seat = { bench, checked: false };
      const options = { password: null, colour: false, longestMs: Infinity };
      const wrong = join(folder, "wrong.scn");
      writeFileSync(wrong, "# U1: nobody is there\n> users\n= user 1\n");
      // On a slow machine, slow.
      expect(await runOnBench(wrong, seat, options)).toMatchObject({ outcome: expect.stringMatching(/^(failed|slow)$/), reason: expect.stringMatching(/:3\n.*- expected  = user 1\n.*\+ seen      the answer "ok"/) });
      expect(seat.checked).toBe(true);
      const lost = new Promise<void>((resolve) => {
        bench.events = { received: () => undefined, pin: () => undefined, cut: () => undefined, late: () => undefined, rig: () => undefined, fault: () => resolve() };
      });
      process.close();
      await lost;
      expect(bench.stopped?.message).toMatch(/^The port \/dev\/pts\/\d+ has gone\.$/);
      expect(await process.end).toBe("The virtual lock (sim) stopped: without a word");
    } finally {
      bench.close();
      process.close();
    }
  }, patienceMs);
});

describe("the command line", () => {
  test.each<[string[], string]>([
    [[], "Say where the lock is: --port <tty>, or --virtual <engine>"],
    [["--port", "/dev/ttyUSB9"], "Say which board it is: --board <name>."],
    [["--port", "/nowhere", "--board", "sim"], "There is no port /nowhere"],
    [["--virtual", "v8", join(folder, "code.scn")], 'engine v8: there is no engine "v8"'],
    [["--virtual", "sim", "--jobs", "0"], "The option --jobs is a number from 1 to 64."],
    [["--port", "x", "--board", "sim", "--jobs", "2"], "The option --jobs is for --virtual"],
    [["--virtual", "sim", "--rig", "nowhere"], 'There is no bench file "nowhere"'],
    [["--virtual", "sim", "nowhere.scn"], 'There is no scenario file "nowhere.scn", and none below test/scenarios.'],
    [["--virtual", "sim", "--junit", "/nowhere/x.xml"], "/nowhere/x.xml cannot be written: there is no folder /nowhere."],
    [["--virtual", "sim", "--vcd", "/nowhere/x.vcd"], "/nowhere/x.vcd cannot be written: there is no folder /nowhere."],
    [["--virtual", "sim", "--log", "/dev/null/logs"], "/dev/null/logs cannot be written: no folder can be made there (ENOTDIR)."],
  ])("%p", async (args, message) => {
    const { code, printed } = await run(...args);
    expect(printed).toContain(message);
    expect(printed.trimEnd()).not.toContain("\n");
    expect(code).toBe(2);
  });
});
