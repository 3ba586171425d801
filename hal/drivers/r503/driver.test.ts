import { newRig, touch } from "./test/rig";

const kinds = ["r503", "r307", "zw111"] as const;

describe.each(kinds)("%s", (kind) => {
  test("tells a finger that it knows, one that it does not know, and one that it cannot read", () => {
    const rig = newRig({ kind, memory: { templates: [[3, 7], [20, 8]] } });
    expect(touch(rig, 8)).toEqual(["near", "matched 20", "gone"]);
    expect(touch(rig, 9)).toEqual(["near", "unknown", "gone"]);
    expect(touch(rig, "unknown")).toEqual(["near", "unknown", "gone"]);
    expect(touch(rig, "bad")).toEqual(["near", "unreadable", "gone"]);
    expect(touch(rig, 7)).toEqual(["near", "matched 3", "gone"]);
  });

  test("L1: one presence is one attempt", () => {
    const rig = newRig({ kind });
    rig.module.put("unknown");
    rig.run(60000);
    expect(rig.hear()).toEqual(["near", "unknown"]);
    rig.module.off();
    rig.run(1000);
    expect(rig.hear()).toEqual(["gone"]);
  });

  test("removes one, removes all, counts", () => {
    const rig = newRig({ kind, memory: { templates: [[0, 5], [3, 7], [20, 8]] } });
    rig.reader.remove(3);
    rig.reader.remove(3);
    rig.reader.remove(9);
    rig.reader.remove(999);
    rig.run(3000);
    expect(rig.module.save().templates).toEqual([[0, 5], [20, 8]]);
    expect(rig.reader.count()).toBe(2);
    rig.reader.removeAll();
    rig.run(3000);
    expect(rig.module.save().templates).toEqual([]);
    expect(rig.reader.count()).toBe(0);
    expect(touch(rig, 8)).toEqual(["near", "unknown", "gone"]);
  });

  test("answers that come byte by byte", () => {
    const rig = newRig({ kind, memory: { templates: [[3, 7]] } });
    rig.module.chunk = 1;
    expect(touch(rig, 7, 2500)).toEqual(["near", "matched 3", "gone"]);
  });
});

test("removing all while one is being removed", () => {
  for (let at = 0; at < 100; at += 3) {
    const rig = newRig({ kind: "r307", memory: { templates: [[300, 7], [301, 8]] } });
    const from = rig.module.heard.length;
    rig.reader.remove(300);
    rig.run(at);
    rig.reader.removeAll();
    rig.run(3000);
    expect(rig.module.save().templates).toEqual([]);
    const asked = rig.module.heard.slice(from).filter(([command]) => command === 0x1F || command === 0x0C);
    expect(asked.every(([command, high]) => high === (command === 0x1F ? 1 : 300 >> 8))).toBe(true);
  }
});

describe("wake line", () => {
  test("a touch without a finger on the sensor is no attempt", () => {
    const rig = newRig();
    rig.module.put(7);
    rig.module.sensor.present = null;
    rig.run(10000);
    expect(rig.hear()).toEqual(["near"]);
    const heard = rig.module.heard.length;
    rig.run(60000);
    expect(rig.module.heard.length).toBe(heard);
    rig.module.off();
    rig.run(1000);
    expect(rig.hear()).toEqual(["gone"]);
  });

  test("a finger lifted during the search still gets its answer, then it is gone", () => {
    const rig = newRig({ memory: { templates: [[3, 7]] } });
    rig.module.put(7);
    rig.run(300);
    rig.module.off();
    rig.run(1000);
    expect(rig.hear()).toEqual(["near", "matched 3", "gone"]);
  });

  test("chatter is one presence", () => {
    const rig = newRig();
    for (let i = 0; i < 50; i++) {
      rig.module.put("unknown");
      rig.run(5);
      rig.module.off();
      rig.run(10);
    }
    rig.run(2000);
    expect(rig.hear().filter((line) => line === "near")).toHaveLength(1);
  });

  test("a finger that is there when the lock starts is looked at once the module is known", () => {
    const rig = newRig({ paired: false });
    rig.module.put(7);
    rig.run(2000);
    expect(rig.hear()).toEqual(["near", "swapped true", "swapped true"]);
  });
});

describe("supply", () => {
  test.each(["r503", "zw111"] as const)("%s: off when idle, on at a touch, rested before", (kind) => {
    const rig = newRig({ kind, options: { powerPin: 5 }, memory: { templates: [[3, 7]] } });
    rig.run(10000);
    expect(rig.module.powered).toBe(false);
    expect(touch(rig, 7)).toEqual(["near", "matched 3", "gone"]);
    expect(rig.module.powered).toBe(true);
    rig.run(5000);
    expect(rig.module.powered).toBe(false);
    rig.reader.remove(3);
    rig.run(4000);
    expect(rig.module.save().templates).toEqual([]);
  });

  test("the byte 55 ends the waiting early; without it the boot time does", () => {
    const early = newRig({ options: { powerPin: 5, bootMs: 5000 } });
    early.run(20000);
    early.module.put("unknown");
    early.run(1000);
    expect(early.hear()).toEqual(["near", "unknown"]);
    const late = newRig({ kind: "r307", options: { powerPin: 5, wakePin: 4 } });
    late.run(20000);
    expect(late.module.powered).toBe(false);
    expect(touch(late, "unknown", 2000)).toEqual(["near", "unknown", "gone"]);
  });

  test("a supply that is on at level 0", () => {
    const rig = newRig({ options: { powerPin: 5, powerActiveLevel: 0 } });
    rig.run(20000);
    expect(rig.module.powered).toBe(false);
    expect(touch(rig, "unknown")).toEqual(["near", "unknown", "gone"]);
  });

  test("a module with a password is opened with it", () => {
    const rig = newRig({ options: { powerPin: 5, password: "12345678" }, memory: { password: "12345678", templates: [[3, 7]] } });
    rig.run(20000);
    expect(touch(rig, 7)).toEqual(["near", "matched 3", "gone"]);
  });
});

test("the ring shows what is going on", () => {
  const rig = newRig({ memory: { templates: [[3, 7]] } });
  rig.module.put(7);
  rig.run(100);
  expect(rig.module.sensor.ring).toEqual([3, 0, 2, 0]);
  rig.run(900);
  expect(rig.module.sensor.ring).toEqual([3, 0, 4, 0]);
  rig.run(5000);
  expect(rig.module.sensor.ring).toEqual([4, 0, 1, 0]);
});
