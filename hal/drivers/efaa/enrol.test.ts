import { BuildName, buildNamed } from "./builds";
import { FacePose } from "./emulator-jobs";
import { emulatedBuilds } from "./emulator-builds";
import { enrolled, lookAt, Rig } from "./test/rig";

const poses: FacePose[] = ["straight", "up", "down", "left", "right"];

function started(options: ConstructorParameters<typeof Rig>[0] = {}): Rig {
  const rig = new Rig(options);
  rig.pass(3000);
  return rig;
}

function templates(rig: Rig): string[] {
  return rig.emulator.save().templates.map((one) => `${one.sense} ${one.identity}`);
}

describe("face (C2)", () => {
  test("five poses in the product's order, each announced", () => {
    const rig = started();
    rig.module.face.enrol();
    const said: string[] = [];
    for (const pose of poses) {
      rig.emulator.put("face", 7, pose);
      said.push(...rig.pass(2000));
    }
    expect(said).toEqual(["face placed 1", "face placed 2", "face placed 3", "face placed 4", "face enrolled 1"]);
    expect(templates(rig)).toEqual(["face 7"]);
  });

  test("a pose that fails may be tried again", () => {
    const rig = started();
    rig.module.face.enrol();
    rig.emulator.put("face", 7, "straight");
    rig.pass(2000);
    rig.emulator.put("face", 7, "left");
    expect(rig.pass(6000)).toEqual(["face again"]);
    for (const pose of poses.slice(1)) {
      rig.emulator.put("face", 7, pose);
      rig.pass(2500);
    }
    expect(templates(rig)).toEqual(["face 7"]);
  });

  test("nobody comes: it ends by itself after a minute", () => {
    const rig = started();
    rig.module.face.enrol();
    const said = rig.pass(70000);
    expect(said.at(-1)).toBe("face failed timeout");
    expect(said.slice(0, -1).every((one) => one === "face again")).toBe(true);
  });

  test("cancelled between and within poses: nothing stays", () => {
    for (const at of [100, 900, 2300, 3150, 4300, 4600, 4650, 4700]) {
      const rig = started();
      rig.emulator.put("face", 7);
      rig.module.face.enrol();
      rig.pass(at);
      rig.module.face.cancel();
      const said = rig.pass(8000);
      expect(said.filter((one) => one.includes("enrolled"))).toEqual([]);
      expect(templates(rig)).toEqual([]);
      expect(enrolled(rig, ["face", 7])).toEqual({ "face 7": 1 });
    }
  });

  test("the lock cancels from within an event", () => {
    const rig = started();
    rig.react = (event) => { if (event === "face placed 3") rig.module.face.cancel(); };
    rig.emulator.put("face", 7);
    rig.module.face.enrol();
    expect(rig.pass(20000)).toEqual(["face placed 1", "face placed 2", "face placed 3"]);
    expect(templates(rig)).toEqual([]);
  });

  test("a restart of the module in the middle fails it, and the next one works", () => {
    const rig = started();
    rig.emulator.put("face", 7);
    rig.module.face.enrol();
    rig.pass(2000);
    rig.emulator.restart();
    expect(rig.pass(5000)).toContain("face failed failed");
    expect(enrolled(rig, ["face", 7])).toEqual({ "face 7": 1 });
  });
});

describe.each(Object.keys(emulatedBuilds) as BuildName[])("build %s", (build) => {
  const senses = build === "fm22x" ? ["face"] as const : build === "l015" ? ["palm"] as const : ["face", "palm"] as const;

  test("enrols, recognises, refuses what is enrolled already (C5) and forgets", () => {
    for (const sense of senses) {
      const rig = new Rig({ build });
      const other = senses.find((one) => one !== sense);
      if (other !== undefined) enrolled(rig, [other, 20]);
      const numbers = enrolled(rig, [sense, 7], [sense, 8]);
      expect(lookAt(rig, sense, 8, 7000)).toEqual([`${sense} near`, `${sense} matched ${numbers[`${sense} 8`]}`]);
      expect(lookAt(rig, sense, "unknown", 5000)).toEqual([`${sense} near`, `${sense} unknown`]);
      const before = templates(rig);
      rig.emulator.put(sense, 7);
      rig.module[sense].enrol();
      expect(rig.pass(8000).filter((one) => one.includes("enrolled") || one.includes("failed"))).toEqual([`${sense} failed duplicate`]);
      rig.emulator.put(sense, null);
      expect(templates(rig)).toEqual(before);
      rig.module[sense].remove(numbers[`${sense} 7`]);
      rig.pass(6000);
      expect(templates(rig)).toEqual(before.filter((one) => one !== `${sense} 7`));
      if (senses.length === 1) {
        rig.module[sense === "face" ? "palm" : "face"].enrol();
        expect([...rig.take(), ...rig.pass(5000)]).toEqual([`${sense === "face" ? "palm" : "face"} failed failed`]);
      }
      rig.module.face.removeAll();
      rig.module.palm.removeAll();
      rig.pass(6000);
      expect(templates(rig)).toEqual([]);
    }
  });
});

