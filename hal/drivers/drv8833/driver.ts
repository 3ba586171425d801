import { Adc, OutputPin, Platform, Pwm, Timer } from "../../ports";
import { Bolt, BoltPosition, Direction } from "../../roles";

/** What the H-bridge may do on one supply. */
export interface MotorSupply {
  /** O5: the longest run of the motor in one direction. The lock's own limit should be as long. Mode "clutch": the pulse. */
  withdrawMs: number;
  throwMs: number;
  /** Share of full speed, 1 to 1000; below 1000 only with `pwm`. */
  permille: number;
}

export interface Drv8833Options {
  /** Withdraws at 1. Exchange both pins for a motor that turns the other way round. */
  in1Pin: number;
  in2Pin: number;
  /** nSLEEP, -1 where it is tied to the supply. */
  sleepPin: number;
  /** IN1 and IN2 as PWM outputs in place of the two pins; empty = plain pins. */
  pwm: Pwm[];
  /**
   * "bolt": the motor runs until the lock stops it at the end switch. "clutch": the motor moves a
   * coupling against a spring, and stops by itself when its pulse is over.
   */
  mode: "bolt" | "clutch";
  battery: MotorSupply;
  /** On 5 V from the inlet the motor turns at about 60 % of its speed: it needs longer. */
  usb: MotorSupply;
  /** A movement with all of its retries may last so many runs. The lock: 1 and motorRetries. */
  runs: number;
  /** Voltage over the sense resistor, or null. */
  sense: Adc | null;
  /** More than this is a motor that stands, at the sense pin. 70 to 80 % of what was measured with the bolt held. */
  stallMv: number;
}

export interface Drv8833Events {
  /** The motor stood and was switched off. */
  stalled(direction: Direction): void;
  /** The guard has switched the motor off: the lock drove it for too long. */
  guarded(): void;
}

export interface MotorBolt extends Bolt {
  /** The longest run on the supply there is now, for the lock's own limit (O5). */
  limitMs(direction: Direction): number;
}

const enum Figure {
  WakeMs = 2,        // nSLEEP to first drive: 1 ms at most, and a timer may be short by one
  MarginMs = 500,    // chosen: the guard comes after the lock's own limit, never before
  BackOffMs = 200,   // O5, once a retry
  RestMs = 50,       // chosen: a retry follows at once, a new movement later
  GuardedMs = 10000, // chosen: after the guard has spoken the motor cools down, whatever is wished
  BlankMs = 300,     // the motor's start draws as much as standing
  SampleMs = 10,
  Samples = 10,      // so many in a row
  RecoverMs = 500,   // chosen: the battery's voltage is back
  PwmHertz = 25000,  // above hearing
  Wrap = 1073741824,
}

interface Motor {
  readonly platform: Platform;
  readonly options: Drv8833Options;
  readonly events: Drv8833Events;
  readonly usb: (this: void) => boolean;
  readonly sleep: OutputPin | null;
  /** IN1 and IN2, where they are plain pins. */
  readonly pins: OutputPin[];
  readonly wake: Timer;
  /** One direction for too long; in mode "clutch" the end of the pulse. */
  readonly run: Timer;
  /** One movement with its retries for too long. */
  readonly movement: Timer;
  readonly sample: Timer;
  /** 0 while the motor is off. */
  direction: number;
  /** One direction is driven, not only wished for. */
  driving: boolean;
  offAt: number;
  /** The bridge has been awake for long enough. */
  awake: boolean;
  /** The motor has run since boot. */
  used: boolean;
  /** The movement's guard is set. */
  moving: boolean;
  /** The guard has spoken. */
  refused: boolean;
  samples: number;
}

/**
 * A bolt's motor on a DRV8833, DRV8837 or another bridge with two inputs. Nothing moves before the
 * first `drive` (O8). The guard is this driver's own: two timers that no call can lengthen.
 * @param position where the bolt is by its switches (O6)
 * @param usb is the lock fed from the inlet?
 */
