import { Scheduler } from "../../platform/sim/world/scheduler";
import { newRandom } from "../test/platform";
import { Sc16is750Emulator } from "./emulator";
import { isAlive, letters, Rig, RigOptions } from "./test/rig";

const variants: [string, RigOptions][] = [["with IRQ", { irq: true }], ["without IRQ", { irq: false }]];

describe.each(variants)("faults %s", (_name, options) => {
  function opened(change?: (chip: Sc16is750Emulator) => void) {
    const rig = new Rig({ ...options, change });
    const uart = rig.open();
    rig.pass(100);
    return { rig, uart };
  }

  test("no chip: tried after 1, 2, 4 … 60 s, bytes are dropped, and it works when it comes", () => {
    const { rig, uart } = opened((chip) => { chip.silent = true; });
    rig.wakeUps = 0;
    for (let i = 0; i < 3600; i++) {
      uart.write("dropped");
      rig.pass(1000);
    }
    // Each try is a reset and a set-up.
    expect(rig.wakeUps).toBeLessThan(2 * 70);
    rig.chip.silent = false;
    rig.pass(61000);
    expect(rig.sent).toBe("");
    expect(isAlive(rig, uart)).toBe(true);
  });

  test("silent for a while in the middle of bytes", () => {
    const { rig, uart } = opened();
    uart.write(letters(200));
    rig.pass(50);
    rig.chip.silent = true;
    rig.pass(100);
    uart.write("dropped");
    rig.pass(5000);
    rig.chip.silent = false;
    rig.pass(10000);
    expect(letters(200).startsWith(rig.sent)).toBe(true);
    expect(isAlive(rig, uart)).toBe(true);
  });

  test("a failure in the middle of a frame: its rest is not sent behind a gap", () => {
    const { rig, uart } = opened();
    uart.write(letters(200));
    rig.pass(50);
    rig.chip.refusals = 1;
    rig.pass(1000);
    expect(rig.sent.length).toBeGreaterThan(40);
    expect(letters(200).startsWith(rig.sent)).toBe(true);
    expect(rig.sent.length).toBeLessThan(200);
    expect(isAlive(rig, uart)).toBe(true);
  });

  test("a chip that can be set up but not used is tried ever more rarely", () => {
    const { rig, uart } = opened();
    const { read } = rig.chip;
    rig.chip.read = (register, length) => register === 0x40 ? "\xff" : read.call(rig.chip, register, length);
    rig.transactions = 0;
    for (let i = 0; i < 600; i++) {
      uart.write("x");
      rig.pass(100);
    }
    // Asking for bytes and for the configuration makes up to 50 a second.
    expect(rig.transactions).toBeLessThan(60 * 60);
    rig.chip.read = read;
    rig.pass(61000);
    expect(isAlive(rig, uart)).toBe(true);
  });

  test("a chip that keeps its registers over a restart of the lock, and whether or not it knows the reset", () => {
    for (const resettable of [true, false]) {
      const rig = new Rig({ ...options, change: (chip) => { chip.resettable = resettable; } });
      rig.pass(10);
      for (const bytes of ["\x18\x83", "\x00\x60", "\x08\x00", "\x18\x03", "\x10\x47", "\x08\x05", "\x00not sent to its end"]) rig.chip.write(bytes);
      rig.chip.receive("old");
      rig.pass(15);
      rig.chip.write("\x18\x83");
      rig.sent = "";
      const uart = rig.open();
      rig.pass(100);
      expect([rig.sent.length < 12, rig.heard()]).toEqual([true, ""]);
      expect(isAlive(rig, uart)).toBe(true);
    }
  });

  test("failures that are seconds apart are each made good at once", () => {
    const { rig, uart } = opened();
    for (let i = 0; i < 5; i++) {
      rig.chip.refusals = 1;
      uart.write("x");
      rig.pass(100);
      expect(isAlive(rig, uart)).toBe(true);
      rig.pass(3000);
    }
  });

  test("a divisor that arrived wrong is noticed", () => {
    for (const register of ["\x00", "\x08"]) {
      let left = 1;
      const { rig, uart } = opened((chip) => {
        const { write } = chip;
        chip.write = (bytes) => write.call(chip, bytes[0] === register && left-- > 0 ? register + "\x05" : bytes);
      });
      expect(rig.chip.baud).toBe(9600);
      expect(isAlive(rig, uart)).toBe(true);
    }
  });

  test("after a recovery the pauses begin with 1 s again", () => {
    const { rig, uart } = opened();
    for (let round = 0; round < 3; round++) {
      rig.chip.silent = true;
      rig.pass(90000);
      rig.chip.silent = false;
      rig.pass(70000);
      expect(isAlive(rig, uart)).toBe(true);
      rig.pass(2000);
    }
    rig.chip.silent = true;
    uart.write("x");
    rig.pass(500);
    rig.chip.silent = false;
    rig.pass(1100);
    expect(isAlive(rig, uart)).toBe(true);
  });

  test.each(["reset", "power"] as const)("%s lost between two frames: the next frame arrives whole", (kind) => {
    const { rig, uart } = opened();
    rig.pass(5000);
    if (kind === "reset") rig.chip.reset();
    else rig.chip.power(false);
    rig.chip.power(true);
    rig.pass(kind === "reset" ? 0 : 6);
    uart.write("frame");
    rig.pass(100);
    expect(rig.sent).toBe("frame");
    expect(isAlive(rig, uart)).toBe(true);
  });

  test("a reset that keeps the divisor and the mark is noticed by the line", () => {
    const { rig, uart } = opened();
    rig.pass(5000);
    rig.chip.reset();
    uart.write("frame");
    rig.pass(100);
    expect(rig.sent).toBe("frame");
    rig.chip.reset();
    rig.pass(61000);
    rig.chip.receive("unasked");
    rig.pass(1100);
    expect(rig.heard()).toBe("unasked");
  });

  test("a power cut at any moment of anything", () => {
    for (let ms = 0; ms < 120; ms += 3) {
      const rig = new Rig(options);
      const uart = rig.open();
      uart.write(letters(100));
      rig.chip.receive(letters(50));
      rig.pass(ms);
      rig.chip.power(false);
      rig.pass(ms % 7);
      rig.chip.power(true);
      rig.pass(70000);
      expect(isAlive(rig, uart)).toBe(true);
    }
  });

  test("a refused transaction, whichever, is made good within a second", () => {
    for (let skip = 0; skip < 40; skip++) {
      const rig = new Rig(options);
      const uart = rig.open();
      const { write, read } = rig.chip;
      let left = skip;
      const once = (): boolean => left-- === 0;
      rig.chip.write = (bytes) => !once() && write.call(rig.chip, bytes);
      rig.chip.read = (register, length) => once() ? "" : read.call(rig.chip, register, length);
      for (let i = 0; i < 5; i++) {
        uart.write("x");
        rig.chip.receive("y");
        rig.pass(200);
      }
      rig.pass(2000);
      expect(isAlive(rig, uart)).toBe(true);
    }
  });

  test("a bit turned over on the bus, whichever and whenever", () => {
    for (let bit = 0; bit < 8; bit++) {
      for (let ms = 0; ms < 60; ms += 7) {
        const rig = new Rig(options);
        const uart = rig.open();
        rig.pass(ms);
        rig.chip.flipBit = bit;
        if (ms % 2 === 0) uart.write("x");
        rig.pass(5000);
        expect(rig.chunks.every((chunk) => chunk.length <= 64)).toBe(true);
        expect(isAlive(rig, uart)).toBe(true);
      }
    }
  });

  test("another part at the address, or a bus that reads as ones or zeros, is not taken for the chip", () => {
    for (const answer of ["\x00", "\xff"]) {
      const { rig, uart } = opened((chip) => {
        chip.write = () => true;
        chip.read = (_register, length) => answer.repeat(length);
      });
      uart.write("x");
      rig.wakeUps = 0;
      rig.pass(600000);
      expect(rig.heard()).toBe("");
      expect(rig.wakeUps).toBeLessThan(40);
    }
  });

  test("an overrun is got over", () => {
    const { rig, uart } = opened();
    rig.chip.silent = true;
    rig.pass(61000);
    rig.chip.silent = false;
    rig.chip.receive(letters(1000));
    rig.pass(70000);
    const lost = rig.chip.overruns;
    rig.wakeUps = 0;
    expect(isAlive(rig, uart)).toBe(true);
    expect(rig.chip.overruns).toBe(lost);
  });

  test("random faults for a long time: never an exception, and it works afterwards", () => {
    for (let seed = 1; seed <= 20; seed++) {
      const random = newRandom(seed);
      const { rig, uart } = opened();
      for (let i = 0; i < 100; i++) {
        const kind = random(9);
        if (kind < 3) uart.write(letters(random(80)));
        else if (kind < 5) rig.chip.receive(letters(random(150)));
        else if (kind === 5) rig.chip.refusals = random(3);
        else if (kind === 6) rig.chip.reset();
        else if (kind === 7) rig.chip.silent = random(2) === 0;
        else rig.chip.power(random(3) > 0);
        rig.pass(random(random(4) === 0 ? 5000 : 50));
      }
      rig.chip.power(true);
      rig.chip.silent = false;
      rig.chip.refusals = 0;
      rig.pass(130000);
      expect(isAlive(rig, uart)).toBe(true);
    }
  });
});

