/**
 * What the lock needs of its parts. A driver implements one of these; the lock knows nothing
 * else of it. Facts come back through the callbacks, which are set once at boot.
 */

/** Keys as the keypad reports them; `None` is a touch that is no key. */
export const enum Key { Digit0 = 0, Digit9 = 9, Cancel = 10, Ok = 11, Away = 12, Bell = 13, Low = 14, None = 15 }

/** What every part that can be asked tells of itself (A3). */
export interface PartEvents {
  /** It does not answer (true), or answers again (false). Told on a change only. */
  silent(silent: boolean): void;
}

export interface KeypadEvents {
  touched(key: Key): void;
  released(key: Key): void;
}

export interface KeysEvents extends KeypadEvents, PartEvents {}

/** The keys without their lights. */
export interface Keys {
  /** Does the part still know what it was told? Asked once an hour, when the lock is awake for another reason. */
  check(): void;
}

/** The lights of the keys without their flashing. */
export interface KeyLamps {
  /** Lights these keys and no others: one bit a key, bit number = Key. */
  show(keys: number): void;
  /** As that of Keys. */
  check(): void;
}

/** What a person sees of the keypad. */
export interface Keypad {
  /** @param keys one bit a key, bit number = Key; 0 = dark. */
  light(keys: number): void;
  /** The three digits of a user number light slowly, one after the other. */
  flashNumber(number: number): void;
  /** This key flashes until `light` is called again. */
  flashKey(key: Key): void;
  /** Every lit key flashes twice. */
  flashTwice(): void;
  /** K3: a key was touched. A number or a double flash under way ends; a flashing key goes on. */
  settle(): void;
}

/** Why an enrolment ended without a template. */
export const enum EnrolError { Duplicate = 1, Full, Failed, Timeout }

/** What a reader says; the number that goes with it stands behind, 0 where there is none. */
export const enum ReaderFact {
  /** Somebody is there: a finger, a hand or a face came near. */
  Near,
  /** The module's number of the template that matched. */
  Matched,
  /** Seen, and not recognised. */
  Unknown,
  /** Seen, and not good enough to tell. */
  Unreadable,
  /** The finger, hand or face has gone, or nobody was there. */
  Gone,
  /** One step of an enrolment succeeded: steps so far, from 1. */
  Placed,
  /** One step failed and may be tried again. */
  Again,
  /** The template's number. */
  Enrolled,
  /** Why, an EnrolError. */
  EnrolFailed,
  /** The module held this template, which was not among those to keep; it is removed. */
  Orphan,
  /** The module has not got this template, which it was to keep. */
  Missing,
}

/** One fingerprint reader, palm reader or face reader. A function for each fact would take some five variables of the interpreter each. */
export interface ReaderEvents extends PartEvents {
  told(fact: ReaderFact, value: number): void;
}

export interface Reader {
  /** Look for a credential, or stop looking. A reader that looks by itself ignores this. */
  look(on: boolean): void;
  /** Begin an enrolment; it runs until `Enrolled`, `EnrolFailed` or `cancel`. */
  enrol(): void;
  cancel(): void;
  /** Remove one template from the module; one that is not there is no error. */
  remove(template: number): void;
  removeAll(): void;
  /**
   * What this reader's part of the module should hold: told at every start, before `trust`. Once the
   * module is trusted, each other template in it is removed and told as `Orphan`, and each that is
   * not there as `Missing`. What is enrolled or removed later is the driver's to know.
   */
  keep(templates: number[]): void;
}

/** A4: which module the lock talks to. The same in every driver of a sensor module. */
export interface Pairing {
  /** What stands for the module there now; "" while it was not read. */
  identity(): string;
  /**
   * Believe this module only. Called at every start, with what `identified` told last.
   * @param identity "" pairs anew, for a new lock or by an administrator: the module that is there is
   * emptied and marked, and `identified` follows
   */
  trust(identity: string): void;
}

