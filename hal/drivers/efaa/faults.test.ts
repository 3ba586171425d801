/** What goes wrong with a module that is the right one. */
import { Fault } from "./emulator-frames";
import { enrolled, lookAt, Rig } from "./test/rig";
import { Mode } from "./state";

function settled(options: ConstructorParameters<typeof Rig>[0] = {}): Rig {
  const rig = new Rig(options);
  enrolled(rig, ["face", 7], ["palm", 3]);
  return rig;
}

describe.each([0x10, 0x11, 0x12, 0x22, 0x24, 0x30, 0x80, 0xed])("the answer to command %i", (mid) => {
  const faults: Fault[] = [
    { kind: "lose", at: [3] }, { kind: "lose", at: [0] }, { kind: "flip", at: [50] }, { kind: "double" },
    { kind: "late", value: 900 }, { kind: "late", value: 2500 }, { kind: "nack", value: 1 },
  ];
  for (const fault of faults) {
    test(`${fault.kind} ${fault.value ?? ""}: works again`, () => {
      const rig = settled();
      rig.pass(10000);
      rig.emulator.faults.push({ ...fault, mid });
      rig.module.palm.remove(777);
      const said = lookAt(rig, "face", 7, 30000);
      rig.pass(20000);
      expect(said.filter((one) => one === "unasked" || one.startsWith("swapped") || one.includes("silent"))).toEqual([]);
      if (!said.includes("face matched 1")) expect(lookAt(rig, "face", 7, 30000)).toContain("face matched 1");
      expect(lookAt(rig, "palm", 3, 10000)).toContain("palm matched 501");
    });
  }
});

describe("silence (A3)", () => {
  test("told once, tried again after growing pauses, and over when it answers", () => {
    const rig = settled({ driver: { powerPin: -1 } });
    rig.emulator.mute = true;
    rig.module.face.look(true);
    expect(rig.pass(30000)).toEqual(["face silent true", "palm silent true"]);
    expect(rig.pass(600000)).toEqual([]);
    expect(rig.module.mode()).not.toBe(Mode.Resting);
    rig.emulator.mute = false;
    rig.emulator.put("face", 7);
    const said = rig.pass(70000);
    expect(said.slice(0, 2)).toEqual(["face silent false", "palm silent false"]);
    expect(said).toContain("face matched 1");
  });

  test("the pauses grow to a minute where the supply cannot be switched", () => {
    const rig = new Rig({ driver: { powerPin: -1 } });
    const starts: number[] = [];
    const receive = rig.emulator.receive.bind(rig.emulator);
    rig.emulator.receive = (bytes) => {
      if (bytes.charCodeAt(2) === 0x11) starts.push(rig.scheduler.nowMs);
      receive(bytes);
    };
    rig.emulator.mute = true;
    expect(rig.pass(900000)).toEqual(["face silent true", "palm silent true"]);
    // GETSTATUS, three times a second apart.
    const gaps = starts.filter((_, i) => i % 3 === 0).slice(1).map((at, i) => at - starts[i * 3] - 3000);
    expect(gaps.slice(0, 8)).toEqual([1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000]);
    rig.emulator.mute = false;
    expect(rig.pass(61000)).toEqual(["face silent false", "palm silent false"]);
  });

  test("the pauses grow to a minute where it can", () => {
    const rig = new Rig();
    rig.emulator.mute = true;
    const times: number[] = [];
    const power = rig.emulator.power.bind(rig.emulator);
    rig.emulator.power = (on) => {
      if (on) times.push(rig.scheduler.nowMs);
      power(on);
    };
    rig.pass(900000);
    const gaps = times.slice(1).map((one, i) => one - times[i] - 6000);
    expect(gaps.slice(0, 8)).toEqual([1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000]);
  });

  test("silent from the first start on", () => {
    const rig = new Rig({ driver: { powerPin: -1 } });
    rig.emulator.mute = true;
    expect(rig.pass(10000)).toEqual(["face silent true", "palm silent true"]);
    rig.emulator.mute = false;
    expect(rig.pass(60000)).toEqual(["face silent false", "palm silent false"]);
  });

  test("a camera that fails again and again is a part that does not work", () => {
    const rig = settled({ driver: { powerPin: -1 } });
    for (let i = 0; i < 5; i++) rig.emulator.faults.push({ mid: 0x12, kind: "nack", value: 4 });
    expect(lookAt(rig, "face", 7, 60000)).toContain("face silent true");
    expect(lookAt(rig, "face", 7, 20000)).toContain("face matched 1");
  });

  test("a module that ignores jobs", () => {
    const rig = settled({ driver: { powerPin: -1 } });
    rig.emulator.busy = true;
    expect(lookAt(rig, "face", 7)).toContain("face matched 1");
  });

  test("a module that starts again by itself while it looks", () => {
    const rig = settled({ driver: { powerPin: -1 } });
    rig.module.face.look(true);
    rig.pass(2000);
    rig.emulator.restart();
    rig.emulator.put("face", 7);
    expect(rig.pass(6000)).toContain("face matched 1");
  });

  test("READY again and again does not disturb a module without supply", () => {
    const rig = settled();
    rig.pass(10000);
    for (let i = 0; i < 100; i++) {
      rig.inject("\xef\xaa\x01\x00\x01\x00\x00");
      rig.pass(37);
    }
    expect(rig.module.mode()).toBe(Mode.Off);
    rig.module.face.look(true);
    for (let i = 0; i < 100; i++) {
      rig.inject("\xef\xaa\x01\x00\x01\x00\x00");
      rig.pass(37);
    }
    rig.emulator.put("face", 7);
    expect(rig.pass(8000)).toContain("face matched 1");
  });
});

test("wishes at every moment of power-up and power-down come true", () => {
  for (let at = 0; at < 9000; at += 130) {
    const rig = settled();
    rig.emulator.put("face", 7);
    rig.pass(at);
    rig.module.face.look(true);
    rig.pass(2800);
    rig.module.palm.remove(501);
    rig.module.face.look(false);
    rig.pass(12000);
    expect(rig.emulator.save().templates.map((one) => one.id)).toEqual([1]);
    expect(rig.module.mode()).toBe(Mode.Off);
  }
});
