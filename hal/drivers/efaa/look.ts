/** Looking for faces and palms: one VERIFY looks for both, and each role hears only of its own. */
import { ReaderFact } from "../../roles";
import { Kind } from "./builds";
import { confirm, readMatch } from "./confirm";
import { Mid, Result, Seen, verifyData } from "./frames";
import { since } from "./link";
import { isOurs } from "./names";
import { readAgain } from "./session";
import { isPaired, judge } from "./start";
import { Half, Mode, Module, Wait } from "./state";
import { ask, failed, keepWaiting, pause, resetThen, rest } from "./talk";

/**
 * U2: a face only while the lock looks for one; a palm also while the keypad is awake, or when
 * something came near.
 */
export function isWanted(m: Module, kind: Kind): boolean {
  if (!m.enabled || m.build.enrol[kind] < 0) return false;
  const face = m.halves[Kind.Face].looking;
  return kind === Kind.Face ? face : face || m.halves[Kind.Palm].looking || m.near;
}

export function wantsToLook(m: Module): boolean {
  return isWanted(m, Kind.Face) || isWanted(m, Kind.Palm);
}

/** Somebody is there. */
function see(m: Module, half: Half): void {
  half.left.start(Wait.Left);
  if (half.present) return;
  half.present = true;
  half.judged = false;
  half.cameAt = m.platform.now();
  half.events.told(ReaderFact.Near, 0);
}

/** Not seen for a while, or the module said that nobody is there: the next one is another attempt. */
export function leave(half: Half): void {
  half.left.stop();
  if (!half.present) return;
  half.present = false;
  half.judged = false;
  half.events.told(ReaderFact.Gone, 0);
}

/** A note of the module while it looks. */
export function onState(m: Module, state: number): void {
  if (m.mode !== Mode.Looking || m.pending !== Mid.Verify) return;
  m.lively = true;
  m.timer.start(Wait.Quiet);
  if (state === Seen.Nobody) return;
  const palm = state >= Seen.PalmOk || m.build.enrol[Kind.Face] < 0;
  m.noted = palm ? Kind.Palm : Kind.Face;
  if (isWanted(m, m.noted)) see(m, m.halves[m.noted]);
}

export function look(m: Module): void {
  m.mode = Mode.Looking;
  resetThen(m, verify);
}

function verify(m: Module): void {
  m.noted = -1;
  m.lively = false;
  m.sentAt = m.platform.now();
  ask(m, Mid.Verify, verifyData(m.lookS), m.lookS * 1000 + Wait.Margin, 1, onVerified);
}

function onVerified(m: Module, result: number, payload: string): void {
  if (result === Result.Ok) {
    onMatch(m, payload);
  } else if (isNotRecognised(result) || result === Result.NotAlive) {
    onStranger(m, result);
  } else if (result === Result.Timeout) {
    onNobody(m);
  } else if (result === Result.Aborted && since(m.sentAt, m.platform.now()) < Wait.Grace) {
    // The answer of a look before this one.
    keepWaiting(m, Mid.Verify);
  } else if (result === Result.Aborted || (result === Result.Silent && m.lively)) {
    again(m);
  } else {
    // Also when there was no sign at all: the RESET before the next look will show whether it lives.
    failed(m);
  }
}

/** By build: FM22x 1, SenseLock and DFRobot 8, palms 22 or 239. */
export function isNotRecognised(result: number): boolean {
  return result === Result.UnknownUser || result === Result.Rejected || result === Result.UnknownPalm || result === Result.NoPalm;
}

function again(m: Module): void {
  m.errors = 0;
  if (wantsToLook(m)) pause(m, Wait.BetweenLooks, m.next);
  else m.next(m);
}

function onMatch(m: Module, payload: string): void {
  const kind = readMatch(m, payload);
  if (kind < 0) {
    failed(m);
    return;
  }
  m.kind = kind;
  const half = m.halves[kind];
  if (!isWanted(m, kind)) {
    again(m);
    return;
  }
  see(m, half);
  if (half.judged) again(m);
  else confirm(m, onConfirmed, failed);
}

/** The module said it twice; that the name is ours says that it is our module (A4). */
function onConfirmed(m: Module): void {
  const half = m.halves[m.kind];
  const ours = isOurs(m.platform, m.secret, m.kind, m.name);
  if (!ours && m.build.serial < 0) {
    m.foreign = true;
    judge(m);
  }
  if (isPaired(m) && isWanted(m, m.kind) && !half.judged) {
    half.judged = true;
    if (ours) half.events.told(ReaderFact.Matched, m.id);
    else half.events.told(ReaderFact.Unknown, 0);
  }
  again(m);
}

function onStranger(m: Module, result: number): void {
  // A module without templates answers at once, whether anybody is there or not.
  if (m.noted < 0 && since(m.sentAt, m.platform.now()) < Wait.Instant) {
    m.errors = 0;
    // It should have some: then it was emptied, or is another one.
    pause(m, Wait.Nobody, m.expected > 0 ? readAgain : m.next);
    return;
  }
  const half = m.halves[strangerKind(m, result)];
  if (isWanted(m, half.kind)) {
    see(m, half);
    if (!half.judged) {
      half.judged = true;
      half.events.told(ReaderFact.Unknown, 0);
    }
  }
  again(m);
}

/** A palm if there can be one and the result or the notes say so, else what is looked for. */
function strangerKind(m: Module, result: number): Kind {
  if (m.build.enrol[Kind.Palm] < 0) return Kind.Face;
  if (result === Result.UnknownPalm || result === Result.NoPalm) return Kind.Palm;
  if (m.noted >= 0) return m.noted;
  return isWanted(m, Kind.Face) ? Kind.Face : Kind.Palm;
}

/** The time was up: somebody could not be told, or nobody was there. */
function onNobody(m: Module): void {
  const seen = m.noted;
  for (let kind = 0; kind < m.halves.length; kind++) {
    const half = m.halves[kind];
    if (kind === seen && isWanted(m, kind) && half.present) {
      // Whoever came at the very end of the time has not been looked at yet.
      if (!half.judged && since(half.cameAt, m.platform.now()) >= Wait.Left) {
        half.judged = true;
        half.events.told(ReaderFact.Unreadable, 0);
      }
    } else if (half.present) {
      leave(half);
    } else if (kind === Kind.Face && half.looking) {
      half.events.told(ReaderFact.Gone, 0);
    }
  }
  again(m);
}

/** Nobody wants to see anybody any more. */
export function stopLooking(m: Module): void {
  resetThen(m, stopped);
}

function stopped(m: Module): void {
  rest(m, 1);
}
