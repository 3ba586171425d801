import { newRandom, TestPlatform } from "../test/platform";
import { alkaline4, chargeOf, lithium2s, lithium2sRested } from "./curves";
import { DividerOptions, newBattery } from "./driver";
import { PackEmulator, PackOptions } from "./emulator";

const usbPin = 35;
const enablePin = 27;

function newRig(options: Partial<DividerOptions> = {}, pack: PackOptions = {}) {
  const test = new TestPlatform();
  const said: string[] = [];
  const emulator = new PackEmulator(test.scheduler, pack);
  let busy = false;
  test.onOutput = (pin, level) => { if (pin === enablePin) emulator.enable(level === 1); };
  const battery = newBattery(test.platform, emulator, {
    upperOhms: 300000, lowerOhms: 100000, gainPpm: 0, offsetMv: 0, enablePin: -1, enableLevel: 1, settleMs: 20,
    usbPin: -1, usbLevel: 1, ...options,
  }, lithium2s, () => busy, {
    measured: (percent) => { said.push(`${percent} %`); },
    usb: (on) => { said.push(`usb ${on}`); },
  });
  const pass = (ms: number): string[] => {
    test.pass(ms);
    return said.splice(0);
  };
  const measured = (mv: number): string[] => {
    emulator.mv = mv;
    battery.measure();
    return pass(1000);
  };
  const setBusy = (on: boolean): void => {
    busy = on;
    emulator.load = on;
  };
  return { test, emulator, battery, pass, measured, setBusy };
}

describe("curves", () => {
  test.each([["lithium", lithium2s()], ["lithium, rested", lithium2sRested()], ["alkaline", alkaline4()]])("%s: falls, and is a straight line between its points", (_name, curve) => {
    for (let i = 2; i < curve.length; i += 2) {
      expect(curve[i]).toBeLessThan(curve[i - 2]);
      expect(curve[i + 1]).toBeLessThan(curve[i - 1]);
      expect(chargeOf(curve, curve[i])).toBe(curve[i + 1]);
      expect(chargeOf(curve, (curve[i] + curve[i - 2]) / 2)).toBe(Math.floor((curve[i + 1] + curve[i - 1]) / 2));
    }
    let before = 0;
    for (let mv = 0; mv < 10000; mv++) {
      const charge = chargeOf(curve, mv);
      expect(charge >= before && charge <= 100).toBe(true);
      before = charge;
    }
    expect([chargeOf(curve, 0), chargeOf(curve, 30000)]).toEqual([0, 100]);
  });

  /** Volts of one cell from 100 % down, as published. */
  test.each([
    ["lithium", lithium2s(), 10, [4.16, 4.07, 3.99, 3.90, 3.82, 3.72, 3.61, 3.53, 3.38, 3.20, 2.85]],
    ["lithium, rested", lithium2sRested(), 5, [
      4.177, 4.129, 4.086, 4.045, 4.008, 3.975, 3.945, 3.918, 3.884, 3.841, 3.821, 3.806, 3.793, 3.784, 3.775, 3.762, 3.741, 3.710, 3.687, 3.675, 3.306,
    ]],
  ])("%s: the whole table", (_name, curve, step, volts) => {
    expect(volts.map((volt) => chargeOf(curve, Math.round(volt * 2000)))).toEqual(volts.map((_, i) => 100 - i * step));
    expect(curve.length).toBe(volts.length * 2);
  });

  test("figures of the tables", () => {
    expect([8400, 8320, 7890, 7640, 7440, 6760, 6050, 5700, 5000].map((mv) => chargeOf(lithium2s(), mv))).toEqual([100, 100, 75, 60, 50, 20, 5, 0, 0]);
    expect([8354, 7642, 7482, 7350].map((mv) => chargeOf(lithium2sRested(), mv))).toEqual([100, 50, 20, 5]);
    expect([6600, 5500, 4500, 4125, 4000].map((mv) => chargeOf(alkaline4(), mv))).toEqual([100, 60, 20, 5, 0]);
  });
});

