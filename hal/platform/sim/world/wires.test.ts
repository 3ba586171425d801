/** I2C, voltages and PWM outputs of the machine. */
import { FakeLock, newFakeLock } from "../../../../test/rig/fake-lock";
import { Entropy } from "./entropy";
import { NorFlash } from "./flash";
import { I2cPart } from "./i2c-bus";
import { Machine } from "./machine";
import { Scheduler } from "./scheduler";
import { Wires } from "./wires";

function start(): { scheduler: Scheduler; machine: Machine; wires: Wires; lock: FakeLock; waves: string[] } {
  const lock = newFakeLock();
  const scheduler = new Scheduler();
  const waves: string[] = [];
  const machine: Machine = new Machine(scheduler, new NorFlash(256, 4), new Entropy("wires"), lock.engine, {
    output: (pin, level) => wires.output(pin, level),
    sent: (port, bytes) => wires.sent(port, bytes),
    pwm: (pin, hertz, permille) => {
      waves.push(`${pin} ${hertz} ${permille}`);
      wires.wave(pin, hertz, permille);
    },
    powered: (on) => wires.power(on),
  });
  const wires = new Wires(scheduler, machine);
  machine.powerOn();
  return { scheduler, machine, wires, lock, waves };
}

const part: I2cPart = { write: () => true, read: () => "ab" };

describe("I2C", () => {
  test("parts are found by bus and address, through all boots", () => {
    const { machine, lock } = start();
    machine.attachI2c(1, 0x20, part);
    machine.powerOff();
    machine.powerOn();
    expect(lock.chip().i2cWrite(1, 0x20, "\0")).toBe(true);
    expect(lock.chip().i2cRead(1, 0x20, 0, 2)).toBe("ab");
    expect(lock.chip().i2cWrite(0, 0x20, "\0")).toBe(false);
    expect(lock.chip().i2cRead(1, 0x21, 0, 2)).toBe("");
  });

  test("one part to an address, and only where parts may be", () => {
    const { machine } = start();
    machine.attachI2c(0, 0x20, part);
    expect(() => machine.attachI2c(0, 0x20, part)).toThrow("address 32 of I2C bus 0 is taken");
    for (const address of [7, 0x78, 20.5]) expect(() => machine.attachI2c(0, address, part)).toThrow("not one for parts");
    expect(() => machine.attachI2c(2, 0x20, part)).toThrow("no I2C bus 2");
  });

  test("transactions that a platform could not make are faults", () => {
    const { machine, lock } = start();
    const chip = lock.chip();
    machine.attachI2c(0, 0x20, part);
    for (const length of [0, 256]) {
      expect(() => chip.i2cWrite(0, 0x20, "x".repeat(length))).toThrow(`1 to 255 bytes, not ${length}`);
      expect(() => chip.i2cRead(0, 0x20, 0, length)).toThrow(`1 to 255 bytes, not ${length}`);
    }
    expect(() => chip.i2cRead(0, 0x20, 256, 2)).toThrow("0 to 255, not 256");
    expect(() => chip.i2cRead(0, 0x20, 0, 3)).toThrow("gave 2 bytes where 3 were read");
  });

  test("a lock without power reaches nobody", () => {
    const { machine, lock } = start();
    machine.attachI2c(0, 0x20, part);
    machine.powerOff();
    expect(lock.chip().i2cWrite(0, 0x20, "\0")).toBe(false);
    expect(lock.chip().i2cRead(0, 0x20, 0, 2)).toBe("");
  });
});

test("a voltage stays within what the converter measures, and stays through a boot", () => {
  const { machine, lock } = start();
  machine.setVoltage(34, 4200);
  machine.setVoltage(35, -3);
  machine.setVoltage(36, 1200.6);
  machine.powerOff();
  machine.powerOn();
  expect([34, 35, 36, 37].map((pin) => lock.chip().readAdc(pin))).toEqual([3300, 0, 1201, 0]);
});

test("the world is told of each change of a PWM output, and the power takes it away", () => {
  const { machine, lock, waves } = start();
  const chip = lock.chip();
  chip.setPwm(27, 0, 0);
  chip.setPwm(27, 440, 500);
  chip.setPwm(27, 440, 500);
  chip.setPwm(27, 440, 0);
  chip.setPwm(33, 20000, 1000);
  machine.powerOff();
  chip.setPwm(27, 440, 500);
  expect(waves).toEqual(["27 440 500", "27 0 0", "33 20000 1000", "33 0 0"]);
});

describe("the wires to the parts", () => {
  test("a supply follows its switch and the lock's own supply; an output that is not driven switches nothing on", () => {
    const { machine, wires, lock } = start();
    const turns: string[] = [];
    for (const [pin, level] of [[12, 1], [13, 0], [-1, 1]]) wires.onSupply(pin, level, (on) => { turns.push(`${pin} ${on}`); });
    machine.powerOff();
    machine.powerOn();
    expect(turns.splice(0)).toEqual(["12 false", "13 false", "-1 false", "-1 true"]);
    for (const pin of [12, 13]) lock.chip().writePin(pin, 1);
    lock.chip().writePin(13, 0);
    expect(turns.splice(0)).toEqual(["12 true", "13 false", "13 true"]);
    lock.chip().writePin(13, 1);
    machine.powerOff();
    expect(turns.splice(0)).toEqual(["13 false", "12 false", "13 false", "-1 false"]);
  });

  test("an end is wired to one part; a pin of -1 is no wire", () => {
    const { wires } = start();
    for (let i = 0; i < 2; i++) wires.onOutput(-1, () => undefined);
    wires.onOutput(12, () => undefined);
    expect(() => wires.onOutput(12, () => undefined)).toThrow("output 12 is wired to two parts");
    wires.onWave(12, () => undefined);
    expect(() => wires.onWave(12, () => undefined)).toThrow("PWM output 12 is wired to two parts");
    wires.uart(1, () => undefined);
    expect(() => wires.uart(1, () => undefined)).toThrow("UART 1 is wired to two parts");
  });

  test("what a part throws stops the world after the image's call", () => {
    const { wires, lock, scheduler } = start();
    const refuse = (what: string): never => { throw new Error(what); };
    wires.onOutput(12, () => refuse("an output"));
    wires.uart(1, () => refuse("a byte"));
    wires.i2c(0, 0x20, { write: () => refuse("a write"), read: () => refuse("a read") });
    wires.voltage(34, () => refuse("a look"));
    const chip = lock.chip();
    chip.writePin(12, 1);
    chip.send(1, "x");
    expect([chip.i2cWrite(0, 0x20, "x"), chip.i2cRead(0, 0x20, 0, 2), chip.readAdc(34)]).toEqual([false, "", 0]);
    for (const what of ["an output", "a byte", "a write", "a read", "a look"]) expect(() => scheduler.run(1)).toThrow(what);
  });
});
