import { newDfPlayer } from "../dfplayer/driver";
import { DfPlayerEmulator, fullCard } from "../dfplayer/emulator";
import { newPart } from "./part";
import { divisor } from "./registers";
import { letters, port, Rig, RigOptions } from "./test/rig";

const variants: [string, RigOptions][] = [["with IRQ", { irq: true }], ["without IRQ", { irq: false }]];

describe("set-up", () => {
  test("reset, divisor, form of the line, FIFOs, interrupts, mark: in this order", () => {
    const rig = new Rig();
    rig.open();
    rig.pass(100);
    expect(rig.chip.setUp).toEqual(["0x0E 0x08", "0x03 0x83", "0x00 0x60", "0x01 0x00", "0x03 0x03", "0x02 0x47", "0x01 0x05", "0x07 0xA6"]);
  });

  test.each([
    [14745600, 9600, 96], [1843200, 9600, 12], [14745600, 57600, 16], [1843200, 57600, 2], [14745600, 115200, 8], [1843200, 115200, 1],
    [14745600, 300, 3072], [14745600, 921600, 1], [1843200, 921600, 1], [1843200, 10000, 12],
  ])("divisor of %d Hz at %d baud", (crystalHz, baud, wanted) => {
    expect(divisor(crystalHz, baud)).toBe(wanted);
  });

  test.each([[14745600, 9600], [1843200, 9600], [14745600, 300], [14745600, 115200]] as const)("%d Hz: the chip runs at %d baud", (crystalHz, baud) => {
    const rig = new Rig({ crystalHz, baud });
    const uart = rig.open();
    uart.write("?");
    rig.chip.receive("!");
    rig.pass(40);
    rig.chip.receive("!");
    rig.pass(200);
    expect([rig.chip.baud, rig.sent, rig.heard()]).toEqual([baud, "?", "!"]);
  });

  test("the platform with the bridge is the platform in everything else", () => {
    const { test: platform } = new Rig();
    const opened: unknown[] = [];
    const inner = {
      ...platform.platform,
      uart: (number: number, baud: number) => { opened.push(number, baud); return { write: (bytes: string) => { opened.push(bytes); } }; },
      memory: () => 77,
    };
    const outer = newPart(inner, { driver: "sc16is750", bus: 0, address: 0x4D, port, irqPin: -1, crystalHz: 14745600 });
    expect(Object.keys(outer).sort()).toEqual(Object.keys(inner).sort());
    outer.uart(2, 57600, () => undefined).write("x");
    expect(opened).toEqual([2, 57600, "x"]);
    expect([outer.memory(), outer.now(), outer.flash]).toEqual([77, inner.now(), inner.flash]);
  });

  test("nothing happens until the UART is opened", () => {
    const rig = new Rig({ irq: true });
    rig.pass(10000);
    expect([rig.transactions, rig.test.timers]).toEqual([0, 0]);
  });
});

