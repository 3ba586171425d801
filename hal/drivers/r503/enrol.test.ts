import { EnrolError } from "../../roles";
import { newRig, Rig, touch } from "./test/rig";

/** The finger is placed and lifted as often as it takes. */
function place(rig: Rig, presence: number | "unknown" | "bad", times: number): void {
  for (let i = 0; i < times; i++) {
    rig.module.put(presence);
    rig.run(1500);
    rig.module.off();
    rig.run(500);
  }
}

const steps = (told: string[]): string[] => told.filter((line) => line !== "near" && line !== "gone");
const duplicate = `failed ${EnrolError.Duplicate}`;
const full = `failed ${EnrolError.Full}`;
const failed = `failed ${EnrolError.Failed}`;
const timeout = `failed ${EnrolError.Timeout}`;

describe.each([["r503", 3], ["r503", 6], ["r307", 2], ["zw111", 3]] as const)("%s with %i placements", (kind, placements) => {
  test("C4: enrols under the lowest free number, and knows the finger then", () => {
    const rig = newRig({ kind, options: { placements }, memory: { templates: [[0, 1], [1, 2], [3, 3]] } });
    rig.reader.enrol();
    rig.run(500);
    place(rig, 7, placements);
    const placed = Array.from({ length: placements - 1 }, (_, i) => `placed ${i + 1}`);
    expect(steps(rig.hear())).toEqual([...placed, "enrolled 2"]);
    expect(rig.module.save().templates).toEqual([[0, 1], [1, 2], [2, 7], [3, 3]]);
    expect(rig.reader.count()).toBe(4);
    expect(touch(rig, 7)).toEqual(["near", "matched 2", "gone"]);
  });

  test("C5: a finger that is enrolled already is refused after its first placement", () => {
    const rig = newRig({ kind, options: { placements }, memory: { templates: [[5, 7]] } });
    rig.reader.enrol();
    place(rig, 7, 1);
    expect(steps(rig.hear())).toEqual([duplicate]);
    expect(rig.module.save().templates).toEqual([[5, 7]]);
  });
});

test("C5: a duplicate that the first search missed is found before storing", () => {
  const rig = newRig();
  rig.reader.enrol();
  place(rig, 7, 2);
  rig.module.sensor.templates.set(9, 7);
  place(rig, 7, 1);
  expect(steps(rig.hear())).toEqual(["placed 1", "placed 2", duplicate]);
  expect(rig.module.save().templates).toEqual([[9, 7]]);
});

test("a placement that cannot be read is tried again", () => {
  const rig = newRig();
  rig.reader.enrol();
  place(rig, 7, 1);
  place(rig, "bad", 1);
  place(rig, 7, 2);
  expect(steps(rig.hear())).toEqual(["placed 1", "again", "placed 2", "enrolled 0"]);
});

test("different fingers begin again", () => {
  const rig = newRig();
  rig.reader.enrol();
  place(rig, 7, 2);
  place(rig, 8, 1);
  expect(steps(rig.hear())).toEqual(["placed 1", "placed 2", "again"]);
  place(rig, 8, 3);
  expect(steps(rig.hear())).toEqual(["placed 1", "placed 2", "enrolled 0"]);
  expect(rig.module.save().templates).toEqual([[0, 8]]);
});

test("one placement counts once, however long it lasts", () => {
  const rig = newRig();
  rig.reader.enrol();
  rig.module.put(7);
  rig.run(10000);
  expect(steps(rig.hear())).toEqual(["placed 1"]);
});

test("the finger that has just been verified is not the first placement", () => {
  const rig = newRig({ memory: { templates: [[0, 1]] } });
  rig.module.put(1);
  rig.run(1500);
  expect(rig.hear()).toEqual(["near", "matched 0"]);
  rig.reader.enrol();
  rig.run(5000);
  expect(rig.hear()).toEqual([]);
  rig.module.off();
  rig.run(500);
  place(rig, 7, 3);
  expect(steps(rig.hear())).toEqual(["placed 1", "placed 2", "enrolled 1"]);
});

