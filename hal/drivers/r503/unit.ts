import { InputPin, OutputPin, Platform, Timer } from "../../ports";
import { FingerEvents } from "../../roles";
import { InPin, Level, NotWired, OutPin, UartPort } from "../../wires";
import { Kind } from "./codes";
import { Command } from "./frames";
import { ask, Link } from "./link";

/** Options of a board; README.md has the values for each module. */
export interface R503Options {
  /** 57 600 baud. */
  uart: UartPort;
  /** Which of the two meanings the command numbers from 28 up have. */
  dialect: "grow" | "synochip";
  /** How the module's light ring is commanded. */
  ring: "aura" | "bln" | "none";
  /** The module tells a serial number (R503 and Synochip: yes; R307 and ZFM: no). */
  serial: boolean;
  /** Placements of an enrolment: 2 to the number of the module's feature buffers (R307 2, R503 6). @asType integer @minimum 2 @maximum 6 */
  placements: number;
  /** Input that tells a finger, -1 if there is none. */
  wakePin: InPin | NotWired;
  /** Its level while a finger is there: R503 0, ZW111 1. */
  wakeActiveLevel: Level;
  /** Output that switches the module's supply, -1 if it is always on; needs a wake pin. @atReset not powerActiveLevel */
  powerPin: OutPin | NotWired;
  powerActiveLevel: Level;
  /** Longest time from supply to the first command, ms; the byte 55 ends it earlier. @asType integer @minimum 1 @maximum 2000 */
  bootMs: number;
  /** The supply stays off at least so long, ms (R503: 2000). @asType integer @minimum 0 @maximum 5000 */
  restMs: number;
  /** Four bytes as hex digits; the factory's is 00000000. @pattern ^[0-9A-Fa-f]{8}$ */
  password: string;
}

export const enum Phase { Off, Resting, Booting, Opening, Ready, Silent }
export const enum Job { None, Scan, Enrol, Upkeep, Sleep }
export const enum Ring { Dark, Looking, Yes, No, Place, Lift }

/** What an answer, or the timer, belongs to; driver.ts has the handlers in this order. */
export const enum Step {
  VerifyPassword, ReadNotepad, ReadParameters, ReadSerial, Count,
  IdleRing, Remove, RemoveCheck, Wipe, WipeCheck, PairWipe, PairWrite, Recount, Sleep,
  ScanRing, ScanImage, ScanFeatures, ScanSearch, ScanAgain, ScanIdentity,
  EnrolIndex, EnrolRing, EnrolImage, EnrolFeatures, EnrolSearch, EnrolMerge, EnrolSearchAgain, EnrolFree, EnrolStore, EnrolCheck, EnrolIdentity, Keep,
}

export const enum Figure {
  PollMs = 100,        // chosen: between two images while a finger is waited for
  IdlePollMs = 250,    // chosen: the same with no wake line and nobody there
  GoneMs = 60,         // chosen: a wake line that is quiet so long is quiet
  GoneMisses = 2,      // without a wake line: images in a row with no finger
  TouchMs = 3000,      // chosen: a wake line without an image to it gets no more of the battery
  IdleMs = 3000,       // chosen: until the supply goes off
  ImageTries = 3,      // chosen: bad images of one presence until it is unreadable
  EnrolMs = 60000,     // C4
  RemoveTries = 3,
  QuietFailures = 2,   // failures in a row of which nobody is told but the last
  FailuresMax = 9,     // more of them change nothing
  Reopenings = 4,      // chosen: restarts in a row that are no failure yet
  PauseMs = 1000,      // first pause of a silent module; doubles
  PauseMaxMs = 60000,
  RestartMs = 50,      // chosen: restarts announced faster than this are one
  QuickMs = 500,       // patience with commands that compute nothing
  WorkMs = 2000,       // patience with images, searches and flash
  WipeMs = 5000,
  NotepadPage = 1,     // chosen: page 0 is what a test program writes first
  UnaskedMs = 10000,   // chosen: one report in this time
  LateMs = 5000,       // chosen: a match so soon after a search may be its late answer
  RemovalsMax = 256,
  Wrap = 1073741824,
}

/** What a unit is built from. */
export interface UnitParts {
  /** Polling, booting, resting, pausing. */
  timer: Timer;
  idleTimer: Timer;
  wakeTimer: Timer;
  enrolTimer: Timer;
  wake: InputPin | null;
  power: OutputPin | null;
  /** Goes on with whatever is to be done. */
  next: () => void;
  /** The module fails: starts it anew. */
  recover: () => void;
  /** Reads the module's identity anew. */
  reopen: () => void;
}

/** The state of one reader, and what its parts call one another by. */
export interface Unit extends UnitParts {
  readonly platform: Platform;
  readonly options: R503Options;
  readonly synochip: boolean;
  readonly events: FingerEvents;
  readonly link: Link;
  phase: Phase;
  job: Job;
  step: Step;
  offAt: number;
  /** Nothing to do since the idle timer was started. */
  idling: boolean;
  /** The module started by itself; further bytes 55 are the same restart. */
  restarted: boolean;
  /** Failures in a row, for the pauses. */
  failures: number;
  silent: boolean;

