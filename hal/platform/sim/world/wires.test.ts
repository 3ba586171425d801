/** I2C, voltages and PWM outputs of the machine. */
import { fakeBoard, FakeLock, newFakeLock } from "../../../../test/rig/fake-lock";
import { I2cPart, newWorld, World } from ".";

function start(): { world: World; lock: FakeLock; waves: string[] } {
  const lock = newFakeLock();
  const world = newWorld({ board: fakeBoard, engine: lock.engine });
  const waves: string[] = [];
  world.onPwm = (pin, hertz, permille) => { waves.push(`${pin} ${hertz} ${permille}`); };
  world.powerOn();
  return { world, lock, waves };
}

const part: I2cPart = { write: () => true, read: () => "ab" };

describe("I2C", () => {
  test("parts are found by bus and address, through all boots", () => {
    const { world, lock } = start();
    world.machine.attachI2c(1, 0x20, part);
    world.powerOff();
    world.powerOn();
    expect(lock.chip().i2cWrite(1, 0x20, "\0")).toBe(true);
    expect(lock.chip().i2cRead(1, 0x20, 0, 2)).toBe("ab");
    expect(lock.chip().i2cWrite(0, 0x20, "\0")).toBe(false);
    expect(lock.chip().i2cRead(1, 0x21, 0, 2)).toBe("");
  });

  test("one part to an address, and only where parts may be", () => {
    const { machine } = start().world;
    machine.attachI2c(0, 0x20, part);
    expect(() => machine.attachI2c(0, 0x20, part)).toThrow("address 32 of I2C bus 0 is taken");
    for (const address of [7, 0x78, 20.5]) expect(() => machine.attachI2c(0, address, part)).toThrow("not one for parts");
    expect(() => machine.attachI2c(2, 0x20, part)).toThrow("no I2C bus 2");
  });

  test("transactions that a platform could not make are faults", () => {
    const { world, lock } = start();
    const chip = lock.chip();
    world.machine.attachI2c(0, 0x20, part);
    for (const length of [0, 256]) {
      expect(() => chip.i2cWrite(0, 0x20, "x".repeat(length))).toThrow(`1 to 255 bytes, not ${length}`);
      expect(() => chip.i2cRead(0, 0x20, 0, length)).toThrow(`1 to 255 bytes, not ${length}`);
    }
    expect(() => chip.i2cRead(0, 0x20, 256, 2)).toThrow("0 to 255, not 256");
    expect(() => chip.i2cRead(0, 0x20, 0, 3)).toThrow("gave 2 bytes where 3 were read");
  });

  test("a lock without power reaches nobody", () => {
    const { world, lock } = start();
    world.machine.attachI2c(0, 0x20, part);
    world.powerOff();
    expect(lock.chip().i2cWrite(0, 0x20, "\0")).toBe(false);
    expect(lock.chip().i2cRead(0, 0x20, 0, 2)).toBe("");
  });
});

test("a voltage stays within what the converter measures, and stays through a boot", () => {
  const { world, lock } = start();
  world.machine.setVoltage(34, 4200);
  world.machine.setVoltage(35, -3);
  world.machine.setVoltage(36, 1200.6);
  world.powerOff();
  world.powerOn();
  expect([34, 35, 36, 37].map((pin) => lock.chip().readAdc(pin))).toEqual([3300, 0, 1201, 0]);
});

test("the world is told of each change of a PWM output, and the power takes it away", () => {
  const { world, lock, waves } = start();
  const chip = lock.chip();
  chip.setPwm(27, 0, 0);
  chip.setPwm(27, 440, 500);
  chip.setPwm(27, 440, 500);
  chip.setPwm(27, 440, 0);
  chip.setPwm(33, 20000, 1000);
  world.powerOff();
  chip.setPwm(27, 440, 500);
  expect(waves).toEqual(["27 440 500", "27 0 0", "33 20000 1000", "33 0 0"]);
});
