import { EnrolError } from "../../roles";
import { encode, Pid } from "./frames";
import { Fault } from "./emulator";
import { newRig, Rig, touch } from "./test/rig";

const faults: Fault[] = ["lost-byte", "flipped-bit", "doubled", "late", "dropped", "busy", "not-understood", "failed"];
/** Ring, image, features, search, notepad. */
const commands = [0x35, 0x01, 0x02, 0x04, 0x19];

const matches = (told: string[]): string[] => told.filter((line) => line.startsWith("matched"));

describe.each(faults)("%s", (fault) => {
  test.each(commands)("once, at command %i: the right finger is told in the end, a stranger never", (command) => {
    const rig = newRig({ memory: { templates: [[3, 7], [4, 8]] } });
    rig.module.fail(fault, command);
    expect(matches(touch(rig, 7, 12000))).toEqual(["matched 3"]);
    rig.run(10000);
    rig.hear();
    rig.module.fail(fault, command);
    expect(matches(touch(rig, "unknown", 12000))).toEqual([]);
    rig.run(10000);
    rig.hear();
    expect(touch(rig, 8)).toEqual(["near", "matched 4", "gone"]);
  });

  test.each([0x13, 0x0F, 0x3C, 0x1D])("once, at start, at command %i", (command) => {
    const rig = newRig({ memory: { templates: [[3, 7]] } });
    rig.module.fail(fault, command);
    rig.module.restart();
    rig.run(15000);
    expect(rig.hear()).toEqual([]);
    expect(touch(rig, 7)).toEqual(["near", "matched 3", "gone"]);
  });

  test.each([0x1F, 0x01, 0x02, 0x04, 0x05, 0x06])("once, in an enrolment, at command %i: enrolled or nothing kept", (command) => {
    const rig = newRig();
    rig.module.fail(fault, command);
    rig.reader.enrol();
    rig.run(200);
    for (let i = 0; i < 8; i++) touchOnly(rig, 7);
    rig.reader.cancel();
    rig.run(10000);
    const told = rig.hear();
    const kept = rig.module.save().templates;
    expect(kept).toEqual(told.includes("enrolled 0") ? [[0, 7]] : []);
    if (["dropped", "late", "lost-byte", "flipped-bit"].includes(fault)) expect(told).toContain("enrolled 0");
  });

  test.each([0x0C, 0x0D, 0x18])("once, at removing, emptying, pairing: command %i", (command) => {
    const rig = newRig({ memory: { templates: [[3, 7], [4, 8]] } });
    rig.module.fail(fault, command);
    rig.reader.remove(3);
    rig.run(12000);
    expect(rig.module.save().templates).toEqual([[4, 8]]);
    rig.reader.trust("");
    rig.run(20000);
    expect(rig.module.save().templates).toEqual([]);
    if (!rig.hear().some((line) => line.startsWith("identified"))) {
      rig.reader.trust("");
      rig.run(5000);
    }
    rig.hear();
    expect(touch(rig, 8)).toEqual(["near", "unknown", "gone"]);
  });
});

function touchOnly(rig: Rig, presence: number): void {
  rig.module.put(presence);
  rig.run(6000);
  rig.module.off();
  rig.run(500);
}

test("an echo of any answer, however late, never lets the finger before stand for a bad one", () => {
  for (const command of [0x35, 0x01, 0x02, 0x04]) {
    for (let delayMs = 0; delayMs < 450; delayMs += 9) {
      const rig = newRig({ memory: { templates: [[3, 7]] } });
      expect(matches(touch(rig, 7))).toEqual(["matched 3"]);
      rig.module.onTheLine = (frame, asked) => {
        if (asked === command) rig.scheduler.after(delayMs, () => rig.module.sendRaw(frame));
        return frame;
      };
      expect(matches(touch(rig, "bad", 4000))).toEqual([]);
      expect(matches(touch(rig, "unknown", 4000))).toEqual([]);
    }
  }
});

