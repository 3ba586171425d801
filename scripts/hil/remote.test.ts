import { Chip } from "../../hal/platform/sim/chip";
import { Scheduler } from "../../hal/platform/sim/world/scheduler";
import { readBoard } from "../build/sources";
import { RemoteLock } from "./remote";
import { readRig } from "./rig";

const board = readBoard("sim");
const rig = readRig("full");
const finger = board.parts.finger?.uart ?? -1;
const powerPin = rig.helper?.fingerPower ?? -1;
let clock: Scheduler;
let sent: string[];
let lock: RemoteLock;

beforeEach(() => {
  clock = new Scheduler();
  sent = [];
  lock = new RemoteLock(clock, board, rig, new Map(), null);
  const chip = { readPin: () => 1, writePin: () => undefined, send: (port: number, bytes: string) => sent.push(`${clock.nowMs} ${port} ${bytes}`) };
  lock.engine(chip as unknown as Chip);
});

test("bytes to a module wait for the report that it has its supply", () => {
  lock.received(finger, "a");
  lock.received(0, "console");
  clock.run(20);
  lock.changed(powerPin, 1, 20);
  lock.received(finger, "b");
  clock.run(30);
  lock.received(finger, "c");
  expect(sent).toEqual(["0 0 console", `20 ${finger} a`, `20 ${finger} b`, `30 ${finger} c`]);
});

test("to one that gets none they go all the same, and its emulator complains", () => {
  lock.received(finger, "a");
  lock.changed(rig.helper?.palmPower ?? -1, 1, 20);
  clock.run(249);
  expect(sent).toEqual([]);
  clock.run(250);
  expect(sent).toEqual([`250 ${finger} a`]);
});
