import { EnrolError } from "../../roles";
import { encode, Pid } from "./frames";
import { newRig, Rig, touch } from "./test/rig";

const kinds = ["r503", "r307", "zw111"] as const;

/** As the lock does it: what `identified` told is stored, and given back at the next start. */
function identityOf(rig: Rig): string {
  return rig.reader.identity();
}

describe.each(kinds)("A4, %s", (kind) => {
  test("an unpaired module is refused until it is paired; pairing empties it", () => {
    const rig = newRig({ kind, paired: false, memory: { templates: [[0, 7]] } });
    rig.run(3000);
    expect(rig.hear()).toEqual(["swapped true"]);
    expect(touch(rig, 7)).toEqual(["near", "swapped true", "gone"]);
    rig.reader.trust("");
    rig.run(3000);
    expect(rig.hear()).toEqual([`identified ${identityOf(rig)}`, "swapped false"]);
    expect(identityOf(rig)).toMatch(/^[0-9a-f]{32}$/);
    expect(rig.module.save().templates).toEqual([]);
    expect(touch(rig, 7)).toEqual(["near", "unknown", "gone"]);
  });

  test("the same module is believed at the next start", () => {
    const first = newRig({ kind, memory: { templates: [[0, 7]] } });
    const next = newRig({ kind, paired: false, memory: first.module.save() });
    next.reader.trust(identityOf(first));
    next.run(3000);
    expect(touch(next, 7)).toEqual(["near", "matched 0", "gone"]);
  });

  test("every swap is noticed before the next match, whether the other one restarts or not", () => {
    const other = newRig({ kind, memory: { templates: [[0, 666]] } }).module.save();
    const stock = { templates: [[0, 666]] as [number, number][] };
    const memories = [stock, { ...other, notepad: [[1, "ab".repeat(32)]] as [number, string][] }];
    for (const memory of memories) {
      for (const restarts of [true, false]) {
        for (let at = 0; at < 800; at += 20) {
          const rig = newRig({ kind, memory: { templates: [[0, 7]] } });
          rig.module.put(666);
          rig.run(at);
          rig.module.swap(memory, restarts);
          rig.run(8000);
          rig.module.off();
          rig.run(1000);
          const told = rig.hear();
          expect(told.filter((line) => line.startsWith("matched"))).toEqual([]);
          expect(touch(rig, 666, 4000).filter((line) => line.startsWith("matched"))).toEqual([]);
          expect(rig.reader.identity()).not.toBe("");
        }
      }
    }
  });

  test("a swap is told once, and again at every presence; nothing is enrolled into a stranger", () => {
    const rig = newRig({ kind, memory: { templates: [[0, 7]] } });
    const mine = rig.module.save();
    rig.module.swap({ serial: "0123", templates: [[0, 7]] });
    rig.run(1000);
    touch(rig, 7, 3000);
    const told = touch(rig, 7, 3000);
    expect(told).toEqual(["near", "swapped true", "gone"]);
    rig.reader.enrol();
    rig.run(1000);
    expect(rig.hear()).toEqual([`failed ${EnrolError.Failed}`]);
    rig.module.swap(mine);
    rig.run(2000);
    touch(rig, 7, 3000);
    expect(touch(rig, 7, 3000)).toEqual(["near", "matched 0", "gone"]);
  });

  test("a module that was reset is noticed", () => {
    const rig = newRig({ kind, memory: { templates: [[0, 7]] } });
    rig.module.sensor.notepad.clear();
    const told = touch(rig, 7, 4000);
    expect(told).toContain("swapped true");
    expect(told).not.toContain("matched 0");
  });
});

test("gated: the identity is read after every power-up", () => {
  const rig = newRig({ options: { powerPin: 5 }, memory: { templates: [[0, 7]] } });
  rig.run(20000);
  expect(rig.module.powered).toBe(false);
  rig.module.swap({ serial: "0123", templates: [[0, 7]] });
  expect(touch(rig, 7, 3000)).toEqual(["near", "swapped true", "swapped true", "gone"]);
});

test("a module with another password is not the lock's", () => {
  const rig = newRig({ memory: { templates: [[0, 7]] } });
  rig.module.swap({ password: "12345678", templates: [[0, 7]] });
  rig.run(3000);
  expect(rig.hear()).toEqual(["swapped true"]);
  expect(touch(rig, 7)).toEqual(["near", "swapped true", "gone"]);
  rig.reader.trust("");
  rig.run(3000);
  expect(rig.hear()).toEqual(["swapped true"]);
  rig.reader.removeAll();
  rig.reader.enrol();
  rig.run(3000);
  expect(rig.hear()).toEqual([`failed ${EnrolError.Failed}`]);
});

