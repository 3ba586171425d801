import { Switch } from "../../roles";
import { newRandom, TestPlatform } from "../test/platform";
import { ContactWire, newPart } from "./part";

const settleMs = 20;
const names = ["handle", "withdrawn", "thrown", "door", "tamper", "set", "lock"];
const closing = (pin: number): ContactWire => ({ pin, active: 0 });
const opening = (pin: number): ContactWire => ({ pin, active: 1 });

function newRig(before: (test: TestPlatform) => void = () => undefined) {
  const test = new TestPlatform();
  for (let pin = 10; pin <= 16; pin++) test.setInput(pin, pin === 13 || pin === 14 ? 0 : 1);
  before(test);
  const said: string[] = [];
  const contacts = newPart(test.platform, {
    driver: "contacts", handle: closing(10), boltWithdrawn: closing(11), boltThrown: closing(12), doorOpen: opening(13), tamper: opening(14),
    set: closing(15), lockButton: closing(16), settleMs,
  }, { changed: (at, level) => { said.push(`${names[at]} ${level}`); } });
  return { test, said, contacts };
}

test("a switch that closes and one that opens both read 1 in the state that names them", () => {
  const { test, said, contacts } = newRig();
  expect(Array.from({ length: Switch.Count }, (_, at) => contacts.level(at))).toEqual([0, 0, 0, 0, 0, 0, 0]);
  test.setInput(15, 0);
  test.setInput(13, 1);
  test.pass(settleMs);
  expect(said).toEqual(["door 1", "set 1"]);
  expect([contacts.level(Switch.Door), contacts.level(Switch.Set), contacts.level(Switch.Tamper)]).toEqual([1, 1, 0]);
});

test("a switch that is not there is never in its state", () => {
  const test = new TestPlatform();
  const said: number[] = [];
  const none = { pin: -1, active: 0 } as const;
  const contacts = newPart(test.platform, {
    driver: "contacts", handle: none, boltWithdrawn: closing(11), boltThrown: closing(12), doorOpen: opening(13), tamper: none,
    set: closing(15), lockButton: { pin: -1, active: 1 }, settleMs,
  }, { changed: (at) => { said.push(at); } });
  expect([contacts.level(Switch.Handle), contacts.level(Switch.Tamper), contacts.level(Switch.LockButton)]).toEqual([0, 0, 0]);
  test.setInput(13, 1);
  test.pass(settleMs);
  expect([said, contacts.level(Switch.Door)]).toEqual([[Switch.Door], 1]);
});

test("what is so at the start is read, not told", () => {
  const { test, said, contacts } = newRig((platform) => { platform.setInput(12, 0); });
  test.pass(1000);
  expect([contacts.level(Switch.BoltThrown), said]).toEqual([1, []]);
});

test("changes of one moment are told in the order of the roles: the handle before the bolt that it moves (O9)", () => {
  const { test, said } = newRig((platform) => { platform.setInput(12, 0); });
  test.setInput(12, 1);
  test.setInput(11, 0);
  test.setInput(10, 0);
  test.pass(settleMs);
  expect(said).toEqual(["handle 1", "withdrawn 1", "thrown 0"]);
});

test("bouncing is told once, when it has settled, and a spike not at all", () => {
  const { test, said } = newRig();
  const random = newRandom(7);
  for (let bounce = 0; bounce < 40; bounce++) {
    test.setInput(13, 1 - bounce % 2);
    test.pass(random(settleMs));
  }
  test.setInput(13, 1);
  test.pass(settleMs - 1);
  expect(said).toEqual([]);
  test.pass(1);
  expect(said).toEqual(["door 1"]);
  test.setInput(13, 0);
  test.pass(5);
  test.setInput(13, 1);
  test.pass(1000);
  expect(said).toEqual(["door 1"]);
});
