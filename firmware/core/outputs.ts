import { Timer, Journal, Sensor } from "./events";

/**
 * What the core wishes. Each register holds one value a step, 0 means "leave as it is";
 * runtime/apply.ts drains them in one fixed order.
 */
export interface Out {
  // ---- facts told
  /** Key + 1; 100 for a digit that is secret. */
  key: number;
  /** 1 closed, 2 open. */
  door: number;
  /** Told. */
  bolt: number;
  /** Power. */
  power: number;
  // ---- journal: several a step, in order
  notes: number;
  noteKind: number[];
  noteUser: number[];
  noteBy: number[];
  // ---- decisions
  /** Method of a grant, and whose. */
  grant: number;
  grantUser: number;
  /** Refusal, and the method refused. */
  refuse: number;
  refuseBy: number;
  /** Failures that count now. */
  fail: number;
  /** Seconds of a lockout that begins; -1 when it ends. */
  lockout: number;
  /** Bits of Alarm. */
  alarmOn: number;
  alarmOff: number;
  // ---- users
  userAdded: number;
  userDeleted: number;
  /** Role of the user added or deleted. */
  userRole: number;
  credentialUser: number;
  /** Method. */
  credentialKind: number;
  /** MenuLevel. */
  menu: number;
  // ---- bolt
  stop: number;
  /** Direction. */
  motor: number;
  // ---- what must survive
  /** Put, with its operands. */
  put: number;
  putUser: number;
  putKind: number;
  putTemplate: number;
  /** Bits of Save. */
  save: number;
  // ---- secrets: the digits live in the vault, the core only counts them
  /** Digit + 1 appended to the entry. */
  digit: number;
  /** 1: the entry is cleared; 2: the entry and a first entry kept for comparison. */
  clear: number;
  /** Ask. */
  ask: number;
  // ---- timers: ms, -1 stops; `timed` is 1 when any is set
  timed: number;
  timer: number[];
  // ---- keypad and lights
  /** Lit keys + 1. */
  lit: number;
  /** User number + 1: its three digits flash (M4, M5). */
  flash: number;
  /** Key + 1: this key flashes until the lit keys change. */
  flashKey: number;
  twice: number;
  /** LampState by Lamp. */
  lamp: number[];
  // ---- readers
  /** 1 look, 2 stop; by Sensor. */
  look: number[];
  /** Sensor + 1. */
  enrol: number;
  cancel: number;
  /** (sensor * 4096 + template) + 1: a template that nobody owns. */
  remove: number;
  /** Records of users/templates.ts whose templates the modules are to forget. */
  forget: string;
  /** Part + 1: pair anew with the module that is there (A4). */
  pairModule: number;
  // ---- sound
  beep: number;
  voice: number;
  voiceNumber: number;
  /** A prompt said when `voice` has ended. */
  then: number;
  hush: number;
  /** 1 on, 2 off. */
  siren: number;
  // ---- the rest
  measure: number;
  /** Reply, and its number. */
  reply: number;
  replyNumber: number;
}

/** The number of journal entries one step may make. */
const NOTES = 6;

export function newOut(): Out {
  const out: Out = {
    key: 0, door: 0, bolt: 0, power: 0,
    notes: 0, noteKind: [], noteUser: [], noteBy: [],
    grant: 0, grantUser: 0, refuse: 0, refuseBy: 0, fail: 0, lockout: 0, alarmOn: 0, alarmOff: 0,
    userAdded: 0, userDeleted: 0, userRole: 0, credentialUser: 0, credentialKind: 0, menu: 0,
    stop: 0, motor: 0,
    put: 0, putUser: 0, putKind: 0, putTemplate: 0, save: 0,
    digit: 0, clear: 0, ask: 0,
    timed: 0, timer: [], lit: 0, flash: 0, flashKey: 0, twice: 0, lamp: [0, 0, 0],
    look: [], enrol: 0, cancel: 0, remove: 0, forget: "", pairModule: 0,
    beep: 0, voice: 0, voiceNumber: -1, then: 0, hush: 0, siren: 0,
    measure: 0, reply: 0, replyNumber: 0,
  };
  for (let i = 0; i < NOTES; i++) {
    out.noteKind.push(0);
    out.noteUser.push(0);
    out.noteBy.push(0);
  }
  for (let i = 0; i < Timer.Count; i++) out.timer.push(0);
  for (let i = 0; i < Sensor.Count; i++) out.look.push(0);
  return out;
}

/** E1: one entry for the event journal. */
export function note(out: Out, kind: Journal, user: number, by: number): void {
  if (out.notes >= NOTES) return;
  out.noteKind[out.notes] = kind;
  out.noteUser[out.notes] = user;
  out.noteBy[out.notes] = by;
  out.notes = out.notes + 1;
}

export function startTimer(out: Out, timer: Timer, ms: number): void {
  out.timer[timer] = ms;
  out.timed = 1;
}

export function stopTimer(out: Out, timer: Timer): void {
  out.timer[timer] = -1;
  out.timed = 1;
}

/** A prompt; a later one in the same step replaces it. */
export function say(out: Out, prompt: number): void {
  out.voice = prompt;
  out.voiceNumber = -1;
}
