import { fakeBoard, FakeLock, newFakeLock } from "../../../../test/rig/fake-lock";
import { newWorld, parseDuration, Session, World } from ".";

function start(): { world: World; lock: FakeLock; session: Session } {
  const lock = newFakeLock();
  const world = newWorld({ board: fakeBoard, engine: lock.engine, seed: "test" });
  const session = new Session(world);
  world.powerOn();
  world.advance(1000);
  lock.heard.length = 0;
  return { world, lock, session };
}

test.each([
  ["key 5", 130, []],
  ["key cancel 3000", 3000, []],
  ["touch", 130, []],
  ["keys 47 ok", 450, []],
  ["button set", 250, ["1000 pin 10 0", "1200 pin 10 1"]],
  ["button lock 50", 100, ["1000 pin 11 0", "1050 pin 11 1"]],
  ["button set down", 50, ["1000 pin 10 0"]],
  ["door open", 50, ["1000 pin 8 1"]],
  ["tamper open", 50, ["1000 pin 9 1"]],
  ["finger 7", 0, ["1000 pin 33 0"]],
  ["palm 7", 0, ["1000 pin 35 1"]],
  ["wait 2m50s", 170000, []],
])("%s takes %d ms and is answered when the lock has had it", (line, ms, expected) => {
  const { world, lock, session } = start();
  expect(session.perform(line)).toEqual(["ok"]);
  expect(world.nowMs).toBe(1000 + ms);
  expect(lock.heard).toEqual(expected);
});

test.each([
  "key", "key 12", "key enter", "key 5 long", "key 5 0", "keys", "keys 12 enter", "button bell", "button set 0", "finger", "finger 0",
  "finger 65536", "palm bad", "face 3 pose", "face 3 pose back", "face unknown pose up", "door", "door shut", "door open now",
  "handle hard", "module", "module finger", "module nose silent", "module finger sleep", "match finger", "match nose 1", "match finger 5000", "bolt", "battery", "battery low", "power", "power cut", "power cut 0", "power up", "wait", "wait 5", "wait soon", "touch 3",
])("%p is refused with its usage", (line) => {
  const answer = start().session.perform(line);
  expect(answer).toHaveLength(1);
  expect(answer[0]).toMatch(new RegExp(`^error usage Usage: ${line.split(" ")[0]}`));
});

test("a button held down stays down across a power cycle", () => {
  const { lock, session } = start();
  for (const line of ["button set down", "power off", "power on"]) expect(session.perform(line)).toEqual(["ok"]);
  expect(lock.chip().readPin(10)).toBe(0);
  session.perform("button set up");
  expect(lock.heard.at(-1)).toMatch(/pin 10 1$/);
});

test("power on answers when the boot line was printed and touches are felt; twice is refused", () => {
  const { world, session } = start();
  session.perform("power off");
  expect(session.perform("status")).toEqual(["error no-power The lock has no power; power on gives it back."]);
  expect(session.perform("power on")).toEqual(["ok"]);
  expect(world.nowMs).toBe(1200);
  expect(session.perform("power on")[0]).toMatch(/^error powered /);
});

test("power cut strikes at the n-th flash operation, and the command it took is answered for", () => {
  const { world, session } = start();
  expect(session.perform("power cut 2")).toEqual(["ok"]);
  expect(session.perform("write 0 abcd")).toEqual(["ok"]);
  expect(session.perform("write 4 abcd")[0]).toMatch(/^error no-power /);
  expect(world.flash.read(0, 8)).toBe("abcdab\xff\xff");
});

test("other lines go to the lock: answers and trace are told apart, silence has an end", () => {
  const { world, session } = start();
  expect(session.perform("say bolt locked")).toEqual(["ok"]);
  expect(session.trace.at(-1)).toBe("@1000 bolt locked");
  expect(session.perform("fly")).toEqual(['error unknown There is no command "fly".']);
  expect(session.perform("mute")[0]).toMatch(/^error no-answer /);
  expect(world.nowMs).toBe(11000);
  expect(session.transcript.slice(-5)).toEqual([
    "ok", "> fly", 'error unknown There is no command "fly".', "> mute", "error no-answer The lock gave no answer within 10 s.",
  ]);
});

test("after reboot the next line reaches the new image", () => {
  const { session } = start();
  expect(session.perform("reboot")).toEqual(["ok"]);
  expect(session.perform("trace on")).toEqual(["ok"]);
});

test.each([["500ms", 500], ["20s", 20000], ["2m50s", 170000], ["1h", 3600000], ["5", -1], ["s", -1], ["-5s", -1], ["1.5s", -1]])(
  "the time %p is %d ms", (text, ms) => expect(parseDuration(text)).toBe(ms));