describe.each(variants)("bytes %s", (_name, options) => {
  function opened(change?: RigOptions) {
    const rig = new Rig({ ...options, ...change });
    const uart = rig.open();
    rig.pass(100);
    return { rig, uart };
  }

  test("a short frame leaves at once, byte after byte", () => {
    const { rig, uart } = opened();
    uart.write(letters(10));
    rig.pass(2 + 5.2);
    expect(rig.sent.length).toBe(5);
    rig.pass(6);
    expect(rig.sent).toBe(letters(10));
  });

  test("what was written before the chip was ready is sent then", () => {
    const rig = new Rig(options);
    rig.open().write("hello");
    rig.pass(50);
    expect(rig.sent).toBe("hello");
  });

  test("more than the FIFO holds goes in parts, without a gap", () => {
    const { rig, uart } = opened();
    uart.write(letters(200));
    rig.pass(2 + Math.ceil(200 * 10000 / 9600));
    expect(rig.sent).toBe(letters(200));
  });

  test("the queue holds 256 bytes; a write that does not fit is dropped whole, what was first stays whole", () => {
    const { rig, uart } = opened();
    uart.write(letters(250));
    uart.write("too long");
    uart.write("fitted");
    rig.pass(1000);
    expect(rig.sent).toBe(letters(250) + "fitted");
    uart.write(letters(257));
    rig.pass(1000);
    expect(rig.sent).toBe(letters(250) + "fitted");
  });

  test("writes in one go are one transaction", () => {
    const { rig, uart } = opened();
    rig.pass(5000);
    uart.write("a");
    uart.write("b");
    const before = rig.transactions;
    rig.pass(1);
    // Two to see whether it is set up, space, the bytes, level.
    expect(rig.transactions - before).toBe(5);
  });

  test("every byte value, both ways", () => {
    const { rig, uart } = opened();
    const all = Array.from({ length: 256 }, (_, i) => String.fromCharCode(i)).join("");
    for (let at = 0; at < 256; at += 32) {
      uart.write(all.slice(at, at + 32));
      rig.chip.receive(all.slice(at, at + 32));
      rig.pass(60);
    }
    rig.pass(1100);
    expect([rig.sent === all, rig.heard() === all, rig.chip.overruns]).toEqual([true, true, 0]);
  });

  test("a frame that comes in two parts, and two frames in one", () => {
    const { rig, uart } = opened();
    uart.write("?");
    rig.pass(20);
    rig.chip.receive("half");
    rig.pass(40);
    rig.chip.receive("whole");
    rig.pass(40);
    expect(rig.chunks.splice(0).join(" ").replace(/ (?=hole)/, "")).toBe("half whole");
    rig.chip.receive("one");
    rig.chip.receive("two");
    rig.pass(40);
    expect(rig.heard()).toBe("onetwo");
  });

  test("an unasked burst of a whole FIFO after an idle hour", () => {
    const { rig } = opened();
    rig.pass(3600000 - 333);
    rig.chip.receive(letters(64));
    rig.pass(1200);
    expect([rig.heard() === letters(64), rig.chip.overruns]).toEqual([true, 0]);
  });

  test("it answers from within the callback, at once and for ever", () => {
    const rig = new Rig(options);
    let answeredMs = 0;
    const uart = rig.platform.uart(port, 9600, (bytes) => { uart.write(bytes); answeredMs = rig.test.nowMs; });
    const delays: number[] = [];
    rig.onModule = (bytes) => { delays.push(rig.test.nowMs - answeredMs); rig.chip.receive(bytes); };
    rig.pass(100);
    rig.chip.receive("r");
    rig.pass(30);
    // The millisecond until it is served, and the byte's own time.
    expect(delays[0]).toBeLessThan(4);
    uart.write("round");
    const before = rig.wakeUps;
    rig.pass(10000);
    expect(rig.wakeUps - before).toBeGreaterThan(300);
    expect(rig.wakeUps - before).toBeLessThan(5000);
  });

  test.each([9600, 57600, 115200])("a storm at %d baud: bounded work, and the bridge is there afterwards", (baud) => {
    const { rig, uart } = opened({ baud });
    rig.wakeUps = 0;
    rig.chip.receive(letters(baud));
    for (let i = 0; i < 10; i++) {
      rig.pass(1000);
      uart.write("x");
    }
    expect(rig.chip.longestRead).toBeLessThanOrEqual(64);
    expect(rig.mostBytes).toBeLessThan(140);
    expect(rig.wakeUps).toBeLessThan(10000 * Math.max(1 / 20, baud / 320000) * 2);
    expect(rig.chip.overruns).toBe(0);
    rig.pass(60000);
    rig.heard();
    rig.sent = "";
    uart.write("still");
    rig.chip.receive("here");
    rig.pass(1200);
    expect([rig.sent, rig.heard()]).toEqual(["still", "here"]);
  });

  test("timers are made once", () => {
    const { rig, uart } = opened();
    const { timers } = rig.test;
    uart.write(letters(99));
    rig.chip.reset();
    rig.pass(100000);
    expect([timers, rig.test.timers]).toEqual([1, 1]);
  });
});