export function newDrv8833(
  platform: Platform, options: Drv8833Options, position: (this: void) => BoltPosition, usb: (this: void) => boolean, events: Drv8833Events,
): MotorBolt {
  const plain = options.pwm.length === 0;
  const m: Motor = {
    platform, options, events, usb,
    // The inputs are low before the bridge may wake.
    pins: plain ? [platform.output(options.in1Pin, 0), platform.output(options.in2Pin, 0)] : [],
    sleep: options.sleepPin < 0 ? null : platform.output(options.sleepPin, 0),
    wake: platform.timer(() => {
      m.awake = true;
      if (m.direction !== 0) energise(m);
    }),
    run: platform.timer(() => { onRunOver(m); }),
    movement: platform.timer(() => {
      m.moving = false;
      guard(m);
    }),
    sample: platform.timer(() => { onSample(m); }),
    direction: 0, driving: false, offAt: 0, awake: options.sleepPin < 0, used: false, moving: false, refused: false, samples: 0,
  };
  rest(m);
  return {
    ready: (on) => { ready(m, on); },
    drive: (direction) => { drive(m, direction); },
    stop: () => { off(m); },
    position: () => position(),
    busy: () => m.direction !== 0 || (m.used && sinceOff(m) < Figure.RecoverMs),
    limitMs: (direction) => limitMs(m, direction),
  };
}

function supply(m: Motor): MotorSupply {
  return m.usb() ? m.options.usb : m.options.battery;
}

function limitMs(m: Motor, direction: number): number {
  return direction === Direction.Withdraw ? supply(m).withdrawMs : supply(m).throwMs;
}

function sinceOff(m: Motor): number {
  return (m.platform.now() - m.offAt + Figure.Wrap) % Figure.Wrap;
}

function ready(m: Motor, on: boolean): void {
  if (m.direction !== 0) return;
  if (!on) off(m);
  else if (!m.awake) wake(m);
}

function wake(m: Motor): void {
  if (m.sleep !== null) m.sleep.write(1);
  m.wake.start(Figure.WakeMs);
}

function drive(m: Motor, direction: Direction): void {
  if (direction !== Direction.Withdraw && direction !== Direction.Throw) return;
  // Driving on in one direction does not lengthen the run.
  if (m.direction === direction) return;
  if (m.refused && sinceOff(m) < Figure.GuardedMs) return;
  const fresh = !m.moving || (m.direction === 0 && sinceOff(m) >= Figure.RestMs);
  m.refused = false;
  rest(m);
  m.used = true;
  m.direction = direction;
  const clutch = m.options.mode === "clutch";
  m.run.start(limitMs(m, direction) + (clutch ? m.awake ? 0 : Figure.WakeMs : Figure.MarginMs));
  if (fresh) {
    m.moving = true;
    m.movement.start(movementMs(m));
  }
  if (m.awake) energise(m);
  else wake(m);
}

/** Longer than every run and back-off that O5 allows. */
function movementMs(m: Motor): number {
  const s = supply(m);
  const run = Math.max(s.withdrawMs, s.throwMs);
  return m.options.runs * (run + Figure.BackOffMs + Figure.MarginMs) + Figure.MarginMs;
}

/** Only ever after `rest`: the other input is low, both high would brake. */
function energise(m: Motor): void {
  const at = m.direction === Direction.Withdraw ? 0 : 1;
  m.driving = true;
  if (m.pins.length > 0) m.pins[at].write(1);
  else m.options.pwm[at].start(Figure.PwmHertz, supply(m).permille);
  m.samples = 0;
  if (m.options.sense !== null) m.sample.start(Figure.BlankMs);
}

/** Both inputs low: the motor coasts. The bridge stays awake. */
function rest(m: Motor): void {
  m.wake.stop();
  m.run.stop();
  m.sample.stop();
  m.driving = false;
  for (let i = 0; i < m.pins.length; i++) m.pins[i].write(0);
  for (let i = 0; i < m.options.pwm.length; i++) m.options.pwm[i].stop();
}

function off(m: Motor): void {
  rest(m);
  if (m.sleep !== null) m.sleep.write(0);
  m.awake = m.sleep === null;
  if (m.direction === 0) return;
  m.direction = 0;
  m.offAt = m.platform.now();
}

/** The end of a pulse is no fault. */
function onRunOver(m: Motor): void {
  if (m.options.mode === "clutch") off(m);
  else guard(m);
}

/** O5, O8: whatever the lock does, the motor is off now. */
function guard(m: Motor): void {
  if (m.direction === 0) return;
  off(m);
  m.refused = true;
  m.events.guarded();
}

function onSample(m: Motor): void {
  const sense = m.options.sense;
  if (sense === null || !m.driving) return;
  m.samples = sense.read() > m.options.stallMv ? m.samples + 1 : 0;
  if (m.samples < Figure.Samples) {
    m.sample.start(Figure.SampleMs);
    return;
  }
  const direction = m.direction;
  off(m);
  m.events.stalled(direction);
}
