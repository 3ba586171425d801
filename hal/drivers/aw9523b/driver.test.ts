import { Key } from "../../roles";
import { newKeyLights } from "../keylights/flash";
import { newRig } from "../keylights/test/rig";
import { Aw9523bOptions, newAw9523b } from "./driver";
import { Aw9523bEmulator } from "./emulator";
import { stepRegister } from "./registers";

const low = 16384;
/** Keys in the order of the pins, from the highest pin down, to notice a mix-up; the low light is the dimmest. */
const options: Aw9523bOptions = {
  address: 0x5B, maxCurrent: 3,
  pins: [15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1],
  brightness: [60, 60, 60, 60, 60, 60, 60, 60, 60, 60, 80, 255, 80, 80, 20],
};

function setUp(change: (chip: Aw9523bEmulator) => void = () => undefined, own: Aw9523bOptions = options) {
  const rig = newRig();
  const told: string[] = [];
  const chip = new Aw9523bEmulator(rig.scheduler);
  rig.devices.set(0x5B, chip);
  change(chip);
  const lights = newAw9523b(rig.platform, rig.i2c, own, { silent: (silent) => { told.push(`silent ${silent}`); } });
  rig.run(1000);
  /** Keys whose light shines. */
  const lit = (): number => own.pins.reduce((keys, pin, key) => keys + (pin >= 0 && chip.current(pin) > 0 ? 2 ** key : 0), 0);
  return { rig, chip, lights, lit, hear: () => told.splice(0).join(" ") };
}

test("dark at the start; an idle hour has no wake-up", () => {
  const { rig, lit, hear } = setUp();
  const { wakeUps, transactions } = rig;
  rig.run(3600000);
  expect([rig.wakeUps, rig.transactions]).toEqual([wakeUps, transactions]);
  expect([lit(), hear()]).toEqual([0, ""]);
});

test("every set of keys, and each alone", () => {
  const { lights, lit } = setUp();
  for (let key = 0; key <= Key.Low; key++) {
    lights.show(1 << key);
    expect(lit()).toBe(1 << key);
  }
  for (const keys of [32767, 0, 1023 + low, 21845, 10922]) {
    lights.show(keys);
    expect(lit()).toBe(keys);
  }
});

test("each key has its own brightness", () => {
  const { chip, lights } = setUp();
  lights.show(1 + (1 << Key.Ok) + low);
  expect([15, 4, 1].map((pin) => chip.current(pin))).toEqual([2176, 9250, 725]);
});

test("the current registers of the 16 pins", () => {
  expect(Array.from({ length: 16 }, (_, pin) => stepRegister(pin))).toEqual(
    [0x24, 0x25, 0x26, 0x27, 0x28, 0x29, 0x2A, 0x2B, 0x20, 0x21, 0x22, 0x23, 0x2C, 0x2D, 0x2E, 0x2F]);
});

test("a key without a light", () => {
  const { lights, lit } = setUp(undefined, { ...options, pins: [0, -1, 2], brightness: [9, 9, 9] });
  lights.show(7);
  expect(lit()).toBe(5);
});

test("only what changes is written", () => {
  const { chip, lights } = setUp();
  lights.show(1023);
  const before = chip.writes;
  lights.show(1023 + 2048);
  lights.show(1023 + 2048);
  expect(chip.writes - before).toBe(1);
});

test("what is asked for before the chip is ready is shown when it is", () => {
  const rig = newRig();
  const chip = new Aw9523bEmulator(rig.scheduler);
  rig.devices.set(0x5B, chip);
  const lights = newAw9523b(rig.platform, rig.i2c, options, { silent: () => undefined });
  lights.show(1);
  rig.run(100);
  expect(chip.lit()).toBe(1 << 15);
});

test("a chip that is not there: told once, tried after 1, 2, 4 … 60 s, and it shows what is wanted when it comes", () => {
  const { rig, chip, lights, lit, hear } = setUp((made) => { made.silent = true; });
  expect(hear()).toBe("silent true");
  const tries: number[] = [];
  const write = chip.write.bind(chip);
  chip.write = (bytes) => {
    tries.push(rig.scheduler.nowMs);
    return write(bytes);
  };
  const before = rig.wakeUps;
  lights.show(5);
  rig.run(3600000);
  lights.show(6);
  expect(rig.wakeUps - before).toBeLessThan(70);
  // The first two tries, 10 ms apart, were before.
  expect(tries[0]).toBe(1020);
  expect(tries.slice(1, 9).map((at, i) => at - tries[i])).toEqual([2000, 4000, 8000, 16000, 32000, 60000, 60000, 60000]);
  chip.silent = false;
  rig.run(61000);
  expect([hear(), lit()]).toEqual(["silent false", 6]);
});

test("one write that is not acknowledged is made good without a word", () => {
  const { rig, chip, lights, lit, hear } = setUp();
  lights.show(3);
  chip.refusals = 1;
  lights.show(12);
  rig.run(100);
  expect([hear(), lit(), lights.faults()]).toEqual(["", 12, 1]);
});

test("lost power is found when the keypad lights up", () => {
  const { rig, chip, lights, lit, hear } = setUp();
  chip.power(false);
  rig.run(10);
  chip.power(true);
  rig.run(1000);
  lights.show(1023);
  rig.run(50);
  expect([hear(), lit(), lights.faults()]).toEqual(["", 1023, 1]);
});

test("lost power while lit is found by check", () => {
  const { rig, chip, lights, lit, hear } = setUp();
  lights.show(1023);
  chip.power(false);
  chip.power(true);
  rig.run(1000);
  expect(lit()).toBe(0);
  lights.check();
  rig.run(50);
  expect([hear(), lit()]).toEqual(["", 1023]);
});

test("a power cut in the middle of anything, at every millisecond of the start", () => {
  for (let ms = 0; ms < 40; ms++) {
    const { rig, chip, lights, lit } = setUp();
    lights.show(1);
    lights.check();
    chip.power(false);
    lights.check();
    rig.run(ms);
    chip.power(true);
    rig.run(65000);
    expect(lit()).toBe(1);
  }
});

test("another part at the address is not taken for one, nor one with a flipped bit for long", () => {
  const { rig, chip, lights, lit, hear } = setUp((made) => { made.flipBit = 3; });
  expect(hear()).toBe("");
  for (let bit = 0; bit < 8; bit++) {
    chip.flipBit = bit;
    lights.show(3);
    rig.run(100);
    expect([hear(), lit()]).toEqual(["", 3]);
    lights.show(0);
  }
  const other = setUp((made) => { made.read = () => "\x00"; });
  expect(other.hear()).toBe("silent true");
});

test("the slow flash of a number goes through to the lights", () => {
  const { rig, lights, lit } = setUp();
  const keypad = newKeyLights(rig.platform, (keys) => lights.show(keys));
  keypad.light(30);
  keypad.flashNumber(7);
  const seen: number[] = [];
  for (let i = 0; i < 8; i++) {
    rig.run(400);
    seen.push(lit());
  }
  expect(seen).toEqual([1, 1, 0, 1, 0, 128, 128, 30]);
});

test("the emulator is strict", () => {
  const { chip } = setUp();
  expect(() => chip.write("\x08\x00")).toThrow("0x08 is not to be written");
  expect(() => chip.write("\x20\x00\x00")).toThrow("3 bytes");
  expect(() => chip.write("\x11\x04")).toThrow("forbidden");
  expect(() => chip.read(0x20, 1)).toThrow("0x20 is not to be read");
  chip.write("\x7F\x00");
  expect(chip.write("\x12\x00")).toBe(false);
});