test("silence is told once, with pauses that grow to a minute, and ends when the module answers", () => {
  const rig = newRig({ memory: { templates: [[3, 7]] } });
  rig.module.silent = true;
  rig.module.put(7);
  const starts: number[] = [];
  const receive = rig.module.receive.bind(rig.module);
  rig.module.receive = (bytes) => {
    if (bytes.charCodeAt(9) === 0x13) starts.push(rig.scheduler.nowMs);
    receive(bytes);
  };
  rig.run(600000);
  expect(rig.hear()).toEqual(["near", "silent true"]);
  // A start takes 0.2 s of boot and four times 0.5 s of patience.
  const pauses = starts.slice(1).map((at, i) => at - starts[i] - 2200);
  expect(pauses.slice(0, 8)).toEqual([1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000]);
  rig.module.silent = false;
  rig.run(62000);
  expect(rig.hear()).toEqual(["silent false", "matched 3"]);
  rig.module.off();
  rig.run(500);
  expect(rig.hear()).toEqual(["gone"]);
});

test("a silent module that is gated is switched off in the pauses, and on again after them", () => {
  const rig = newRig({ options: { powerPin: 5 }, memory: { templates: [[3, 7]] } });
  rig.run(20000);
  rig.module.silent = true;
  rig.module.put(7);
  const [ons, offs]: number[][] = [[], []];
  const power = rig.module.power.bind(rig.module);
  rig.module.power = (on) => {
    if (on !== rig.module.powered) (on ? ons : offs).push(rig.scheduler.nowMs);
    power(on);
  };
  rig.run(600000);
  expect(rig.hear()).toEqual(["near", "silent true"]);
  // It rests two seconds at least.
  expect(offs.slice(0, 9).map((at, i) => ons[i] - at)).toEqual([2000, 2000, 2000, 4000, 8000, 16000, 32000, 60000, 60000]);
  rig.module.silent = false;
  rig.run(62000);
  expect(rig.hear()).toEqual(["silent false", "matched 3"]);
});

test("a sensor that fails for good is silent, and costs nothing but the pauses", () => {
  for (const kind of ["r503", "r307"] as const) {
    const rig = newRig({ kind });
    rig.module.onTheLine = (frame, command) => (command === 1 ? Buffer.from("ef01ffffffff070003290033", "hex").toString("latin1") : frame);
    rig.module.put(7);
    const before = rig.module.heard.length;
    rig.run(300000);
    expect(rig.hear().filter((line) => line !== "near")).toEqual(["silent true"]);
    expect(rig.module.heard.length - before).toBeLessThan(150);
  }
});

test("a module that wants its password again and again is not asked without pauses", () => {
  const rig = newRig();
  rig.module.onTheLine = (frame, command) => (command === 1 ? Buffer.from("ef01ffffffff07000321002b", "hex").toString("latin1") : frame);
  rig.module.put(7);
  const before = rig.module.heard.length;
  rig.run(300000);
  expect(rig.module.heard.length - before).toBeLessThan(400);
  rig.module.onTheLine = (frame) => frame;
  rig.run(62000);
  expect(rig.hear().slice(-2)).toEqual(["silent false", "unknown"]);
});

test("a restart in the middle of anything is survived", () => {
  for (let at = 0; at < 700; at += 7) {
    const rig = newRig({ memory: { templates: [[3, 7]] } });
    rig.module.put(7);
    rig.run(at);
    rig.module.restart();
    rig.run(4000);
    expect(matches(rig.hear())).toEqual(["matched 3"]);
  }
});

