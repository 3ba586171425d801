import { Platform, Timer } from "../../ports";
import { Key, Keypad } from "../../roles";

/** Chosen: slow enough to read a digit aloud; a dark pause keeps two equal digits apart. */
const enum Pace { NumberLitMs = 700, NumberDarkMs = 300, KeyMs = 500, TwiceMs = 150 }

const enum Show { Steady, Number, Key, Twice }

const enum Figure { NumberSteps = 6, TwiceSteps = 4, LowBit = 16384, AllKeys = 32768 }

interface Flash {
  readonly show: (keys: number) => void;
  readonly timer: Timer;
  /** What `light` asked for. */
  lit: number;
  /** The key that flashes until `light` is called again, -1 if none. */
  key: number;
  what: Show;
  /** Of the flashing under way, from 0; odd ones are lit, of a flashing key even ones. */
  step: number;
  number: number;
}

/**
 * The lights of the keypad, and how they flash. Every light chip is the same here: it shows a set of keys.
 * @param show lights these keys and no others; one bit a key, bit number = Key
 */
export function newKeyLights(platform: Platform, show: (keys: number) => void): Keypad {
  const f: Flash = {
    show: (keys) => { show(keys); }, timer: platform.timer(() => { onTimer(f); }), lit: 0, key: -1, what: Show.Steady, step: 0, number: 0,
  };
  return {
    light: (keys) => {
      f.lit = keys % Figure.AllKeys;
      f.key = -1;
      rest(f);
    },
    flashNumber: (number) => {
      f.number = number;
      begin(f, Show.Number);
    },
    flashKey: (key) => {
      f.key = key <= Key.Low ? key : -1;
      rest(f);
    },
    flashTwice: () => { begin(f, Show.Twice); },
    settle: () => {
      if (f.what === Show.Number || f.what === Show.Twice) rest(f);
    },
  };
}

function begin(f: Flash, what: Show): void {
  f.what = what;
  f.step = 0;
  draw(f);
}

/** Back to what lasts: the lit keys, with one flashing or none. */
function rest(f: Flash): void {
  f.timer.stop();
  if (f.key >= 0) {
    begin(f, Show.Key);
    return;
  }
  f.what = Show.Steady;
  f.show(f.lit);
}

function onTimer(f: Flash): void {
  f.step = f.step + 1;
  if (f.what === Show.Key) f.step = f.step % 2;
  const last = f.what === Show.Number ? Figure.NumberSteps : Figure.TwiceSteps;
  if (f.what !== Show.Key && f.step >= last) rest(f);
  else draw(f);
}

function draw(f: Flash): void {
  const on = f.step % 2 === 1;
  if (f.what === Show.Number) {
    // Chosen: the other keys are dark meanwhile, or a digit that is lit anyway would not be seen; K6: not the low light.
    const low = has(f.lit, Key.Low) ? Figure.LowBit : 0;
    f.show(on ? low + bitOf(digitOf(f.number, Math.floor(f.step / 2))) : low);
    f.timer.start(on ? Pace.NumberLitMs : Pace.NumberDarkMs);
  } else if (f.what === Show.Key) {
    const others = has(f.lit, f.key) ? f.lit - bitOf(f.key) : f.lit;
    // The first step is lit: whoever holds SET sees at once that something happened (P1).
    f.show(on ? others : others + bitOf(f.key));
    f.timer.start(Pace.KeyMs);
  } else {
    f.show(on ? f.lit : 0);
    f.timer.start(Pace.TwiceMs);
  }
}

/** @param at 0 = hundreds */
function digitOf(number: number, at: number): number {
  const place = at === 0 ? 100 : at === 1 ? 10 : 1;
  return Math.floor(number / place) % 10;
}

function bitOf(key: number): number {
  let bit = 1;
  for (let i = 0; i < key; i++) bit = bit * 2;
  return bit;
}

function has(keys: number, key: number): boolean {
  return Math.floor(keys / bitOf(key)) % 2 === 1;
}
