import { I2c } from "../../ports";
import { CalendarClock, PartEvents } from "../../roles";
import { ADDRESS, minutesOf, Register, secondsOf, Size, STOPPED, timeBytes } from "./registers";

/** Square wave off, alarms off, oscillator on the coin cell; 32 kHz output off. */
const CONTROL = 0x04;
const STATUS = 0x00;
/** Midnight in the 12-hour mode. */
const HOURS_UNSET = 0x52;
const TRIES = 3;
/** Just before 2051. */
const MINUTES_END = 16305120;

interface Clock {
  readonly i2c: I2c;
  readonly events: PartEvents;
  silent: boolean;
  seconds: number;
}

/** It keeps nothing of the chip's state, so every call starts anew: there is nothing to re-initialise. */
export function newDs3231(i2c: I2c, events: PartEvents): CalendarClock {
  const c: Clock = { i2c, events, silent: false, seconds: 0 };
  return {
    read: () => read(c),
    seconds: () => c.seconds,
    set: (minutes, seconds) => {
      if (minutes < 0 || minutes >= MINUTES_END || seconds < 0 || seconds > 59) return;
      tell(c, !set(c, Math.floor(minutes), Math.floor(seconds)));
    },
  };
}

/** The bus has no checksum: two readings must agree. */
function read(c: Clock): number {
  c.seconds = 0;
  const first = c.i2c.read(ADDRESS, Register.Seconds, Size.Block);
  const second = first.length === Size.Block ? c.i2c.read(ADDRESS, Register.Seconds, Size.Block) : "";
  tell(c, second.length !== Size.Block);
  if (c.silent || stopped(first) || stopped(second)) return -1;
  const before = minutesOf(first);
  if (before < 0 || !isWithinASecond(before, secondsOf(first), second)) return -1;
  c.seconds = secondsOf(second);
  return minutesOf(second);
}

function stopped(block: string): boolean {
  return (block.charCodeAt(Register.Status) & STOPPED) !== 0;
}

/** As long as the hours say "12-hour mode", which this driver never sets, the clock is not set: they come last. */
function set(c: Clock, minutes: number, seconds: number): boolean {
  const bytes = timeBytes(minutes, seconds);
  for (let tries = 0; tries < TRIES; tries++) {
    const written = write(c, Register.Hours, String.fromCharCode(HOURS_UNSET))
      && write(c, Register.Weekday, bytes.substring(Register.Weekday))
      && write(c, Register.Seconds, bytes.substring(0, Register.Weekday));
    const there = written ? c.i2c.read(ADDRESS, Register.Seconds, Size.Time) : "";
    if (there.length !== Size.Time) return false;
    if (isWithinASecond(minutes, seconds, there)) {
      // The flag goes last, when all the rest is right.
      return write(c, Register.Control, String.fromCharCode(CONTROL)) && write(c, Register.Status, String.fromCharCode(STATUS));
    }
  }
  write(c, Register.Hours, String.fromCharCode(HOURS_UNSET));
  return false;
}

function isWithinASecond(minutes: number, seconds: number, later: string): boolean {
  const there = minutesOf(later);
  if (there < 0) return false;
  const passed = (there - minutes) * 60 + secondsOf(later) - seconds;
  return passed === 0 || passed === 1;
}

function write(c: Clock, register: Register, bytes: string): boolean {
  return c.i2c.write(ADDRESS, String.fromCharCode(register) + bytes);
}

function tell(c: Clock, silent: boolean): void {
  if (silent === c.silent) return;
  c.silent = silent;
  c.events.silent(silent);
}