describe("a module that says what is not so", () => {
  const answer = (content: number[]): string => encode(Pid.Answer, String.fromCharCode(...content));

  test("a code that no search gives is neither a stranger nor a new finger", () => {
    const rig = newRig({ memory: { templates: [[3, 7]] } });
    rig.module.onTheLine = (frame, command) => (command === 0x04 ? answer([0x06]) : frame);
    expect(touch(rig, 7, 3000)).toEqual(["near", "unreadable", "gone"]);
    rig.reader.enrol();
    rig.run(300);
    touchOnly(rig, 7);
    expect(rig.hear()).toEqual(["near", "again", "gone"]);
  });

  test("a template beyond the library is nobody's", () => {
    const rig = newRig({ memory: { templates: [[3, 7]] } });
    rig.module.onTheLine = (frame, command) => (command === 0x04 ? answer([0, 1, 0, 0, 150]) : frame);
    expect(touch(rig, 7, 3000)).toEqual(["near", "unreadable", "gone"]);
  });

  test("two answers in one piece are none", () => {
    const rig = newRig({ memory: { templates: [[3, 7]] } });
    rig.module.onTheLine = (frame, command) => (command === 0x04 ? answer([0, 0, 3, 0, 150]) + frame : frame);
    expect(touch(rig, "unknown", 3000)).toEqual(["near", "unreadable", "gone"]);
  });

  test("figures that came with an answer too many are read again", () => {
    const rig = newRig({ memory: { templates: [[30, 7]] } });
    const forged = answer([0, 0, 0, 0, 0, 0, 8, 0, 3, 255, 255, 255, 255, 0, 2, 0, 6]);
    let times = 1;
    rig.module.onTheLine = (frame, command) => (command === 0x0F && times-- > 0 ? forged + frame : frame);
    rig.module.restart();
    rig.run(2000);
    expect(touch(rig, 7)).toEqual(["near", "matched 30", "gone"]);
  });

  test("stored, and not in the table", () => {
    const rig = newRig({ options: { placements: 2 } });
    rig.module.onTheLine = (frame, command) => {
      if (command === 0x06) rig.module.sensor.templates.clear();
      return frame;
    };
    rig.reader.enrol();
    touchOnly(rig, 7);
    touchOnly(rig, 7);
    expect(rig.hear()).toContain(`failed ${EnrolError.Failed}`);
  });

  test("emptied, and not empty", () => {
    const rig = newRig({ memory: { templates: [[3, 7]] } });
    let times = 1;
    rig.module.onTheLine = (frame, command) => {
      if (command === 0x0D && times-- > 0) rig.module.sensor.templates.set(3, 7);
      return frame;
    };
    rig.reader.removeAll();
    rig.run(8000);
    expect(rig.module.save().templates).toEqual([]);
  });

  test("a notepad that keeps nothing is no pairing", () => {
    const rig = newRig({ paired: false });
    rig.module.onTheLine = (frame, command) => {
      if (command === 0x18) rig.module.sensor.notepad.clear();
      return frame;
    };
    rig.reader.trust("");
    rig.run(5000);
    expect(rig.hear()).toEqual(["swapped true"]);
  });
});

test("a damaged answer costs no more than a moment", () => {
  const rig = newRig({ memory: { templates: [[3, 7]] } });
  rig.module.fail("flipped-bit", 0x02);
  rig.module.put(7);
  rig.run(1600);
  expect(rig.hear()).toEqual(["near", "matched 3"]);
});

test("what is merged is not merged again when the answer was lost, and what is stored is not stored again: the table tells", () => {
  const rig = newRig({ options: { placements: 2 } });
  rig.module.fail("dropped", 0x05);
  rig.reader.enrol();
  for (let i = 0; i < 2; i++) touchOnly(rig, 7);
  expect(rig.module.heard.filter((command) => command[0] === 0x05)).toHaveLength(1);
  expect(rig.hear()).toContain("again");
  rig.module.fail("dropped", 0x06);
  for (let i = 0; i < 2; i++) touchOnly(rig, 7);
  expect(rig.module.heard.filter((command) => command[0] === 0x06)).toHaveLength(1);
  expect(rig.hear()).toContain("enrolled 0");
});

test.each(["restart", "locked"])("a module that forgets all while storing keeps nothing: %s", (how) => {
  const rig = newRig({ options: { placements: 2 } });
  rig.module.onTheLine = (frame, command) => {
    if (command !== 0x06) return frame;
    rig.module.onTheLine = (one) => one;
    if (how === "locked") return Buffer.from("ef01ffffffff07000321002b", "hex").toString("latin1");
    rig.module.restart();
    return "";
  };
  rig.reader.enrol();
  for (let i = 0; i < 2; i++) touchOnly(rig, 7);
  rig.reader.cancel();
  rig.run(5000);
  expect(rig.hear()).not.toContain("enrolled 0");
  expect(rig.module.save().templates).toEqual([]);
});
