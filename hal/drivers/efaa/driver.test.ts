import { Kind } from "./builds";
import { Mode } from "./state";
import { enrolled, lookAt, nearPin, Rig } from "./test/rig";

describe("start", () => {
  test("reads the module, and then switches it off", () => {
    const rig = new Rig();
    expect(rig.pass(2000)).toEqual([]);
    expect(rig.module.version()).toBe("V1.2.0");
    expect(rig.module.count(Kind.Face)).toBe(0);
    expect(rig.identity).toMatch(/^[0-9a-f]{16}-0$/);
    expect(rig.module.mode()).toBe(Mode.Resting);
    rig.pass(6000);
    expect(rig.module.mode()).toBe(Mode.Off);
    expect(rig.emulator.heard.at(-1)).toBe(0xed);
  });

  test("a module that runs already sends no READY", () => {
    const rig = new Rig({ driver: { powerPin: -1 }, bootMs: 0 });
    rig.pass(5000);
    expect(rig.module.version()).toBe("V1.2.0");
    expect(rig.module.mode()).toBe(Mode.Resting);
  });
});

describe("looking (U2)", () => {
  test("a face is recognised, once a presence", () => {
    const rig = new Rig();
    const templates = enrolled(rig, ["face", 7], ["face", 8]);
    expect(lookAt(rig, "face", 8, 8000)).toEqual(["face near", `face matched ${templates["face 8"]}`]);
    expect(lookAt(rig, "face", 7)).toEqual(["face near", `face matched ${templates["face 7"]}`]);
  });

  test("a palm, likewise; a face is none of its business", () => {
    const rig = new Rig();
    const templates = enrolled(rig, ["face", 7], ["palm", 3]);
    expect(templates["palm 3"]).toBe(501);
    expect(lookAt(rig, "palm", 3)).toEqual(["palm near", "palm matched 501"]);
    rig.emulator.put("face", 7);
    rig.module.palm.look(true);
    expect(rig.pass(6000)).toEqual([]);
  });

  test("strangers count once while they stay, and again when they come back", () => {
    const rig = new Rig();
    enrolled(rig, ["face", 7], ["palm", 3]);
    expect(lookAt(rig, "face", "unknown", 8000)).toEqual(["face near", "face unknown"]);
    rig.module.palm.look(true);
    rig.emulator.put("palm", "unknown");
    expect(rig.pass(8000)).toEqual(["palm near", "palm unknown"]);
    rig.emulator.put("palm", null);
    expect(rig.pass(4000)).toEqual(["palm gone"]);
    rig.emulator.put("palm", "unknown");
    expect(rig.pass(3000)).toEqual(["palm near", "palm unknown"]);
  });

  test("one presence is one attempt: whoever was refused has to go before being recognised", () => {
    const rig = new Rig();
    enrolled(rig, ["palm", 3]);
    rig.module.palm.look(true);
    rig.emulator.put("palm", "unknown");
    rig.pass(3000);
    rig.emulator.put("palm", 3);
    expect(rig.pass(5000)).toEqual([]);
    rig.emulator.put("palm", null);
    rig.pass(4000);
    rig.emulator.put("palm", 3);
    expect(rig.pass(4000)).toEqual(["palm near", "palm matched 501"]);
  });

  test("nobody there, and somebody who cannot be told", () => {
    const rig = new Rig();
    enrolled(rig, ["face", 7]);
    rig.module.face.look(true);
    expect(rig.pass(15000)).toEqual(["face gone"]);
    rig.module.face.look(false);
    rig.pass(2000);
    expect(lookAt(rig, "face", "bad", 13500)).toEqual(["face near", "face unreadable"]);
  });

  test("an empty module says unknown to nobody", () => {
    const rig = new Rig();
    rig.pass(3000);
    rig.module.face.look(true);
    expect(rig.pass(10000)).toEqual([]);
  });

  test("something near: the face's role is told, and a palm is looked for", () => {
    const rig = new Rig({ driver: { nearPin } });
    enrolled(rig, ["palm", 3]);
    rig.pass(10000);
    expect(rig.module.mode()).toBe(Mode.Off);
    rig.emulator.put("palm", 3);
    expect(rig.take()).toEqual(["face near"]);
    expect(rig.pass(4000)).toEqual(["palm near", "palm matched 501"]);
    rig.emulator.put("palm", null);
    rig.pass(20000);
    expect(rig.module.mode()).toBe(Mode.Off);
    rig.module.enable(false);
    rig.emulator.put("palm", 3);
    expect(rig.pass(4000)).toEqual([]);
  });

  test.each([0, 1] as const)("proximity (near = %i) wakes a module that is off, once a nearness, and lets it rest again", (nearLevel) => {
    const rig = new Rig({ driver: { nearPin, nearLevel } });
    enrolled(rig, ["palm", 3]);
    rig.pass(20000);
    for (let i = 0; i < 3; i++) {
      expect(rig.module.mode()).toBe(Mode.Off);
      rig.emulator.put("palm", i === 1 ? "unknown" : 3);
      expect([...rig.take(), ...rig.pass(6000)]).toEqual(["face near", "palm near", i === 1 ? "palm unknown" : "palm matched 501"]);
      rig.emulator.put("palm", null);
      expect(rig.pass(30000)).toEqual(["palm gone"]);
    }
  });

  test("liveness failed is a stranger", () => {
    const rig = new Rig();
    enrolled(rig, ["face", 7]);
    rig.emulator.faults.push({ mid: 0x12, kind: "nack", value: 12 });
    expect(lookAt(rig, "face", 7)).toEqual(["face near", "face unknown"]);
  });

  test("look(false) breaks off at once, and the aborted answer is nothing", () => {
    const rig = new Rig();
    enrolled(rig, ["face", 7]);
    rig.emulator.put("face", 7);
    rig.module.face.look(true);
    rig.pass(1200 + 300);
    rig.take();
    rig.module.face.look(false);
    expect(rig.pass(5000).filter((one) => one !== "face gone")).toEqual([]);
    expect(rig.module.mode()).toBe(Mode.Resting);
  });

  test("a switched-off module is not woken (B3)", () => {
    const rig = new Rig();
    enrolled(rig, ["palm", 3]);
    rig.pass(10000);
    rig.module.enable(false);
    rig.emulator.put("palm", 3);
    rig.module.palm.look(true);
    expect(rig.pass(10000)).toEqual([]);
    rig.module.enable(true);
    expect(rig.pass(10000)).toContain("palm matched 501");
  });
});

