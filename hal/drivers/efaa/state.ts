/** The module as the driver knows it. */
import { OutputPin, Platform, Timer } from "../../ports";
import { PalmFaceEvents, ReaderEvents } from "../../roles";
import { Build, Kind } from "./builds";
import { Link } from "./link";

/** What the driver is doing. */
export const enum Mode { Off, Starting, Resting, Busy, Looking, Enrolling, Down }

/**
 * Milliseconds. The makers publish none of them; chosen from what their own programs use.
 * `Quiet`: a module that sent notes and then none for so long has answered, and the answer was lost.
 * `Grace` is what an aborted job gets to answer, `Instant` is too short for anybody to have been looked at.
 */
export const enum Wait {
  Boot = 3000, Reply = 1000, Remove = 5000, Grace = 500, Off = 500, BackoffMost = 60000,
  Margin = 5000, Instant = 150, Left = 2000, BetweenLooks = 300, Nobody = 2000, Near = 8000, Quiet = 3000,
}

/** Whether the module answers questions about palms; an older one does not, and is asked to look again. */
export const enum PalmInfo { NotKnown, Yes, No }

/** A job that goes wrong this often in a row is a part that does not work. */
export const ERRORS_MOST = 5;

/** One of the two roles. */
export interface Half {
  readonly kind: Kind;
  readonly events: ReaderEvents;
  looking: boolean;
  /** Somebody is there, and has had a verdict: one presence is one attempt (L1). */
  present: boolean;
  judged: boolean;
  /** When the presence began. */
  cameAt: number;
  /** Ends the presence. */
  readonly left: Timer;
  /** Templates to be removed when there is time. */
  readonly removals: number[];
  clear: boolean;
  enrol: boolean;
  /** What the lock knows of, to be held against the module once (B5); null when that is done. */
  kept: number[] | null;
}

/** What follows an answer. @param result of the module, Result.Silent if it gave none */
export type Answer = (this: void, m: Module, result: number, payload: string) => void;
export type Step = (this: void, m: Module) => void;

export interface Module {
  readonly platform: Platform;
  readonly events: PalmFaceEvents;
  readonly build: Build;
  /** null where the supply is always on. */
  readonly supply: OutputPin | null;
  /** Without work the supply is switched off after this, ms. */
  readonly idleMs: number;
  readonly lookS: number;
  readonly enrolMs: number;
  readonly halves: Half[];
  readonly timer: Timer;
  link: Link;
  mode: Mode;
  /** The module has its supply. */
  powered: boolean;
  /** B3: false while the module is to stay off. */
  enabled: boolean;

  // The three places where the parts of the driver call back into it, set once.
  next: Step;
  lost: Step;
  identify: Step;

  // The command under way; `pending` is its id, -1 for none.
  pending: number;
  request: string;
  waitMs: number;
  tries: number;
  answer: Answer;
  afterPause: Step;
  afterReset: Step;
  /** A job that was broken off and may still answer, -1 for none. */
  aborted: number;
  /** The last answer of a job: one that comes twice is not unasked. */
  lastMid: number;
  lastPayload: string;
  lastAt: number;

  // A3
  silent: boolean;
  backoffMs: number;
  errors: number;

  // A4
  secret: string;
  trusted: string;
  /** Templates that the lock believes to be in the module. */
  expected: number;
  /** What was read: the serial number's tag, and whether it has been read since the supply came. */
  tag: string;
  read: boolean;
  rereads: number;
  pairing: boolean;
  swapped: boolean;
  emptied: boolean;
  foreign: boolean;
  version: string;
  /** Templates of each kind by the module's own count, -1 = it did not say; ids as far as it lists them. */
  readonly counts: number[];
  ids: number[];

  // The match or template that is being confirmed.
  kind: Kind;
  id: number;
  name: string;
  agreed: Step;
  differed: Step;
  palmInfo: PalmInfo;

  /** Ids of which the lock and the module's list differ (B5), and how often the module has denied the first. */
  doubts: number[];
  denials: number;

  // Looking.
  near: boolean;
  sentAt: number;
  /** The kind that the notes of this look spoke of last, -1 = nobody. */
  noted: number;
  /** A note has come in this look. */
  lively: boolean;

  // Enrolling.
  steps: number;
  beganAt: number;
  /** `ids` when the enrolment began: they are no leftovers of it. */
  before: number[];
  /** A template that came after its enrolment had been given up, -1 for none. */
  dropId: number;
  dropName: string;
  dropKind: Kind;
  /** What the DELALL under way clears: 0 all, 1 faces, 2 palms. */
  cleared: number;

  // The LED of the module: what is wished, and whether that has been sent.
  colour: number;
  lit: boolean;
  ledSent: boolean;
}