describe("measuring", () => {
  test("by itself after the start, then when asked", () => {
    const rig = newRig({}, { mv: 7640 });
    expect(rig.battery.millivolts()).toBe(-1);
    expect(rig.pass(1000)).toEqual(["60 %"]);
    expect(rig.pass(100000)).toEqual([]);
    expect(rig.measured(7440)).toEqual(["50 %"]);
    expect(rig.battery.millivolts()).toBe(7440);
  });

  test("never from within the call, and one answer for questions that wait together", () => {
    const rig = newRig();
    rig.pass(1000);
    for (let i = 0; i < 1000; i++) rig.battery.measure();
    expect(rig.pass(0)).toEqual([]);
    expect(rig.pass(1000).length).toBe(1);
    expect(rig.emulator.readings).toBe(18);
  });

  test.each([[300000, 100000], [1000000, 330000], [680000, 100000], [100000, 100000]])("divider %d over %d: exact to one count of the converter", (upperOhms, lowerOhms) => {
    const rig = newRig({ upperOhms, lowerOhms }, { upperOhms, lowerOhms });
    const ratio = (upperOhms + lowerOhms) / lowerOhms;
    for (let mv = 6600; mv > 3000; mv -= 370) {
      rig.measured(mv);
      expect(Math.abs(rig.battery.millivolts() - mv)).toBeLessThanOrEqual(ratio / 2 + 2);
    }
  });

  test.each([[20000, 0], [-50000, 0], [0, 60], [12345, -40]])("a board's own gain of %d ppm and offset of %d mV", (gainPpm, offsetMv) => {
    const wrong = newRig({}, { gainPpm, offsetMv, mv: 7640 });
    wrong.pass(1000);
    const right = newRig({ gainPpm, offsetMv }, { gainPpm, offsetMv, mv: 7640 });
    right.pass(1000);
    expect(Math.abs(wrong.battery.millivolts() - 7640)).toBeGreaterThan(30);
    expect(Math.abs(right.battery.millivolts() - 7640)).toBeLessThanOrEqual(4);
  });

  test("four wild readings of nine change nothing", () => {
    const rig = newRig({}, { mv: 7640 });
    rig.emulator.noise = (i) => [900, 0, -900, 0, 0, 900, 0, -1500, 0][i % 9];
    expect(rig.pass(1000)).toEqual(["60 %"]);
  });

  test("a divider that is switched: off before, between and after", () => {
    const rig = newRig({ enablePin }, { mv: 7640, gated: true });
    expect(rig.emulator.enabled).toBe(false);
    expect(rig.pass(1000)).toEqual(["60 %"]);
    expect(rig.emulator.enabled).toBe(false);
    expect(rig.measured(7440)).toEqual(["50 %"]);
  });

  test("not while the motor runs (B1); a run that begins in the midst spoils what was read", () => {
    const rig = newRig({ enablePin }, { mv: 7640, gated: true });
    rig.setBusy(true);
    expect(rig.pass(5000)).toEqual([]);
    rig.setBusy(false);
    expect(rig.pass(300)).toEqual(["60 %"]);
    rig.battery.measure();
    rig.pass(30);
    const before = rig.emulator.readings;
    expect(before).toBeGreaterThan(9);
    rig.setBusy(true);
    expect(rig.pass(3000)).toEqual([]);
    expect(rig.emulator.enabled).toBe(false);
    rig.setBusy(false);
    rig.pass(500);
    expect(rig.emulator.readings).toBe(before + 9);
  });

  test("an unplugged or shorted divider is an empty or a full battery, no more", () => {
    const rig = newRig();
    expect(rig.measured(0)).toEqual(["0 %"]);
    expect(rig.measured(99999)).toEqual(["100 %"]);
  });
});

describe("filter", () => {
  test("one measurement that differs clearly moves the value fully", () => {
    const rig = newRig({}, { mv: 8320 });
    rig.pass(1000);
    expect(rig.measured(6760)).toEqual(["20 %"]);
    expect(rig.measured(8320)).toEqual(["100 %"]);
  });

  test("noise hardly moves it, and a slow discharge is followed", () => {
    const rig = newRig({}, { mv: 7640 });
    rig.pass(1000);
    const random = newRandom(3);
    rig.emulator.noise = () => random(17) - 8;
    const seen = new Set<string>();
    for (let i = 0; i < 200; i++) for (const one of rig.measured(7640)) seen.add(one);
    expect([...seen].every((one) => ["59 %", "60 %"].includes(one))).toBe(true);
    for (let mv = 7640; mv > 6400; mv -= 10) {
      rig.measured(mv);
      expect(Math.abs(rig.battery.millivolts() - mv)).toBeLessThan(60);
    }
  });

  test("what stays comes through to the millivolt or so", () => {
    const rig = newRig({}, { mv: 7640 });
    rig.pass(1000);
    for (let i = 0; i < 30; i++) rig.measured(7616);
    expect(Math.abs(rig.battery.millivolts() - 7616)).toBeLessThanOrEqual(1);
  });
});

describe("inlet", () => {
  test("power at the start is told before the battery (B4)", () => {
    const test = new TestPlatform();
    test.setInput(usbPin, 1);
    const said: string[] = [];
    newBattery(test.platform, new PackEmulator(test.scheduler, { mv: 5000 }), {
      upperOhms: 300000, lowerOhms: 100000, gainPpm: 0, offsetMv: 0, enablePin: -1, enableLevel: 1, settleMs: 1, usbPin, usbLevel: 1,
    }, lithium2s, () => false, { measured: (percent) => { said.push(`${percent} %`); }, usb: (on) => { said.push(`usb ${on}`); } });
    expect(said).toEqual([]);
    test.pass(1000);
    expect(said).toEqual(["usb true", "0 %"]);
  });

  test.each([1, 0] as const)("a plug that bounces is told once (active level %d)", (usbLevel) => {
    const rig = newRig({ usbPin, usbLevel });
    rig.test.setInput(usbPin, 1 - usbLevel);
    rig.pass(1000);
    for (let i = 0; i < 20; i++) {
      rig.test.setInput(usbPin, i % 2 === 0 ? usbLevel : 1 - usbLevel);
      rig.pass(7);
    }
    rig.test.setInput(usbPin, usbLevel);
    expect(rig.pass(1000)).toEqual(["usb true"]);
    rig.test.setInput(usbPin, 1 - usbLevel);
    expect(rig.pass(1000)).toEqual(["usb false"]);
  });
});

test("a spike on the inlet's line is no power", () => {
  const rig = newRig({ usbPin });
  rig.pass(1000);
  rig.test.setInput(usbPin, 1);
  rig.pass(20);
  rig.test.setInput(usbPin, 0);
  expect(rig.pass(1000)).toEqual([]);
});

test("its timers are made once", () => {
  const rig = newRig({ usbPin });
  for (let i = 0; i < 20; i++) rig.measured(8000);
  expect(rig.test.timers).toBe(2);
});
