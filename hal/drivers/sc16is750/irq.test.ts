import { irqPin, isAlive, letters, Rig } from "./test/rig";

test("a byte that the chip told as none is read all the same (errata 18.1.4)", () => {
  const rig = new Rig({ irq: true });
  const uart = rig.open();
  rig.pass(5000);
  rig.chip.miscounts = 1;
  rig.chip.receive("A");
  rig.pass(50);
  expect(rig.heard()).toBe("A");
  rig.wakeUps = 0;
  rig.pass(5000);
  expect(rig.wakeUps).toBeLessThan(2);
  expect(isAlive(rig, uart)).toBe(true);
});

test("the same without IRQ, behind bytes that were read", () => {
  const rig = new Rig();
  const uart = rig.open();
  uart.write("?");
  rig.pass(110);
  rig.chip.receive("AB");
  for (let ms = 0; ms < 30 && rig.chunks.length === 0; ms++) rig.pass(1);
  rig.chip.miscounts = 1;
  rig.chip.receive("C");
  rig.pass(50);
  expect(rig.heard()).toBe("ABC");
});

test("a missed edge, and an overrun for it: what is there is read, and IRQ goes again", () => {
  const rig = new Rig({ irq: true });
  const uart = rig.open();
  rig.pass(2000);
  const { setInput } = rig.test;
  rig.test.setInput = () => undefined;
  rig.chip.receive(letters(100));
  rig.pass(200);
  rig.test.setInput = setInput;
  rig.test.setInput(irqPin, 0);
  rig.pass(200);
  expect([rig.heard() === letters(64), rig.chip.overruns]).toEqual([true, 36]);
  rig.wakeUps = 0;
  rig.pass(10000);
  expect(rig.wakeUps).toBeLessThan(2);
  expect(isAlive(rig, uart)).toBe(true);
});

test("an edge that nobody tells is made good within a minute", () => {
  const rig = new Rig({ irq: true });
  const uart = rig.open();
  rig.pass(2000);
  const { setInput } = rig.test;
  rig.test.setInput = () => undefined;
  rig.chip.receive("lost?");
  rig.pass(60000);
  rig.test.setInput = setInput;
  rig.pass(1000);
  expect(rig.heard()).toBe("lost?");
  expect(isAlive(rig, uart)).toBe(true);
});

test("tied to ground it is asked once a second, and bytes go on", () => {
  const rig = new Rig({ irq: true });
  const uart = rig.open();
  rig.pass(1000);
  rig.chip.short(true);
  rig.pass(1000);
  rig.wakeUps = 0;
  rig.pass(60000);
  expect(rig.wakeUps).toBeLessThan(65);
  expect(isAlive(rig, uart)).toBe(true);
  rig.chip.short(false);
  rig.pass(2000);
  expect(isAlive(rig, uart)).toBe(true);
});

test("noise on it, as of a loose wire: it costs little, and bytes go on", () => {
  const rig = new Rig({ irq: true });
  const uart = rig.open();
  rig.pass(1000);
  rig.wakeUps = 0;
  for (let i = 0; i < 10000; i++) {
    rig.test.setInput(irqPin, i % 2);
    rig.pass(1);
    if (i === 5000) uart.write("sent");
    if (i === 7000) rig.chip.receive("heard");
  }
  expect([rig.sent, rig.heard()]).toEqual(["sent", "heard"]);
  expect(rig.wakeUps).toBeLessThan(10000 / 20 + 20);
  expect(isAlive(rig, uart)).toBe(true);
});