test("one wrong reading of the identity is not a swap", () => {
  const rig = newRig({ memory: { templates: [[0, 7]] } });
  let wrong = 1;
  rig.module.onTheLine = (frame, command) => {
    if (command !== 0x19 || wrong-- <= 0) return frame;
    const bytes = [...Buffer.from(frame, "latin1")];
    // Two bits that leave the sum as it is.
    const at = [12, 13, 14, 15, 16, 17].find((i) => (bytes[i] & 1) === 0 && (bytes[i + 1] & 1) === 1) ?? -1;
    bytes[at] |= 1;
    bytes[at + 1] &= 254;
    return Buffer.from(bytes).toString("latin1");
  };
  rig.module.restart();
  rig.run(2000);
  expect(rig.hear()).toEqual([]);
  expect(touch(rig, 7)).toEqual(["near", "matched 0", "gone"]);
});

test("pairing waits for a module that is silent", () => {
  const rig = newRig({ silent: true });
  rig.reader.trust("");
  rig.run(20000);
  expect(rig.hear()).toEqual(["silent true"]);
  rig.module.silent = false;
  rig.run(30000);
  expect(rig.hear()).toEqual([`identified ${rig.reader.identity()}`, "swapped false", "silent false"].filter((line) => line !== "swapped false"));
});

test("a match that nobody asked for is told, not believed; a storm of them once in 10 s", () => {
  const rig = newRig({ memory: { templates: [[0, 7]] } });
  for (let i = 0; i < 100; i++) {
    rig.module.sendUnasked([0, 0, 0, 0, 150]);
    rig.module.sendUnasked([0, 5, 0, 0, 0, 120]);
    rig.run(10);
  }
  expect(rig.hear()).toEqual(["unasked"]);
  rig.run(10000);
  rig.module.sendUnasked([0, 0, 0, 0, 150]);
  rig.run(10);
  expect(rig.hear()).toEqual(["unasked"]);
  expect(touch(rig, 7)).toEqual(["near", "matched 0", "gone"]);
});

describe("a match that nobody asked for, at any moment", () => {
  /** What goes on meanwhile; no search is sent. */
  const moments: [string, (rig: Rig) => void, boolean][] = [
    ["idle", () => undefined, false],
    ["off", (rig) => rig.run(20000), true],
    ["starting", (rig) => rig.module.restart(), false],
    ["touched, with no finger on the sensor", (rig) => {
      rig.module.put(7);
      rig.module.sensor.present = null;
    }, false],
    ["waiting for the finger of an enrolment", (rig) => rig.reader.enrol(), false],
    ["being paired", (rig) => rig.reader.trust(""), false],
    ["removing", (rig) => rig.reader.remove(4), false],
    ["not answering", (rig) => {
      rig.module.silent = true;
      rig.reader.enrol();
    }, false],
  ];

  test.each(moments)("%s: told, and not believed", (_name, begin, gated) => {
    for (const match of [[0, 0, 3, 0, 150], [0, 5, 0, 3, 0, 150]]) {
      for (let at = 0; at < 600; at += 7) {
        const rig = newRig({ memory: { templates: [[3, 7], [4, 8]] }, options: gated ? { powerPin: 5 } : {} });
        begin(rig);
        rig.run(at);
        rig.module.sendRaw(encode(Pid.Answer, String.fromCharCode(...match)));
        rig.run(2500);
        const told = rig.hear();
        expect([at, ...told.filter((line) => line === "unasked" || line.startsWith("matched"))]).toEqual([at, "unasked"]);
      }
    }
  });

  test.each([1500, 2600, 3000, 4000])("the answer of a search that comes %i ms late is none", (delayMs) => {
    const rig = newRig({ memory: { templates: [[3, 7]] } });
    rig.module.onTheLine = (frame, command) => {
      if (command !== 0x04) return frame;
      rig.module.onTheLine = (one) => one;
      rig.scheduler.after(delayMs, () => rig.module.sendRaw(frame));
      return "";
    };
    expect(touch(rig, 7, 20000)).toEqual(["near", "matched 3", "gone"]);
  });
});
