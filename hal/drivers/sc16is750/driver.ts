import { I2c, InputPin, Platform, Pull, Timer, Uart } from "../../ports";
import { I2cAddress, InPin, NotWired } from "../../wires";
import { divisor, Register, Sc16, subAddress, write } from "./registers";

export interface Sc16is750Options {
  /** 72 to 87, by A1 and A0. */
  address: I2cAddress;
  /** IRQ, open drain, low while bytes wait; -1: not wired, the chip is asked by time. */
  irqPin: InPin | NotWired;
  crystalHz: 1843200 | 14745600;
}

/** Times in ms. All but Boot are chosen. */
const enum Pause {
  /** Supply or reset to the first register; the data sheet asks for 3 µs and the crystal's start. */
  Boot = 10,
  /** From a write or an edge of IRQ to the chip: outside the caller's time, and several in one go. */
  Soon = 1,
  /** While bytes move; shorter above 16000 baud, so that at most half a FIFO comes in between. */
  Busy = 20,
  /** A little later: the end of something that was asked for. */
  Watchful = 100,
  /** Without IRQ, when nothing moves. Unasked bytes have the FIFO until then. */
  Idle = 1000,
  /** With IRQ, when nothing moves: only to see whether the chip is still set up. */
  IdleWired = 60000,
  First = 1000,
  Longest = 60000,
}

const enum Figure {
  /** Bytes that wait to be sent, at most. */
  QueueMax = 256,
  /** So long after the last byte the chip is asked every Busy, then every Watchful, then every Idle. */
  BusyForMs = 2000,
  WatchfulForMs = 20000,
  /** So often, at most, it is looked whether the chip is still set up while nothing is sent. */
  CheckMs = 1000,
  /** Calls of IRQ in a row without a byte, after which it is noise or a broken wire. */
  FruitlessMax = 8,
  /** Half a FIFO at 10 bits a byte, by the baud rate, in ms. */
  HalfFifo = 320000,
  Wrap = 1073741824,
}

const enum Stage { Reset, Configure, Running }

interface Bridge {
  readonly platform: Platform;
  readonly i2c: I2c;
  readonly options: Sc16is750Options;
  readonly divisor: number;
  readonly busyMs: number;
  readonly onBytes: (this: void, bytes: string) => void;
  timer: Timer;
  irq: InputPin | null;
  stage: Stage;
  /** To be sent. */
  queue: string;
  /** The chip has got a part of what was written in one go. */
  begun: boolean;
  /** The timer is set to Soon. */
  soon: boolean;
  /** IRQ asks for the next service. */
  called: boolean;
  fruitless: number;
  /** The service before this one took bytes out of the FIFO. */
  received: boolean;
  movedAt: number;
  checkedAt: number;
  /** Starts since the chip was last seen in order some time after one. */
  attempts: number;
  pauseMs: number;
}

/** A UART behind an SC16IS740, 750 or 760 on an I2C bus: 8 bits, no parity, one stop bit. */
export function newSc16is750(
  platform: Platform, i2c: I2c, options: Sc16is750Options, baud: number, onBytes: (this: void, bytes: string) => void,
): Uart {
  const b: Bridge = {
    platform, i2c, options, onBytes, divisor: divisor(options.crystalHz, baud),
    busyMs: Math.max(1, Math.min(Pause.Busy, Math.floor(Figure.HalfFifo / baud))),
    timer: platform.timer(() => { onTimer(b); }), irq: null,
    stage: Stage.Reset, queue: "", begun: false, soon: false, called: false, fruitless: 0, received: false,
    movedAt: platform.now(), checkedAt: platform.now(), attempts: 0, pauseMs: Pause.First,
  };
  if (options.irqPin >= 0) b.irq = platform.input(options.irqPin, Pull.Up, (level) => { if (level === 0) onCall(b); });
  b.timer.start(Pause.Boot);
  return {
    // What does not fit whole is dropped whole: a frame that has begun is not spoilt by the one behind it.
    write: (bytes) => {
      if (b.stage !== Stage.Running && b.attempts > 1) return;
      if (b.queue.length + bytes.length > Figure.QueueMax) return;
      b.queue = b.queue + bytes;
      wake(b, Pause.Soon);
    },
  };
}

function onCall(b: Bridge): void {
  b.called = true;
  wake(b, b.fruitless < Figure.FruitlessMax ? Pause.Soon : b.busyMs);
}

function wake(b: Bridge, ms: number): void {
  if (b.stage !== Stage.Running || b.soon) return;
  b.soon = true;
  b.timer.start(ms);
}

function onTimer(b: Bridge): void {
  b.soon = false;
  if (b.stage === Stage.Running) {
    serve(b);
  } else if (b.stage === Stage.Configure) {
    if (configure(b)) run(b);
    else fail(b);
  } else {
    // Not acknowledged even by a chip in good health: it resets before it could (data sheet, IOControl).
    b.i2c.write(b.options.address, write(Register.IoControl, Sc16.SoftReset));
    b.stage = Stage.Configure;
    b.timer.start(Pause.Boot);
  }
}

// ---- start and faults

/** @returns 0 to 255, -1 when nobody answered */
function byteOf(b: Bridge, register: number): number {
  const bytes = b.i2c.read(b.options.address, subAddress(register), 1);
  return bytes.length === 1 ? bytes.charCodeAt(0) : -1;
}

function set(b: Bridge, register: number, value: number): boolean {
  return b.i2c.write(b.options.address, write(register, value));
}

/**
 * Complete also for a chip that the reset did not reach: whether it did cannot be told. The divisor is
 * read back, because no later check finds it changed, and I2C has no checksum.
 */