test("the emulator is strict", () => {
  const scheduler = new Scheduler();
  const chip = new Sc16is750Emulator(scheduler, { send: () => undefined });
  const set = (register: number, value: number) => chip.write(String.fromCharCode(register * 8, value));
  expect(set(3, 3)).toBe(false);
  scheduler.run(10);
  expect(set(0x0E, 8)).toBe(false);
  expect(() => set(4, 0)).toThrow("0x00 is not to be written to register 0x04");
  expect(() => set(1, 2)).toThrow("0x02 is not to be written to register 0x01");
  expect(() => set(3, 0x1B)).toThrow("0x1B is not to be written to register 0x03");
  expect(() => chip.write("\x02\x00")).toThrow("no sub-address");
  expect(() => chip.write("\x18\x03\x03")).toThrow("2 bytes to register 0x03");
  expect(() => chip.read(0x50, 1)).toThrow("0x0A is not to be read");
  expect(() => chip.read(0x48, 2)).toThrow("2 bytes from register 0x09");
  set(3, 0x83);
  expect(() => set(2, 7)).toThrow("while the divisor is open");
  expect(() => chip.read(0x48, 1)).toThrow("while the divisor is open");
  set(0, 96);
  set(1, 0);
  set(3, 3);
  expect(() => set(0, 65)).toThrow("before the line is set up");
  set(2, 7);
  expect(() => chip.read(0, 1)).toThrow("1 bytes are read where 0 have come in");
  expect(() => chip.write("\x00" + letters(65))).toThrow("too many");
});
