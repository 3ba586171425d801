/**
 * What the lock needs of its parts. A driver implements one of these; the lock knows nothing
 * else of it. Facts come back through the callbacks, which are set once at boot.
 */

/** Keys as the keypad reports them; `None` is a touch that is no key. */
export const enum Key { Digit0 = 0, Digit9 = 9, Cancel = 10, Ok = 11, Away = 12, Bell = 13, Low = 14, None = 15 }

export interface KeypadEvents {
  touched(key: Key): void;
  released(key: Key): void;
}

export interface Keypad {
  /** @param keys one bit a key, bit number = Key; 0 = dark. */
  light(keys: number): void;
  /** The three digits of a user number light slowly, one after the other. */
  flashNumber(number: number): void;
  /** This key flashes until `light` is called again. */
  flashKey(key: Key): void;
  /** Every lit key flashes twice. */
  flashTwice(): void;
}

/** Why an enrolment ended without a template. */
export const enum EnrolError { Duplicate = 1, Full, Failed, Timeout }

/** One fingerprint reader, palm reader or face reader. */
export interface ReaderEvents {
  /** Somebody is there: a finger, a hand or a face came near. */
  near(): void;
  /** @param template the module's number of the template that matched. */
  matched(template: number): void;
  /** Seen, and not recognised. */
  unknown(): void;
  /** Seen, and not good enough to tell. */
  unreadable(): void;
  /** The finger, hand or face has gone, or nobody was there. */
  gone(): void;
  /** One step of an enrolment succeeded. @param steps so far, from 1. */
  placed(steps: number): void;
  /** One step failed and may be tried again. */
  again(): void;
  enrolled(template: number): void;
  enrolFailed(error: EnrolError): void;
  /** The module does not answer (true), or answers again (false). */
  silent(silent: boolean): void;
}

export interface Reader {
  /** Look for a credential, or stop looking. A reader that looks by itself ignores this. */
  look(on: boolean): void;
  /** Begin an enrolment; it runs until `enrolled`, `enrolFailed` or `cancel`. */
  enrol(): void;
  cancel(): void;
  /** Remove one template from the module; one that is not there is no error. */
  remove(template: number): void;
  removeAll(): void;
}

export const enum BoltPosition { Between, Withdrawn, Thrown }
export const enum Direction { Withdraw = 1, Throw }

export interface BoltEvents { at(position: BoltPosition): void }

export interface Bolt {
  drive(direction: Direction): void;
  stop(): void;
  position(): BoltPosition;
}

/** A switch that is read: door contact, tamper, SET, lock button, handle. */
export interface Contact {
  /** True while the switch is in the state that its role is named for (door open, button pressed, …). */
  active(): boolean;
}

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