function configure(b: Bridge): boolean {
  const low = b.divisor % 256;
  const high = Math.floor(b.divisor / 256);
  return set(b, Register.LineControl, Sc16.DivisorOpen)
    && set(b, Register.DivisorLow, low)
    && set(b, Register.DivisorHigh, high)
    && byteOf(b, Register.DivisorLow) === low
    && byteOf(b, Register.DivisorHigh) === high
    && set(b, Register.LineControl, Sc16.Line8n1)
    && set(b, Register.FifoControl, Sc16.Fifos)
    && set(b, Register.InterruptEnable, Sc16.Interrupts)
    && byteOf(b, Register.InterruptEnable) === Sc16.Interrupts
    && set(b, Register.Scratch, Sc16.Mark)
    && isConfigured(b);
}

/** A reset changes LineControl and leaves Scratch; a loss of supply changes both, or LineControl alone. */
function isConfigured(b: Bridge): boolean {
  return byteOf(b, Register.LineControl) === Sc16.Line8n1 && byteOf(b, Register.Scratch) === Sc16.Mark;
}

function run(b: Bridge): void {
  b.stage = Stage.Running;
  b.received = false;
  b.called = false;
  b.checkedAt = b.platform.now();
  b.movedAt = b.checkedAt;
  if (b.queue !== "") wake(b, Pause.Soon);
  plan(b);
}

/** The first failure is followed by a new start; from the second in a row on, the pauses grow. */
function fail(b: Bridge): void {
  b.stage = Stage.Reset;
  b.attempts = b.attempts + 1;
  // The rest of a frame is of no use. A whole one is, unless the chip is silent.
  if (b.begun || b.attempts > 1) b.queue = "";
  b.begun = false;
  if (b.attempts === 1) {
    b.timer.start(Pause.Boot);
    return;
  }
  b.timer.start(b.pauseMs);
  b.pauseMs = Math.min(b.pauseMs * 2, Pause.Longest);
}

// ---- bytes

/** At most 64 bytes each way: 3 ms on the wire at 400 kHz. */
function serve(b: Bridge): void {
  const bytes = isInOrder(b) && transmit(b) ? receive(b) : null;
  if (bytes === null) {
    fail(b);
    return;
  }
  if (bytes !== "") b.onBytes(bytes);
  plan(b);
}

/** Looked at once in a while, and before each frame: a chip that has lost its supply takes the bytes and sends none. */
function isInOrder(b: Bridge): boolean {
  const due = age(b, b.checkedAt) >= Figure.CheckMs;
  if (!due && (b.queue === "" || b.begun)) return true;
  if (!isConfigured(b)) return false;
  if (!due) return true;
  b.checkedAt = b.platform.now();
  b.attempts = 0;
  b.pauseMs = Pause.First;
  return true;
}

/** @returns false if the chip was not in order */
function transmit(b: Bridge): boolean {
  if (b.queue === "") return true;
  const space = byteOf(b, Register.TransmitSpace);
  if (space < 0 || space > Sc16.FifoSize) return false;
  b.movedAt = b.platform.now();
  if (space === 0) return true;
  b.begun = true;
  const part = b.queue.substring(0, space);
  if (!b.i2c.write(b.options.address, String.fromCharCode(subAddress(Register.Fifo)) + part)) return false;
  b.queue = b.queue.substring(space);
  b.begun = b.queue !== "";
  return true;
}

/** @returns what has come in, null if the chip was not in order */
function receive(b: Bridge): string | null {
  const level = byteOf(b, Register.ReceiveLevel);
  if (level < 0 || level > Sc16.FifoSize) return null;
  const called = b.called;
  b.called = false;
  if (level === 0) {
    if (called) b.fruitless = Math.min(b.fruitless + 1, Figure.FruitlessMax);
    const suspect = called || b.received;
    b.received = false;
    return suspect ? clear(b) : "";
  }
  b.fruitless = 0;
  b.received = true;
  b.movedAt = b.platform.now();
  return take(b, level);
}

function take(b: Bridge, count: number): string | null {
  const bytes = b.i2c.read(b.options.address, subAddress(Register.Fifo), count);
  return bytes.length === count ? bytes : null;
}

/**
 * IRQ is low though the FIFO seems empty. Either the line had an error, or the chip has miscounted: when
 * it is read in the moment in which bytes count as waiting, it may say none while one is there (data
 * sheet, errata 18.1.4; NXP's cure is to read one byte).
 */
function clear(b: Bridge): string | null {
  const source = byteOf(b, Register.InterruptSource);
  if (source < 0) return null;
  if (source % Sc16.SourceCount === Sc16.SourceWaiting) return take(b, 1);
  if (source % Sc16.SourceCount === Sc16.SourceLine && byteOf(b, Register.LineStatus) < 0) return null;
  return "";
}

function age(b: Bridge, time: number): number {
  return (b.platform.now() - time + Figure.Wrap) % Figure.Wrap;
}

/** When the chip is served next, unless it is soon already. */
function plan(b: Bridge): void {
  // An edge made by the service itself may have been missed, so the level counts.
  const low = b.irq !== null && b.irq.read() === 0;
  if (low) b.called = true;
  if (b.soon) return;
  b.timer.start(pause(b, low));
}

function pause(b: Bridge, low: boolean): number {
  if (b.queue !== "") return b.busyMs;
  if (b.irq !== null && !low) return b.attempts > 0 ? Figure.CheckMs : Pause.IdleWired;
  if (b.irq !== null) return b.fruitless < Figure.FruitlessMax ? b.busyMs : Pause.Idle;
  const quietMs = age(b, b.movedAt);
  if (quietMs < Figure.BusyForMs) return b.busyMs;
  return quietMs < Figure.WatchfulForMs ? Pause.Watchful : Pause.Idle;
}
