import { BoltPosition } from "../../hal/roles";
import { Limit, BoardLimits } from "../limits";
import { Setting, Told, Power } from "./events";

/** What the keypad is about; one function each in phases.ts. */
export const enum Phase {
  Asleep,
  /** S1: `ok` begins the choice of the door direction. */
  Installing,
  /** S1 and M1 `4`. */
  ChoosingDirection,
  /** S2. */
  Initial,
  /** K8: awake, idle or entering a code. */
  Awake,
  /** O1: `ok` lights by itself. */
  Offering,
  /** M3: an administrator is to verify. */
  Verifying,
  /** M1. */
  MainMenu,
  /** M2. */
  Credentials,
  /** M5. */
  Deleting,
  /** M7. */
  Speaking,
  /** C2 to C4. */
  Enrolling,
  /** C6. */
  NewPasscode,
  /** P1. */
  Pairing,
  /** R1. */
  ConfirmingReset,
  Count,
}

/** What the motor is doing. The values of Withdrawing and Throwing are those of Direction. */
export const enum MotorPhase { Resting, Withdrawing, Throwing, BackingOff }

/** Where a new code or an enrolment was asked for. */
/** O1: the door was opened from inside, and perhaps closed since: then `ok` is to be offered as soon as the motor rests. */
export const enum FromInside { No, Opened, Closed }

/** What the voice says: an item of the system information is said again where another prompt cut it off (M7). */
export const enum Speaking { Nothing, Prompt, Item }

export const enum Origin { Keypad, Command }

/**
 * The whole state of the lock: integers, strings and short arrays, so that it can be copied,
 * compared and explored. It never holds a digit of a code (C9).
 */
export interface Lock {
  // ---- sensed
  /** Seconds since boot. */
  nowS: number;
  /** Minutes since 2020-01-01 UTC, -1 while the clock is not set. */
  date: number;
  doorOpen: number;
  tamperOpen: number;
  /** BoltPosition. */
  bolt: number;
  handle: number;
  /** Percent, -1 before the first measurement. */
  battery: number;
  usb: number;
  setHeld: number;

  // ---- kept in flash
  settings: number[];
  /** users/table.ts. */
  users: string;
  templates: string;
  temps: string;
  /** nowS of the failures that count, oldest first. */
  failures: number[];
  /** nowS of the failures of a day, oldest first (L6). */
  quiet: number[];
  /** Lockouts without a success between (L6). */
  stage: number;
  /** Seconds the lockout in force takes, 0 when there is none. */
  lockedOutS: number;
  /** Windows left, may be below 0; nowS up to which the refill is counted. */
  budget: number;
  budgetAtS: number;
  armed: number;
  /** O8: a throw is under way. */
  throwing: number;
  low: number;

  /** A3: flash has failed and something of the store is lost. Nobody becomes the first administrator then (S2). */
  storeFault: number;

  // ---- derived from the users, renewed when they change
  /** S2: no administrator has a credential. */
  initial: number;

  // ---- bolt
  motor: MotorPhase;
  /** Direction of the run that a back-off belongs to. */
  run: number;
  tries: number;
  /** Direction wished next (U8). */
  want: number;
  /** Method that asked for the throw under way, or for the next one. */
  lockBy: number;
  jammed: number;
  told: Told;
  /** The bolt left its end without the motor. */
  byHand: number;
  /** A grant within openedFromInside. */
  granted: number;
  fromInside: FromInside;

  // ---- alarms and power
  /** Parts that do not answer, and modules that are not ours: bits of Part (A3, A4). */
  silent: number;
  swapped: number;
  /** Modules that are being paired anew, bits of Part. */
  renewed: number;
  tamperAlarm: number;
  awayAlarm: number;
  doorAlarm: number;
  power: Power;
  critical: number;

  // ---- keypad
  phase: Phase;
  /** Keys lit. */
  lit: number;
  /** Digits of the entry, not which. */
  digits: number;
  /** The digits of a user number being typed (M5). */
  number: number;
  /** Key + 1 that woke the keypad and is not released yet. */
  waking: number;
  /** The release of `0` belongs to a hold (Q1). */
  swallow: number;
  muted: number;
  unmute: number;
  speaking: Speaking;
  ringing: number;
  /** Refusals by a lockout are silent in the journal while this runs (L2). */
  refusalNoted: number;

  // ---- menu
  /** User number whose credentials are being made. */
  subject: number;
  /** Role of the subject. */
  role: number;
  /** The subject does not exist yet (M4). */
  fresh: number;
  /** The administrator whose session this is; 0 outside the menu. */
  admin: number;
  /** The item that is being spoken (M7). */
  spoken: number;
  // ---- enrolment
  sensor: number;
  steps: number;
  origin: Origin;
  /** CodeKind and owner of the code that is being made. */
  codeKind: number;
  codeOwner: number;
  /** The first entry was good, the second is awaited (C6). */
  repeating: number;
  /** Readers whose presence has been counted as a failure (L1), bits of Sensor. */
  counted: number;
  looking: number;
  /** SET was held at power-up (R1); 2 once held long enough. */
  resetHeld: number;
  setTimed: number;

  /** Operands of a command, set by who posts it. */
  operand: number[];
  readonly board: BoardLimits;
}

export function newSettings(): number[] {
  const settings: number[] = [];
  for (let i = 0; i < Setting.Count; i++) settings.push(0);
  settings[Setting.Countdown] = Limit.countdownDefaultS;
  settings[Setting.Protection] = 1;
  settings[Setting.Volume] = 2;
  settings[Setting.Video] = 1;
  settings[Setting.Wifi] = 1;
  settings[Setting.DoorAlarm] = Limit.doorLeftOpenDefaultS;
  return settings;
}

/** A lock as it leaves the factory, its sensors not read yet. */
export function newLock(board: BoardLimits): Lock {
  return {
    nowS: 0, date: -1, doorOpen: 0, tamperOpen: 0, bolt: BoltPosition.Between, handle: 0, battery: -1, usb: 0, setHeld: 0,
    settings: newSettings(), users: "", templates: "", temps: "",
    failures: [], quiet: [], stage: 0, lockedOutS: 0, budget: Limit.attemptBudget, budgetAtS: 0,
    armed: 0, throwing: 0, low: 0, storeFault: 0, initial: 1,
    motor: MotorPhase.Resting, run: 0, tries: 0, want: 0, lockBy: 0, jammed: 0, told: Told.None, byHand: 0, granted: 0, fromInside: FromInside.No,
    silent: 0, swapped: 0, renewed: 0, tamperAlarm: 0, awayAlarm: 0, doorAlarm: 0, power: Power.None, critical: 0,
    phase: Phase.Asleep, lit: 0, digits: 0, number: 0, waking: 0, swallow: 0, muted: 0, unmute: 0, speaking: Speaking.Nothing, ringing: 0,
    refusalNoted: 0,
    subject: 0, role: 0, fresh: 0, admin: 0, spoken: 0,
    sensor: 0, steps: 0, origin: Origin.Keypad, codeKind: 0, codeOwner: 0, repeating: 0, counted: 0, looking: 0,
    resetHeld: 0, setTimed: 0,
    operand: [0, 0, 0, 0], board,
  };
}