describe("removal (M5, R1)", () => {
  test("one, one that is not there, and all", () => {
    const rig = new Rig();
    enrolled(rig, ["face", 7], ["palm", 3], ["palm", 4]);
    rig.module.palm.remove(501);
    rig.module.palm.remove(777);
    rig.pass(5000);
    expect(rig.emulator.save().templates.map((one) => one.id)).toEqual([1, 502]);
    rig.module.palm.removeAll();
    rig.pass(5000);
    expect(rig.emulator.save().templates.map((one) => one.id)).toEqual([1]);
    rig.module.face.removeAll();
    rig.module.palm.removeAll();
    rig.pass(5000);
    expect(rig.emulator.save().templates).toEqual([]);
  });

  test("a look does not hold it up", () => {
    const rig = new Rig();
    enrolled(rig, ["palm", 3]);
    rig.module.face.look(true);
    rig.pass(3000);
    rig.module.palm.remove(501);
    rig.pass(1500);
    expect(rig.emulator.save().templates).toEqual([]);
    expect(rig.module.mode()).toBe(Mode.Looking);
  });

  test("wishes wait until a silent module is back", () => {
    const rig = new Rig();
    enrolled(rig, ["face", 7], ["palm", 3]);
    rig.emulator.mute = true;
    rig.module.palm.remove(501);
    expect(rig.pass(60000)).toEqual(["face silent true", "palm silent true"]);
    rig.emulator.mute = false;
    expect(rig.pass(70000)).toEqual(["face silent false", "palm silent false"]);
    expect(rig.emulator.save().templates.map((one) => one.id)).toEqual([1]);
  });
});

test("the LED of the module", () => {
  const rig = new Rig();
  rig.pass(10000);
  rig.module.light(1, true);
  rig.pass(3000);
  expect(rig.emulator.led).toEqual([1, 1]);
  rig.pass(20000);
  expect(rig.emulator.led).toEqual([1, 1]);
  rig.module.light(1, false);
  rig.pass(100);
  expect(rig.emulator.led).toEqual([1, 0]);
  rig.pass(10000);
  expect(rig.module.mode()).toBe(Mode.Off);
});

describe.each([1, 5, 20, 64])("in pieces of %i bytes", (piece) => {
  test("everything works the same", () => {
    const rig = new Rig({ piece });
    const templates = enrolled(rig, ["face", 7], ["palm", 3]);
    expect(lookAt(rig, "face", 7)).toEqual(["face near", `face matched ${templates["face 7"]}`]);
  });
});
