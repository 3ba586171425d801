import { Adc, OutputPin, Platform, Pull, Timer } from "../../ports";
import { Battery, BatteryEvents } from "../../roles";
import { InPin, Level, NotWired, OutPin } from "../../wires";
import { chargeOf } from "./curves";

export interface DividerOptions {
  /** The divider: battery to pin. @minimum 1000 @maximum 2000000 */
  upperOhms: number;
  /** Pin to ground. @minimum 1000 @maximum 2000000 */
  lowerOhms: number;
  /** Of this board, trimmed once against a meter: parts per million. @asType integer @minimum -50000 @maximum 50000 */
  gainPpm: number;
  /** The same, millivolts of the pack. @asType integer @minimum -1000 @maximum 1000 */
  offsetMv: number;
  /** Switches the divider on, -1 where it always is. @atReset not enableLevel */
  enablePin: OutPin | NotWired;
  enableLevel: Level;
  /** Time for the divider and its capacitor, ms. @asType integer @minimum 1 @maximum 1000 */
  settleMs: number;
  /** Power on the front inlet, -1 where there is none to see. */
  usbPin: InPin | NotWired;
  usbLevel: Level;
}

export interface PackBattery extends Battery {
  /** The pack as filtered, mV; -1 before the first measurement. */
  millivolts(): number;
}

const enum Figure {
  Readings = 9,     // the median bears four wild ones
  ReadingMs = 2,    // chosen: apart, so that a burst of the radio spoils few
  LoadMs = 200,     // chosen: how often a motor that runs is asked about
  ClearMv = 40,     // chosen: a step like this is no noise, and is taken whole
  Share = 4,        // of a smaller step a quarter is taken
  Fine = 16,        // the filter counts in sixteenths of a millivolt
  UsbMs = 50,       // chosen: a plug bounces
  RatioUnit = 4096,
  PackMaxMv = 30000,
}

const enum Phase { Idle, Waiting, Settling, Reading }

interface Pack {
  readonly options: DividerOptions;
  readonly curve: (this: void) => readonly number[];
  readonly events: BatteryEvents;
  readonly adc: Adc;
  readonly busy: (this: void) => boolean;
  readonly timer: Timer;
  readonly enable: OutputPin | null;
  /** Pack over pin: whole part, and the rest in 4096ths. */
  readonly ratio: number;
  readonly ratioRest: number;
  phase: Phase;
  /** In rising order. */
  readonly readings: number[];
  /** Sixteenths of a millivolt, -1 before the first measurement. */
  filtered: number;
}

/**
 * Battery by its voltage (B1), and the inlet. Measures by itself after the start and tells the inlet
 * first if it has power, so that an empty battery is not taken for the only supply (B4).
 * @param curve one of curves.ts
 * @param busy does the motor, or another heavy load, run? Nothing is measured meanwhile
 */
export function newBattery(
  platform: Platform, adc: Adc, options: DividerOptions, curve: (this: void) => readonly number[], busy: (this: void) => boolean, events: BatteryEvents,
): PackBattery {
  const ratio = (options.upperOhms + options.lowerOhms) / options.lowerOhms * (1000000 + options.gainPpm) / 1000000;
  const p: Pack = {
    options, curve, events, adc, busy,
    timer: platform.timer(() => { onTimer(p); }),
    enable: options.enablePin < 0 ? null : platform.output(options.enablePin, 1 - options.enableLevel),
    ratio: Math.floor(ratio), ratioRest: Math.floor((ratio - Math.floor(ratio)) * Figure.RatioUnit),
    phase: Phase.Idle, readings: [], filtered: -1,
  };
  watchInlet(platform, options, events);
  measure(p);
  return {
    measure: () => { measure(p); },
    millivolts: () => p.filtered < 0 ? -1 : Math.floor(p.filtered / Figure.Fine),
  };
}

function watchInlet(platform: Platform, options: DividerOptions, events: BatteryEvents): void {
  if (options.usbPin < 0) return;
  let on = false;
  const timer: Timer = platform.timer(() => {
    const now = inlet.read() === options.usbLevel;
    if (now === on) return;
    on = now;
    events.usb(on);
  });
  const inlet = platform.input(options.usbPin, options.usbLevel === 1 ? Pull.Down : Pull.Up, () => { timer.start(Figure.UsbMs); });
  // The first look comes before the first measurement; from within this call nothing is told.
  timer.start(1);
}

/** A question while one is being answered has the same answer. */
function measure(p: Pack): void {
  if (p.phase !== Phase.Idle) return;
  p.phase = Phase.Waiting;
  p.timer.start(Figure.ReadingMs);
}

function onTimer(p: Pack): void {
  if (p.busy()) {
    // What was read is worth nothing: the voltage sags before anybody says so.
    p.phase = Phase.Waiting;
    gate(p, false);
    p.timer.start(Figure.LoadMs);
  } else if (p.phase === Phase.Waiting) {
    p.readings.splice(0, p.readings.length);
    p.phase = Phase.Settling;
    gate(p, true);
    p.timer.start(p.options.settleMs);
  } else {
    p.phase = Phase.Reading;
    insert(p.readings, Math.floor(p.adc.read()));
    if (p.readings.length < Figure.Readings) p.timer.start(Figure.ReadingMs);
    else conclude(p);
  }
}

function gate(p: Pack, on: boolean): void {
  if (p.enable !== null) p.enable.write(on ? p.options.enableLevel : 1 - p.options.enableLevel);
}

function insert(sorted: number[], value: number): void {
  let at = sorted.length;
  sorted.push(value);
  while (at > 0 && sorted[at - 1] > value) {
    sorted[at] = sorted[at - 1];
    at--;
  }
  sorted[at] = value;
}

function conclude(p: Pack): void {
  gate(p, false);
  p.phase = Phase.Idle;
  const fine = packMv(p, p.readings[Math.floor(Figure.Readings / 2)]) * Figure.Fine;
  p.filtered = filter(p.filtered, fine);
  p.events.measured(chargeOf(p.curve(), Math.floor(p.filtered / Figure.Fine)));
}

/** At the pin to the pack. @param pinMv 0 to 3300 */
function packMv(p: Pack, pinMv: number): number {
  const mv = pinMv * p.ratio + Math.floor(pinMv * p.ratioRest / Figure.RatioUnit) + p.options.offsetMv;
  return Math.max(0, Math.min(mv, Figure.PackMaxMv));
}

/** B1: noise moves the value slowly, a clear change moves it at once, even if it is measured once an hour. */
function filter(before: number, now: number): number {
  const step = now - before;
  if (before < 0 || step >= Figure.ClearMv * Figure.Fine || -step >= Figure.ClearMv * Figure.Fine) return now;
  return before + Math.floor(step / Figure.Share);
}