describe.each(Object.keys(emulatedBuilds) as BuildName[])("build %s, whatever numbers it has for it", (build) => {
  const senses = build === "fm22x" ? ["face"] as const : build === "l015" ? ["palm"] as const : ["face", "palm"] as const;

  test.each(senses)("%s: 1, 8, 22 and 239 are not recognised", (sense) => {
    const rig = new Rig({ build });
    enrolled(rig, [sense, 7]);
    for (const value of [1, 8, 22, 239]) {
      rig.emulator.faults = [{ mid: 0x12, kind: "nack", value }];
      // A palm's own number is a palm's, whoever is looked for.
      const told = sense === "face" && value > 8 && build !== "fm22x" ? "palm unknown" : `${sense} unknown`;
      expect([value, ...lookAt(rig, sense, 7)]).toEqual(expect.arrayContaining([value, told]));
    }
    expect(lookAt(rig, sense, 7)).toContain(`${sense} matched ${rig.emulator.save().templates[0].id}`);
  });

  test.each(senses)("%s: 10 and 241 are enrolled already, 9 is full; 4, 5, 6 and 7 fail it", (sense) => {
    const rig = new Rig({ build });
    enrolled(rig, [sense, 7]);
    for (const [i, [value, told]] of ([[10, "duplicate"], [241, "duplicate"], [9, "full"], [4, "failed"], [5, "failed"], [6, "failed"], [7, "failed"]] as const).entries()) {
      const mid = buildNamed(build).enrol[sense === "face" ? 0 : 1];
      rig.emulator.faults = [{ mid, kind: "nack", value }];
      rig.emulator.put(sense, 8 + i);
      rig.module[sense].enrol();
      expect([value, ...rig.pass(8000)]).toEqual([value, `${sense} failed ${told}`]);
      rig.emulator.put(sense, null);
      rig.pass(3000);
    }
  });
});

describe.each(["sen0737", "senselock", "fm22x", "allwinner", "ekesi"] as const)("build %s", (build) => {
  test("C2: the five poses in their order, each only when it is held", () => {
    const rig = started({ build });
    rig.module.face.enrol();
    const said: string[] = [];
    for (const [i, pose] of poses.entries()) {
      // The next pose is not the one before, nor any other.
      rig.emulator.put("face", 7, poses[(i + 2) % 5]);
      said.push(...rig.pass(7000).filter((one) => one !== "face again"));
      expect(said.length).toBe(i);
      rig.emulator.put("face", 7, pose);
      said.push(...rig.pass(6500).filter((one) => one !== "face again"));
    }
    expect(said.map((one) => one.split(" ").slice(0, 2).join(" "))).toEqual(["face placed", "face placed", "face placed", "face placed", "face enrolled"]);
  });
});

test("a build that takes whoever is there: a face in a palm's enrolment does not stay", () => {
  const rig = started({ build: "ai10" });
  rig.emulator.put("face", 7);
  rig.module.palm.enrol();
  expect(rig.pass(3000)).toContain("palm again");
  rig.emulator.put("face", null);
  rig.emulator.put("palm", 3);
  expect(rig.pass(8000)).toContain("palm enrolled 1001");
  expect(templates(rig)).toEqual(["palm 3"]);
});

