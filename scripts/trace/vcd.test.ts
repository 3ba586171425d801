import { Board } from "../../hal/board";
import { readBoard } from "../build/sources";
import { runScenario } from "../scenario/run";
import { projectEngines } from "../scenario/engines";
import { Recording } from "./recording";
import { vcdText } from "./vcd";
import { decodeUart, parseVcd, ParsedSignal, ParsedVcd, valueAt } from "./vcd-parse";

const scenario = `# U3: a code unlocks
> user add admin
> passcode set 1 604827
> keys 604827 ok
< grant user=1 by=passcode
< motor withdraw
< bolt unlocked
> finger unknown
< refuse unknown
`;

let recording: Recording;
let vcd: ParsedVcd;
let board: Board;

beforeAll(async () => {
  board = readBoard("sim");
  const engine = await projectEngines.load("sim", board);
  if (typeof engine === "string") throw new Error(engine);
  const result = await runScenario("story.scn", scenario, { engine, board, record: true });
  if (result.recording === null || !result.passed) throw new Error(result.report);
  recording = result.recording;
  vcd = parseVcd(vcdText(recording));
});

function signal(name: string): ParsedSignal {
  const found = vcd.signals.get(name);
  if (found === undefined) throw new Error(`no signal ${name}`);
  return found;
}

test("every pin of the board is there by its role, and moved as it was seen", () => {
  expect(vcd.timescale).toBe("1 us");
  expect(vcd.comment).toBe("story.scn, board sim");
  const levels = recording.happenings.filter((one) => one.kind === "level" && one.pin === board.parts.bolt.inputs.in1Pin);
  expect(levels.length).toBeGreaterThan(1);
  expect(signal("pins.motor_withdraw").changes.slice(1)).toEqual(levels.map((one) => [one.ms * 1000, one.kind === "level" ? one.level : -1]));
  expect(signal("pins.bolt_thrown").changes.slice(0, 2).map(([, level]) => level)).toEqual([0, 1]);
  expect([...vcd.signals.keys()].filter((name) => name.startsWith("pins."))).toContain("pins.finger_wake");
});

test.each([
  ["uart.console_tx", 115200, 0, true], ["uart.finger_tx", 57600, 1, true], ["uart.finger_rx", 57600, 1, false],
  ["uart.palm_face_rx", 115200, 2, false], ["uart.speech_tx", 9600, 3, true],
] as const)("%s carries the bytes as a decoder reads them", (name, baud, port, sent) => {
  const bytes = recording.happenings.flatMap((one) => one.kind === "bytes" && one.port === port && one.sent === sent ? [...one.bytes] : []);
  expect(bytes.length).toBeGreaterThan(5);
  expect(decodeUart(signal(name), baud).map(({ byte }) => String.fromCharCode(byte)).join("")).toBe(bytes.join(""));
});

/** Start, address, bytes and stop, from clock and data alone. */
function decodeI2c(scl: ParsedSignal, sda: ParsedSignal): { address: number; bytes: number[] }[] {
  const found: { address: number; bytes: number[] }[] = [];
  const edges = [...scl.changes.map(([time, level]) => ({ time, level, clock: true })), ...sda.changes.map(([time, level]) => ({ time, level, clock: false }))]
    .sort((a, b) => a.time - b.time);
  let [clock, data, bits] = [1, 1, [] as number[]];
  for (const { time, level, clock: isClock } of edges) {
    if (time === 0) continue;
    if (isClock) {
      clock = level;
      if (level === 1) bits.push(data);
      continue;
    }
    data = level;
    if (clock !== 1) continue;
    if (level === 1) {
      const bytes: number[] = [];
      // Eight bits and an acknowledgement each; the rising clock before the stop is none.
      for (let at = 0; at + 9 <= bits.length; at += 9) bytes.push(Number.parseInt(bits.slice(at, at + 8).join(""), 2));
      if (bytes.length > 0) found.push({ address: bytes[0] >> 1, bytes: bytes.slice(1) });
    }
    bits = [];
  }
  return found;
}

test("the writes on an I2C bus can be decoded from its two wires", () => {
  const writes = recording.happenings.flatMap((one) => one.kind === "i2c" && one.bus === 0 && one.register < 0 && one.acknowledged
    ? [{ address: one.address, bytes: [...one.bytes].map((byte) => byte.charCodeAt(0)) }] : []);
  expect(writes.length).toBeGreaterThan(20);
  const decoded = decodeI2c(signal("i2c.i2c0_scl"), signal("i2c.i2c0_sda"));
  expect(decoded.filter(({ address, bytes }) => writes.some((write) => write.address === address && write.bytes.join() === bytes.join())).length).toBeGreaterThanOrEqual(writes.length);
});

test("beside each line its bytes stand as numbers", () => {
  const bytes = recording.happenings.flatMap((one) => one.kind === "bytes" && one.port === 1 && one.sent ? [...one.bytes] : []).map((byte) => byte.charCodeAt(0));
  const told = bytes.filter((byte, i) => byte !== (i === 0 ? 0 : bytes[i - 1]));
  expect(signal("uart.finger_tx_byte").changes.slice(1).map(([, byte]) => byte)).toEqual(told);
  expect(signal("pins.beeper_hertz").changes.map(([, hertz]) => hertz)).toContain(2700);
});

test("a phase is 1 from the trace line that told it to the next of its group", () => {
  const told = recording.happenings.find((one) => one.kind === "printed" && one.text.endsWith("bolt unlocked"));
  const us = (told?.ms ?? 0) * 1000;
  expect(valueAt(signal("phase.phase_bolt_unlocking"), us - 1)).toBe(1);
  expect(valueAt(signal("phase.phase_bolt_unlocking"), us)).toBe(0);
  expect(valueAt(signal("phase.phase_bolt_unlocked"), us)).toBe(1);
  expect(valueAt(signal("phase.phase_keypad_on"), us)).toBe(1);
});

test("every name stands once, whatever scope it is in", () => {
  const names = [...vcd.signals.keys()].map((name) => name.split(".").at(-1));
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
});

test("the end is marked once, also where it falls between two microseconds", () => {
  const happenings = recording.happenings.filter((one) => one.kind === "level").map((one) => ({ ...one, ms: one.ms + 0.0001 }));
  const marks = vcdText({ ...recording, happenings }).match(/^#\d+$/gm) ?? [];
  expect(marks.length).toBeGreaterThan(3);
  expect(new Set(marks).size).toBe(marks.length);
});

test("what cannot be seen from a bench is left out", () => {
  const { in1Pin } = board.parts.bolt.inputs;
  const sight = { pins: new Set([in1Pin]), ports: new Set([0]), supply: false, i2c: false };
  const seen = parseVcd(vcdText({ ...recording, sight }));
  expect([...seen.signals.keys()].filter((name) => !name.startsWith("phase."))).toEqual(["pins.motor_withdraw", "uart.console_tx", "uart.console_tx_byte", "uart.console_rx", "uart.console_rx_byte"]);
  expect(seen.signals.get("pins.motor_withdraw")?.changes).toEqual(signal("pins.motor_withdraw").changes);
});

test("a dump with a word out of place is refused", () => {
  const text = vcdText(recording);
  expect(() => parseVcd(text.replace("$enddefinitions", "$nothing"))).toThrow("\"$nothing\" has no place");
  expect(() => parseVcd(`${text}#1\n`)).toThrow("is before");
  expect(() => parseVcd(`${text}1~~~~\n`)).toThrow("no signal");
});