test.each(["r503", "r307"] as const)("%s: the finger that was enrolled unlocks nothing before it was lifted", (kind) => {
  const rig = newRig({ kind, options: { placements: 2 } });
  rig.reader.enrol();
  place(rig, 7, 1);
  rig.module.put(7);
  rig.run(20000);
  expect(steps(rig.hear())).toEqual(["placed 1", "enrolled 0"]);
  rig.module.off();
  rig.run(1000);
  expect(touch(rig, 7)).toContain("matched 0");
});

test("a full library is told before the finger is placed", () => {
  const rig = newRig({ kind: "zw111", memory: { templates: Array.from({ length: 50 }, (_, i) => [i, 100 + i]) } });
  rig.reader.enrol();
  rig.run(1000);
  expect(rig.hear()).toEqual([full]);
});

test("the free number is looked for on every page of the table", () => {
  const taken = Array.from({ length: 300 }, (_, i): [number, number] => [i, 100 + i]);
  const rig = newRig({ kind: "r307", memory: { templates: taken } });
  rig.reader.enrol();
  place(rig, 7, 2);
  expect(steps(rig.hear())).toEqual(["placed 1", "enrolled 300"]);
});

test("60 s without a finger", () => {
  const rig = newRig();
  rig.reader.enrol();
  rig.run(59000);
  expect(rig.hear()).toEqual([]);
  rig.run(2000);
  expect(rig.hear()).toEqual([timeout]);
  expect(touch(rig, "unknown")).toEqual(["near", "unknown", "gone"]);
});

test("cancel at any moment leaves no template behind, and another enrolment may follow at once", () => {
  for (let at = 0; at < 6500; at += 37) {
    const rig = newRig();
    rig.reader.enrol();
    rig.scheduler.after(at, () => {
      if (!rig.told.includes("enrolled 0")) rig.reader.cancel();
    });
    rig.run(200);
    place(rig, 7, 3);
    rig.run(2000);
    const told = steps(rig.hear());
    const enrolled = told.includes("enrolled 0");
    expect(rig.module.save().templates).toEqual(enrolled ? [[0, 7]] : []);
    expect(told.filter((line) => line.startsWith("failed"))).toEqual([]);
    if (enrolled) continue;
    rig.reader.enrol();
    rig.reader.cancel();
    rig.reader.enrol();
    rig.run(300);
    place(rig, 8, 3);
    expect([at, ...steps(rig.hear())]).toEqual([at, "placed 1", "placed 2", "enrolled 0"]);
  }
});

test("cancel and enrol anew while a command is under way", () => {
  const rig = newRig();
  rig.reader.enrol();
  place(rig, 7, 1);
  rig.module.put(7);
  rig.run(150);
  rig.reader.cancel();
  rig.reader.enrol();
  rig.run(3000);
  rig.module.off();
  rig.run(500);
  rig.hear();
  place(rig, 8, 3);
  expect(steps(rig.hear())).toEqual(expect.arrayContaining(["enrolled 0"]));
});

test("a module that does not answer fails it", () => {
  const rig = newRig();
  rig.reader.enrol();
  place(rig, 7, 1);
  rig.module.silent = true;
  rig.run(10000);
  expect(steps(rig.hear())).toEqual(["placed 1", failed, "silent true"]);
  rig.reader.enrol();
  expect(rig.hear()).toEqual([failed]);
});

test("a module that falls silent while storing keeps nothing once it is back", () => {
  const rig = newRig();
  rig.reader.enrol();
  place(rig, 7, 2);
  rig.module.onTheLine = (frame, command) => {
    if (command !== 6) return frame;
    rig.module.silent = true;
    return "";
  };
  place(rig, 7, 1);
  rig.run(10000);
  expect(rig.module.save().templates).toEqual([[0, 7]]);
  rig.module.silent = false;
  rig.run(10000);
  expect(steps(rig.hear())).toEqual(["placed 1", "placed 2", failed, "silent true", "silent false"]);
  expect(rig.module.save().templates).toEqual([]);
});

test("a module that restarts loses the placements, not the enrolment", () => {
  const rig = newRig();
  rig.reader.enrol();
  place(rig, 7, 2);
  rig.module.restart();
  rig.run(1000);
  place(rig, 7, 3);
  expect(steps(rig.hear())).toEqual(["placed 1", "placed 2", "placed 1", "placed 2", "enrolled 0"]);
});