export interface PairingEvents {
  /** Paired: believed from now on, and to be stored. @param identity up to 64 bytes; secret, for names of templates may be keyed with it */
  identified(identity: string): void;
  /**
   * Another module, one that lost its templates or its mark, or one that holds another lock's (true):
   * told when found, and a fingerprint reader tells it at every presence. The trusted one again (false).
   */
  swapped(swapped: boolean): void;
  /** The module told of a match or an enrolment that was not asked for: tampering. */
  unasked(): void;
}

export interface FingerEvents extends ReaderEvents, PairingEvents {}

export interface FingerModule extends Reader, Pairing {}

/** One module that recognises faces and palms. */
export interface PalmFaceEvents extends PairingEvents {
  readonly face: ReaderEvents;
  readonly palm: ReaderEvents;
}

export interface PalmFaceModule extends Pairing {
  readonly face: Reader;
  readonly palm: Reader;
  /** Told at every start, before `trust`: templates that the lock has in this module, faces and palms; an empty module is then none of ours. */
  expect(templates: number): void;
  /** B3: false switches the module off until true, whatever is wished. */
  enable(on: boolean): void;
}

export const enum BoltPosition { Between, Withdrawn, Thrown }
export const enum Direction { Withdraw = 1, Throw }

export interface BoltEvents { at(position: BoltPosition): void }

export interface Bolt {
  /** Somebody is at the lock, or nobody any more: what would delay `drive` may be done before it. Nothing moves. */
  ready(on: boolean): void;
  drive(direction: Direction): void;
  stop(): void;
  position(): BoltPosition;
  /** Does the motor run, or has it just stopped? Nothing is measured meanwhile (B1). */
  busy(): boolean;
}

export interface BoltParts {
  /** Where the bolt is by its switches (O6). */
  position(): BoltPosition;
  /** Is the lock fed from the inlet? */
  onInlet(): boolean;
  /** O5: longest run in one direction, ms, on the battery and on the inlet. */
  limitMs: number;
  limitUsbMs: number;
  /** Runs that one movement may have with its retries. */
  runs: number;
}

export interface MotorEvents {
  /** The motor stood, or ran for too long, and was switched off by its driver. */
  ended(): void;
}

/** The switches, in the order in which their changes are told: the handle before the bolt that it moves (O9). */
export const enum Switch { Handle, BoltWithdrawn, BoltThrown, Door, Tamper, Set, LockButton, Count }

export interface Contacts {
  /** The settled state: 1 while the switch is in the state that its role is named for (door open, button pressed, …). */
  level(at: Switch): number;
}

export interface ContactEvents { changed(at: Switch, level: number): void }

export interface BatteryEvents {
  /** @param percent 0 to 100, filtered. */
  measured(percent: number): void;
  /** Power on the front USB-C inlet came or went. */
  usb(on: boolean): void;
}

export interface Battery {
  /** Ask for a measurement; the answer comes as an event. */
  measure(): void;
}

export interface VoiceEvents {
  /** The prompt that was said last has ended. */
  done(): void;
}

export interface SpeechEvents extends VoiceEvents, PartEvents {}

export const enum Beep { Key = 1, Success, Failure }

export interface Voice {
  beep(beep: Beep): void;
  /** @param number said with the prompt, or -1. A new prompt ends the one before. */
  say(prompt: number, number: number): void;
  hush(): void;
  siren(on: boolean): void;
  /** @param level 0 to 3. */
  volume(level: number): void;
  language(language: number): void;
}

export const enum Lamp { Guide, Ir, Rear }
export const enum LampState { Off = 1, On, Flash }

export interface Lights { set(lamp: Lamp, state: LampState): void }

/** A clock that goes on without the lock's supply. */
export interface CalendarClock {
  /** @returns minutes since 2020-01-01 UTC, -1 while the clock is not set, has stood, or does not answer */
  read(): number;
  /** @returns 0 to 59, the seconds past the minute that was read last */
  seconds(): number;
  /** @param minutes since 2020-01-01 UTC, up to 2050 @param seconds 0 to 59 past that minute */
  set(minutes: number, seconds: number): void;
}