describe("wake-ups", () => {
  test("an idle hour: once a second without IRQ, once a minute with it", () => {
    for (const [options, most] of [[{ irq: false }, 3600], [{ irq: true }, 60]] as const) {
      const rig = new Rig(options);
      rig.open();
      rig.pass(60000);
      rig.wakeUps = 0;
      rig.pass(3600000);
      expect(rig.wakeUps).toBe(most);
    }
  });

  test("without IRQ it looks every 20 ms for 2 s after a byte, then every 100 ms for 20 s, then every second", () => {
    const rig = new Rig();
    const uart = rig.open();
    rig.pass(60000);
    uart.write("x");
    rig.pass(50);
    const counts = [1000, 3000, 10000, 10000, 10000].map((ms) => {
      rig.wakeUps = 0;
      rig.pass(ms);
      return rig.wakeUps;
    });
    expect(counts[0]).toBe(50);
    expect(counts[2]).toBe(100);
    expect(counts[4]).toBe(10);
  });

  test("with IRQ a frame is one wake-up, and comes as one chunk", () => {
    const rig = new Rig({ irq: true });
    rig.open();
    rig.pass(60500);
    rig.wakeUps = 0;
    rig.chip.receive("0123456789");
    rig.pass(20);
    expect([rig.chunks, rig.wakeUps]).toEqual([["0123456789"], 1]);
  });
});

describe.each(variants)("a DFPlayer behind it, %s", (_name, options) => {
  function newSpeech(crystalHz: 1843200 | 14745600) {
    const rig = new Rig({ ...options, crystalHz });
    const said: string[] = [];
    const module = new DfPlayerEmulator(rig.test.scheduler, { send: (bytes) => rig.chip.receive(bytes) }, fullCard(1));
    rig.onModule = (bytes) => module.receive(bytes);
    module.power(true);
    const speech = newDfPlayer(rig.platform, { uart: port, busyPin: -1 }, {
      done: () => { said.push("done"); },
      silent: (silent: boolean) => { said.push(`silent ${silent}`); },
    });
    return { rig, module, speech, pass: (ms: number) => { rig.pass(ms); return said.splice(0); } };
  }

  test.each([14745600, 1843200] as const)("a prompt with a number, crystal of %d Hz", (crystalHz) => {
    const { rig, module, speech, pass } = newSpeech(crystalHz);
    expect(pass(60000)).toEqual([]);
    speech.say(7, 122);
    expect(pass(900)).toEqual([]);
    expect(pass(4000)).toEqual(["done"]);
    expect(module.played.map((one) => one.file)).toEqual([7, 201, 202, 202]);
    expect([rig.chip.overruns, module.badFrames]).toEqual([0, 0]);
  });

  test("the card is taken out and put back in an idle hour, and the module restarts: it speaks", () => {
    const { module, speech, pass } = newSpeech(14745600);
    pass(3600000);
    module.load(null);
    expect(pass(20000)).toEqual(["silent true"]);
    module.load(fullCard(1));
    expect(pass(8000)).toEqual(["silent false"]);
    pass(60000);
    module.restart();
    pass(4000);
    speech.say(9, -1);
    expect(pass(3000)).toEqual(["done"]);
  });

  test("the bridge dies in a prompt and comes back", () => {
    const { rig, module, speech, pass } = newSpeech(14745600);
    pass(10000);
    speech.say(7, -1);
    pass(300);
    rig.chip.power(false);
    speech.say(8, -1);
    expect(pass(60000)).toEqual(["done", "silent true"]);
    rig.chip.power(true);
    expect(pass(130000)).toEqual(["silent false"]);
    speech.say(9, -1);
    expect(pass(3000)).toEqual(["done"]);
    expect(module.played.at(-1)).toMatchObject({ file: 9 });
  });
});
