/** The rig helper's program, and the image that is made of it. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import vm from "node:vm";
import { Scheduler } from "../../hal/platform/sim/world/scheduler";
import { Helper, HelperPorts, newHelper, onBytes } from "../../rig/esp32/helper";
import { whyNoEspruino } from "../../test/engines/espruino";
import { EspruinoProcess } from "../../test/engines/espruino/process";
import { root } from "../build/sources";
import { buildHelperImage, helperImage } from "./helper-image";
import { ShiftRegisters } from "./virtual/registers";

let clock: Scheduler;
let did: string[];
let said: string[];
let edges: Map<number, (level: number) => void>;
let helper: Helper;

beforeEach(() => {
  clock = new Scheduler();
  did = [];
  said = [];
  edges = new Map();
  const ports: HelperPorts = {
    name: "test own",
    now: () => clock.nowMs,
    drive: (pin, level) => did.push(`${clock.nowMs} ${pin}=${level}`),
    watch: (pin, onChange) => { edges.set(pin, onChange); return 0; },
    volt: (pin, mv) => did.push(`${pin} ${mv} mV`),
    after: (ms, act) => clock.after(ms, act),
    own: (words) => words[0] === "own" ? "" : "unknown No.",
  };
  helper = newHelper(ports, (line) => said.push(line));
});

function tell(...lines: string[]): string[] {
  said = [];
  did = [];
  for (const line of lines) onBytes(helper, `${line}\n`);
  return said;
}

test("it says who it is, and takes lines in pieces", () => {
  for (const piece of ["r", "ig\n\nti", "me\nown\nfly", "\n"]) onBytes(helper, piece);
  expect(said).toEqual(["rig 1 test own", "ok", "time 0", "ok", "ok", "error unknown No."]);
});

test("changes of pins keep their distance however late they are told", () => {
  expect(tell("pin 13 1", "pin 13 0 80", "pin 14 z 50", "idle")).toEqual(["ok", "ok", "ok", "ok"]);
  clock.run(1000);
  expect(did).toEqual(["0 13=1", "80 13=0", "130 14=-1"]);
  expect(said.at(-1)).toBe("@130 idle");
  // What comes later than its distance is done at once.
  tell("pin 13 1 80", "idle");
  expect(did).toEqual(["1000 13=1"]);
  expect(said).toEqual(["ok", "@1000 idle", "ok"]);
});

test("a watched pin is reported at once, and at each change", () => {
  tell("watch 34");
  expect(said).toEqual(["@0 pin 34 0", "ok"]);
  said = [];
  clock.run(7);
  for (const level of [0, 1, 1, 0]) edges.get(34)?.(level);
  expect(said).toEqual(["@7 pin 34 1", "@7 pin 34 0"]);
});

test("without supply no pin feeds the lock; with it all are as they were told", () => {
  tell("supply 21 1", "pin 13 0", "pin 16 1", "supply off");
  expect(did.slice(2)).toEqual(["0 21=0", "0 13=-1", "0 16=-1"]);
  expect(said.slice(-2)).toEqual(["@0 supply off", "ok"]);
  tell("pin 13 1");
  expect(did).toEqual(["0 13=-1"]);
  tell("supply on");
  expect(did).toEqual(["0 13=1", "0 16=1", "0 21=1"]);
});

test("a cut comes after its time, unless the supply is told something before", () => {
  tell("supply 21 1", "supply cut 30");
  clock.run(29);
  expect(said).toEqual(["ok", "ok"]);
  clock.run(30);
  expect(said.at(-1)).toBe("@30 supply off");
  tell("supply on", "supply cut 30", "supply on");
  clock.run(1000);
  expect(said).not.toContain("@60 supply off");
});

test("shift registers: each pin is an output of its own", () => {
  const outputs: string[] = [];
  const registers = new ShiftRegisters({ data: 1, clock: 2, latch: 3, outputs: 10 }, (output, level) => outputs.push(`${output}=${level}`));
  helper.ports.drive = (pin, level) => { registers.drive(pin, level); };
  tell("shift 1 2 3 10", "pin 100 1", "pin 109 1", "pin 100 0");
  expect(outputs).toEqual(["0=1", "9=1", "0=0"]);
  expect(tell("pin 110 1", "pin 99 1")).toEqual([expect.stringContaining("error usage"), expect.stringContaining("error usage")]);
});

test("reset lets go of everything, and gives the supply back", () => {
  tell("supply 21 0", "pin 13 1", "watch 34", "supply off", "pin 14 1", "reset");
  expect(did.slice(-3)).toEqual(["0 13=-1", "0 14=-1", "0 21=0"]);
  said = [];
  edges.get(34)?.(1);
  expect(said).toEqual([]);
});

test.each(["pin", "pin 40 1", "pin 5 2", "pin 5 1 x", "pin 5 1 60001", "pin -1 1", "volt 25 3301", "volt 25", "watch 100", "watch a", "shift 1 2 3 33", "shift 1 2 3",
  "supply on", "supply 40 1", "supply cut 10"])("%s is refused with its usage", (line) => {
  expect(tell(line)).toEqual([expect.stringMatching(/^error usage Usage: /)]);
  expect(did).toEqual([]);
});

test("a line that is too long is refused, and the next one taken", () => {
  expect(tell("x".repeat(81), "time")).toEqual([expect.stringContaining("error too-long"), "time 0", "ok"]);
  onBytes(helper, "y".repeat(100000));
  expect(helper.rest.length).toBeLessThan(100);
});

describe("the image", () => {
  /** The interpreter's globals that it uses. */
  function run(code: string) {
    const calls: string[] = [];
    let heard: (bytes: string) => void = () => undefined;
    let onEdge: (event: { state: boolean }) => void = () => undefined;
    const context = vm.createContext({
      Pin: function Pin(this: { number: number }, number: number) { this.number = number; },
      getTime: () => 12.3456,
      digitalWrite: (pin: { number: number }, level: number) => calls.push(`write ${pin.number} ${level}`),
      digitalRead: () => 1,
      pinMode: (pin: { number: number }, mode: string) => calls.push(`mode ${pin.number} ${mode}`),
      analogWrite: (pin: { number: number }, share: number, options: { freq: number }) => calls.push(`analog ${pin.number} ${share.toFixed(3)} ${options.freq}`),
      setWatch: (act: typeof onEdge) => { onEdge = act; },
      setTimeout: (act: (argument: unknown) => void, ms: number, argument: unknown) => { calls.push(`after ${ms}`); act(argument); },
      E: { setConsole: () => calls.push("no prompt") },
      Serial1: { setup: (baud: number) => calls.push(`baud ${baud}`), on: (_event: string, act: typeof heard) => { heard = act; }, write: (bytes: string) => calls.push(bytes.trimEnd()) },
    });
    new vm.Script(code).runInContext(context);
    return { calls, heard: (bytes: string) => heard(bytes), edge: (state: boolean) => onEdge({ state }) };
  }

  test("is what the interpreter takes, and speaks the protocol", async () => {
    const { path, size } = await buildHelperImage();
    expect(path).toBe("build/rig-esp32/espruino.js");
    expect(size).toBeLessThan(10000);
    const { calls, heard, edge } = run(readFileSync(helperImage, "latin1"));
    expect(calls).toEqual(["no prompt", "baud 115200"]);
    calls.length = 0;
    heard("rig\npin 4 0\npin 4 z\nvolt 25 1650\nwatch 34\n");
    edge(false);
    expect(calls).toEqual(["rig 1 esp32", "ok", "write 4 0", "mode 4 output", "ok", "mode 4 input", "ok", "analog 25 0.500 20000", "ok", "mode 34 input", "@12345 pin 34 1", "ok", "@12345 pin 34 0"]);
  });

  const why = whyNoEspruino();
  (why === null ? test : test.skip)(`runs on the interpreter${why === null ? "" : ` (${why})`}`, async () => {
    const { path } = await buildHelperImage();
    const interpreter = new EspruinoProcess(resolve(process.env.ESPRUINO_BIN ?? ""), {
      "boot.js": `
        var out = E.openFile("out.fifo", "w"), said = "", heard;
        global.Pin = function (number) { this.number = number; };
        global.digitalWrite = function (pin, level) { said += "write " + pin.number + " " + level + "\\n"; };
        global.digitalRead = function () { return 1; };
        global.pinMode = function (pin, mode) { said += "mode " + pin.number + " " + mode + "\\n"; };
        global.getTime = function () { return 1.5; };
        global.setWatch = function () { return 1; };
        E.setConsole = function () { return; };
        Serial1.setup = function () { return; };
        Serial1.on = function (event, act) { heard = act; };
        Serial1.write = function (bytes) { said += bytes; };
        ${readFileSync(join(root, path), "latin1")}
        heard("rig\\npin 4 0\\nshift 1 2 3 2\\npin 101 1\\nwat");
        heard("ch 34\\nsupply 21 1\\nsupply off\\npin 4 5\\nfly\\n");
        out.write((said.length + "      ").substr(0, 6) + said);`,
    });
    try {
      expect(interpreter.read().split("\n")).toEqual(expect.arrayContaining(["rig 1 esp32", "write 4 0", "mode 4 output", "@1500 pin 34 1", "@1500 supply off", "write 21 0", "mode 4 input",
        "error usage Usage: pin <n> <0|1|z> [ms after the change before, 0-60000].", "error unknown There is no word \"fly\""]));
    } finally {
      interpreter.close();
    }
  });

  test("rig/README.md names every word", () => {
    const text = readFileSync(join(root, "rig/README.md"), "utf8");
    for (const word of ["rig", "time", "reset", "pin", "idle", "volt", "watch", "shift", "supply"]) expect(text).toMatch(new RegExp(`^\\| \`${word}[ \`]`, "m"));
  });
});