  // ---- presence
  present: boolean;
  /** It has had its answer: one presence is one attempt (L1). */
  answered: boolean;
  /** The module was read anew for it. */
  reread: boolean;
  /** It ended while it was being looked at. */
  leaving: boolean;
  since: number;
  misses: number;
  images: number;
  /** When the last search was sent, -1 before that. */
  searchedAt: number;
  /** The link's count of disturbances when the opening began, or the image was asked for. */
  calm: number;
  found: number;

  // ---- enrolment
  /** The lock wants one. */
  enrolling: boolean;
  /** The one under way ends with the answer that is awaited. */
  cancelled: boolean;
  placement: number;
  /** The finger is to be lifted before the next image counts. */
  lifting: boolean;
  indexPage: number;
  target: number;
  /** The number that was being stored, -1 = none: it is removed unless the lock was told of it. */
  storing: number;
  /** One that is to be removed for that reason, -1 = none. */
  leftover: number;

  // ---- library and pairing
  capacity: number;
  templates: number;
  /** What the lock wants removed, and which one is being removed. */
  removals: number[];
  removing: number;
  removeTries: number;
  wiping: boolean;
  recount: boolean;
  /** What the lock knows of, to be held against the module once (B5); null when that is done. */
  kept: number[] | null;
  keepPage: number;
  /** The page as read last, and how often it was read. */
  keepSeen: string;
  keepReadings: number;
  notepad: string;
  serial: string;
  /** Of both, what the module has shown once more. */
  proved: string;
  hashed: string;
  identity: string;
  trusted: string;
  foreign: boolean;
  swapped: boolean;
  rechecked: boolean;
  pairing: boolean;
  /** The value that pairing wrote and the module must show, "" = none. */
  written: string;
  unaskedAt: number;

  ring: Ring;
  ringShown: Ring;
}

export function newUnit(platform: Platform, options: R503Options, events: FingerEvents, link: Link, parts: UnitParts): Unit {
  return {
    platform, options, events, link, synochip: options.dialect === "synochip",
    timer: parts.timer, idleTimer: parts.idleTimer, wakeTimer: parts.wakeTimer, enrolTimer: parts.enrolTimer,
    wake: parts.wake, power: parts.power, next: parts.next, recover: parts.recover, reopen: parts.reopen,
    phase: Phase.Off, job: Job.None, step: Step.VerifyPassword, offAt: 0, idling: false, restarted: false,
    failures: 0, silent: false,
    present: false, answered: false, reread: false, leaving: false, since: 0, misses: 0, images: 0, searchedAt: -1, calm: 0, found: 0,
    enrolling: false, cancelled: false, placement: 1, lifting: false, indexPage: 0, target: 0, storing: -1, leftover: -1,
    capacity: 0, templates: -1, removals: [], removing: 0, removeTries: 0, wiping: false, recount: false, kept: null, keepPage: 0, keepSeen: "", keepReadings: 0,
    notepad: "", serial: "", proved: "", hashed: "", identity: "", trusted: "", foreign: false, swapped: false,
    rechecked: false, pairing: false, written: "", unaskedAt: -1,
    ring: Ring.Dark, ringShown: Ring.Dark,
  };
}

/** Sends a command whose answer belongs to `step`; once only if a module that restarted between would make something else of it. */
export function request(u: Unit, step: Step, command: Command, parameters: string, patienceMs: number): void {
  u.step = step;
  ask(u.link, command, parameters, patienceMs, command === Command.RegModel || command === Command.Store ? 1 : 3);
}

/** Lets time pass; then the timer belongs to `step`. */
export function pause(u: Unit, step: Step, ms: number): void {
  u.step = step;
  u.timer.start(ms);
}

/** Milliseconds since `time`. */
export function age(u: Unit, time: number): number {
  return (u.platform.now() - time + Figure.Wrap) % Figure.Wrap;
}

/** The module does what it is for. */
export function works(u: Unit): void {
  u.failures = 0;
  if (!u.silent) return;
  u.silent = false;
  u.events.silent(false);
}

/** A code that no handler expects where it came: the module has restarted or is at fault. */
export function giveUp(u: Unit, kind: Kind): void {
  if (kind === Kind.Locked) u.reopen();
  else u.recover();
}

export function fingerOnWakeLine(u: Unit): boolean {
  return u.wake !== null && u.wake.read() === u.options.wakeActiveLevel;
}

export function queueRemoval(u: Unit, template: number): void {
  if (u.removals.indexOf(template) >= 0 || u.removals.length >= Figure.RemovalsMax) return;
  u.removals.push(template);
}

/** The enrolment is over, and what it may have stored must not stay. */
export function leaveBehind(u: Unit): void {
  if (u.storing >= 0) u.leftover = u.storing;
  u.storing = -1;
}

/** The bit of a template in an answer to ReadIndexTable: byte k, bit b stand for 8k + b. */
export function isTaken(content: string, template: number): boolean {
  const place = template % 256;
  const byte = content.charCodeAt(1 + Math.floor(place / 8));
  return Math.floor(byte / (1 << (place % 8))) % 2 === 1;
}
