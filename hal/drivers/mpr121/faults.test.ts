import { Key } from "../../roles";
import { newRig } from "../keylights/test/rig";
import { newMpr121 } from "./driver";
import { Mpr121Emulator } from "./emulator";

const address = 0x5A;

function setUp(change: (chip: Mpr121Emulator) => void = () => undefined) {
  const rig = newRig();
  const told: string[] = [];
  const chip = new Mpr121Emulator(rig.scheduler);
  rig.devices.set(address, chip);
  chip.onIrq = (level) => rig.setPin(27, level);
  change(chip);
  const options = { chips: [{ address, keys: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, Key.Cancel, Key.Ok] }], irqPin: 27, touchThreshold: 12, releaseThreshold: 6, samplePeriod: 3 };
  const keys = newMpr121(rig.platform, rig.i2c, options, {
    touched: (key) => { told.push(`+${key}`); },
    released: (key) => { told.push(`-${key}`); },
    silent: (silent) => { told.push(`silent ${silent}`); },
  });
  rig.run(1000);
  const press = (electrode: number): string => {
    chip.touch(electrode);
    rig.run(100);
    chip.release(electrode);
    rig.run(100);
    return hear();
  };
  const hear = (): string => told.splice(0).join(" ");
  return { rig, chip, keys, hear, press };
}

test("a part that is not there: told once, tried after 1, 2, 4 … 60 s, and it works when it comes", () => {
  const { rig, chip, hear, press } = setUp((made) => { made.silent = true; });
  expect(hear()).toBe("silent true");
  const tries: number[] = [];
  const write = chip.write.bind(chip);
  chip.write = (bytes) => {
    tries.push(rig.scheduler.nowMs);
    return write(bytes);
  };
  const before = rig.wakeUps;
  rig.run(3600000);
  expect(rig.wakeUps - before).toBeLessThan(70);
  expect(hear()).toBe("");
  // The first two tries, 10 ms apart, were before.
  expect(tries[0]).toBe(1020);
  expect(tries.slice(1, 9).map((at, i) => at - tries[i])).toEqual([2000, 4000, 8000, 16000, 32000, 60000, 60000, 60000]);
  chip.silent = false;
  rig.run(61000);
  expect(hear()).toBe("silent false");
  expect(press(3)).toBe("+3 -3");
});

test("the pauses begin small again after it worked", () => {
  const { rig, chip, keys, hear } = setUp((made) => { made.silent = true; });
  rig.run(600000);
  chip.silent = false;
  rig.run(61000);
  chip.silent = true;
  keys.check();
  rig.run(100);
  chip.silent = false;
  rig.run(1200);
  expect(hear()).toBe("silent true silent false silent true silent false");
});

test("lost power in idle is found by check, and made good without a word", () => {
  const { rig, chip, keys, hear, press } = setUp();
  chip.power(false);
  rig.run(50);
  chip.power(true);
  expect(press(3)).toBe("");
  keys.check();
  rig.run(300);
  expect(hear()).toBe("");
  expect(press(3)).toBe("+3 -3");
  expect(keys.faults()).toBe(1);
});

test("lost power while a key is down: the key is released, and it works again", () => {
  const { rig, chip, hear, press } = setUp();
  chip.touch(5);
  rig.run(100);
  chip.power(false);
  rig.run(20);
  chip.power(true);
  rig.run(2000);
  expect(hear()).toBe("+5 -5");
  chip.release(5);
  rig.run(100);
  expect(press(6)).toBe("+6 -6");
});

test("a part that is silent while a key is down releases it and says so", () => {
  const { rig, chip, hear, press } = setUp();
  chip.touch(5);
  rig.run(100);
  chip.silent = true;
  rig.run(1000);
  expect(hear()).toBe("+5 -5 silent true");
  chip.release(5);
  chip.silent = false;
  rig.run(5000);
  expect(hear()).toBe("silent false");
  expect(press(5)).toBe("+5 -5");
});

test("over-current: counted, cleared, started anew", () => {
  const { rig, chip, keys, hear, press } = setUp();
  chip.overCurrent();
  rig.run(500);
  expect([keys.overCurrents(), keys.faults()]).toEqual([1, 1]);
  expect(hear()).toBe("");
  expect(press(2)).toBe("+2 -2");
});

test("over-current at every start is a silent part", () => {
  const { rig, chip, hear, press } = setUp((made) => { made.overCurrentAlways = true; });
  expect(hear()).toBe("silent true");
  chip.overCurrentAlways = false;
  rig.run(5000);
  expect(hear()).toBe("silent false");
  expect(press(2)).toBe("+2 -2");
});

test("another part at the address is not taken for one", () => {
  const { hear } = setUp((made) => {
    const read = made.read.bind(made);
    made.read = (register, length) => read(register, length).replace("\x10\x24", "\x10\x23");
  });
  expect(hear()).toBe("silent true");
});

test("a flipped bit in any answer is no key, and everything works afterwards", () => {
  for (let nth = 0; nth < 4; nth++) {
    for (let bit = 0; bit < 8 * 0x2B; bit++) {
      const { rig, chip, hear, press, keys } = setUp();
      chip.touch(0);
      rig.run(22);
      flipNth(chip, nth, bit);
      rig.run(10);
      keys.check();
      rig.run(2000);
      chip.release(0);
      rig.run(1100);
      expect(hear()).toBe("+0 -0");
      expect(press(1)).toBe("+1 -1");
    }
  }
});

/** Flips a bit of the n-th answer from now. */
function flipNth(chip: Mpr121Emulator, nth: number, bit: number): void {
  const read = chip.read.bind(chip);
  let count = 0;
  chip.read = (register, length) => {
    if (count++ === nth) chip.flipBit = bit;
    return read(register, length);
  };
}

test("a flipped bit at any place of the start delays it at most", () => {
  for (let nth = 0; nth < 3; nth++) {
    for (let bit = 0; bit < 8 * 0x5F; bit++) {
      const { hear, press } = setUp((chip) => flipNth(chip, nth, bit));
      expect(hear()).toBe("");
      expect(press(1)).toBe("+1 -1");
    }
  }
});

test("a dead bus that reads all ones touches nothing", () => {
  const { rig, chip, keys, hear, press } = setUp();
  const read = chip.read.bind(chip);
  chip.read = (_register, length) => "\xFF".repeat(length);
  keys.check();
  rig.run(2000);
  expect(hear()).toBe("silent true");
  chip.read = read;
  rig.run(5000);
  expect(hear()).toBe("silent false");
  expect(press(1)).toBe("+1 -1");
});

test("short answers are refused", () => {
  const { rig, chip, keys, hear } = setUp();
  chip.read = () => "\x00";
  keys.check();
  rig.run(100);
  expect(hear()).toBe("silent true");
});

test("the emulator is strict", () => {
  const { rig, chip } = setUp();
  expect(() => chip.write("\x5C\x10")).toThrow("register 0x5C is written while it runs");
  expect(() => chip.write("\x60\x10")).toThrow("register 0x60 is not to be written");
  expect(() => chip.write("\x80\x62")).toThrow("0x62 is forbidden");
  expect(() => chip.write("\x5E\x8F")).toThrow("0x8F is forbidden");
  expect(() => chip.read(0, 0x81)).toThrow("no register 0x80");
  expect(() => chip.read(0x5C, 1)).toThrow("0x5C cannot be read alone");
  chip.write("\x80\x63");
  expect(chip.write("\x5E\x00")).toBe(false);
  rig.run(1);
  expect(() => chip.write("\x5E\x8C")).toThrow("releases at 0, not below its touch at 0");
});