describe("full, busy, disturbed", () => {
  test("full (C1)", () => {
    const rig = started({ capacity: 1 });
    enrolled(rig, ["palm", 3]);
    rig.module.palm.enrol();
    expect(rig.pass(3000)).toEqual(["palm failed full"]);
  });

  test("cannot enrol at all", () => {
    const rig = started();
    rig.emulator.faults.push({ mid: 0x26, kind: "nack", value: 7 });
    rig.emulator.put("palm", 3);
    rig.module.palm.enrol();
    expect(rig.pass(3000)).toEqual(["palm failed failed"]);
  });

  test("poses lost in the module", () => {
    const rig = started();
    rig.emulator.put("face", 7);
    rig.module.face.enrol();
    rig.pass(1500);
    rig.emulator.people.forgetPoses();
    expect(rig.pass(5000)).toContain("face failed failed");
  });

  test("an answer that comes twice is one pose, and no tampering", () => {
    const rig = started();
    rig.emulator.faults.push({ mid: 0x26, kind: "double" }, { mid: 0x26, kind: "double" });
    rig.emulator.put("face", 7);
    rig.module.face.enrol();
    expect(rig.pass(10000)).toEqual(["face placed 1", "face placed 2", "face placed 3", "face placed 4", "face enrolled 1"]);
  });

  test("an answer that comes again during the next pose is not that pose", () => {
    const rig = started();
    let first = "";
    const deliver = rig.deliver.bind(rig);
    rig.deliver = (bytes) => {
      if (first === "" && bytes.charCodeAt(5) === 0x26) {
        first = bytes;
        rig.scheduler.after(400, () => deliver(bytes));
      }
      deliver(bytes);
    };
    rig.emulator.put("face", 7, "straight");
    rig.module.face.enrol();
    expect(rig.pass(4000)).toEqual(["face placed 1"]);
    rig.emulator.put("face", 7);
    expect(rig.pass(10000)).toEqual(["face placed 2", "face placed 3", "face placed 4", "face enrolled 1"]);
  });

  test("the last answer so late that nobody waits for it: neither tampering nor a second template", () => {
    const rig = started();
    rig.emulator.faults.push({ mid: 0x26, kind: "late", value: 9700 });
    rig.emulator.put("palm", 3);
    rig.module.palm.enrol();
    expect(rig.pass(20000)).toEqual(["palm enrolled 501"]);
    expect(templates(rig)).toEqual(["palm 3"]);
  });

  test("the last answer lost: the template is found by its name", () => {
    const rig = started();
    rig.emulator.faults.push({ mid: 0x26, kind: "lose", at: [4] });
    rig.emulator.put("palm", 3);
    rig.module.palm.enrol();
    expect(rig.pass(15000)).toEqual(["palm enrolled 501"]);
  });

  test("every flip of two bits in the number of a new template that passes the check: never another's number", () => {
    const rig = started();
    enrolled(rig, ["palm", 1], ["palm", 2], ["palm", 4], ["palm", 8]);
    for (let bit = 0; bit < 8; bit++) {
      for (const other of [5, 6, 8, 9]) {
        for (const one of [7, 8]) {
          rig.emulator.put("palm", 3);
          rig.emulator.faults = [{ mid: 0x26, kind: "flip", at: [one * 8 + bit, other * 8 + bit] }];
          rig.module.palm.enrol();
          const said = rig.pass(25000).filter((event) => event.includes("enrolled"));
          expect([bit, other, one, ...said.filter((event) => event !== "palm enrolled 505")]).toEqual([bit, other, one]);
          rig.emulator.people.templates = rig.emulator.people.templates.filter((template) => template.identity !== 3);
          rig.emulator.put("palm", null);
          rig.pass(3000);
        }
      }
    }
    expect(templates(rig)).toEqual(["palm 1", "palm 2", "palm 4", "palm 8"]);
  });

  test.each(["sen0737", "senselock", "allwinner", "ai10"] as const)("%s starts again by itself around the moment in which it stores: enrolled, or nothing kept", (build) => {
    for (let at = 300; at < 9000; at += at < 1200 || at > 6000 ? 10 : 500) {
      const rig = new Rig({ build });
      enrolled(rig, ["palm", 4]);
      rig.emulator.put("palm", 3);
      rig.module.palm.enrol();
      rig.scheduler.after(at, () => rig.emulator.restart());
      const said = rig.pass(20000).filter((one) => one.includes("enrolled"));
      rig.module.palm.cancel();
      rig.emulator.put("palm", null);
      rig.pass(5000);
      expect([at, ...templates(rig)]).toEqual([at, "palm 4", ...(said.length > 0 ? ["palm 3"] : [])]);
    }
  });

  test("the module dies in the middle", () => {
    const rig = started();
    rig.emulator.put("face", 7);
    rig.module.face.enrol();
    rig.pass(1500);
    rig.emulator.mute = true;
    expect(rig.pass(30000)).toEqual(expect.arrayContaining(["face failed failed", "face silent true"]));
    rig.module.face.enrol();
    expect(rig.take()).toEqual(["face failed failed"]);
  });
});
