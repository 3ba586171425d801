import { EnrolError, ReaderFact } from "../../roles";
import { Kind } from "./codes";
import { Command, word } from "./frames";
import { isProved, isStranger, proveModule } from "./opening";
import { ringFirst } from "./ring";
import { arrive, isSearchAnswer, leave, search } from "./scan";
import { Figure, giveUp, isTaken, Job, leaveBehind, pause, request, Ring, Step, Unit } from "./unit";

/**
 * C4, C5: the finger is placed and lifted, features go to buffers 1, 2, … of the module, and their
 * merger is stored under the lowest free number. The module itself never refuses a second copy of a
 * finger: the library is searched after the first image, and again before storing.
 */
export function startEnrol(u: Unit): void {
  u.job = Job.Enrol;
  if (isStranger(u)) {
    endEnrol(u, EnrolError.Failed);
    return;
  }
  u.placement = 1;
  u.lifting = u.present && u.answered;
  u.indexPage = 0;
  u.storing = -1;
  readIndex(u, Step.EnrolIndex, 0);
}

export function readIndex(u: Unit, step: Step, page: number): void {
  request(u, step, Command.ReadIndexTable, String.fromCharCode(page), Figure.QuickMs);
}

export function onEnrolIndex(u: Unit, kind: Kind, content: string): void {
  if (kind !== Kind.Ok) {
    giveUp(u, kind);
    return;
  }
  const first = u.indexPage * 256;
  u.target = first;
  while (u.target < first + 256 && isTaken(content, u.target)) u.target = u.target + 1;
  if (u.target < first + 256 && u.target < u.capacity) {
    look(u);
  } else if (first + 256 < u.capacity) {
    u.indexPage = u.indexPage + 1;
    readIndex(u, Step.EnrolIndex, u.indexPage);
  } else {
    endEnrol(u, EnrolError.Full);
  }
}

/** Also after the ring was set, and after a pause. */
export function look(u: Unit): void {
  u.ring = u.lifting ? Ring.Lift : Ring.Place;
  if (!ringFirst(u, Step.EnrolRing)) request(u, Step.EnrolImage, Command.GenImg, "", Figure.WorkMs);
}

export function onEnrolImage(u: Unit, kind: Kind): void {
  if (u.wake === null) follow(u, kind);
  if (kind === Kind.NoFinger) {
    u.lifting = false;
    pause(u, Step.EnrolImage, Figure.PollMs);
  } else if (u.lifting && (kind === Kind.Ok || kind === Kind.BadImage)) {
    pause(u, Step.EnrolImage, Figure.PollMs);
  } else if (kind === Kind.Ok) {
    request(u, Step.EnrolFeatures, Command.Img2Tz, String.fromCharCode(u.placement), Figure.WorkMs);
  } else if (kind === Kind.BadImage) {
    again(u);
  } else {
    giveUp(u, kind);
  }
}

/** Without a wake line it is the image that tells who comes and goes. */
function follow(u: Unit, kind: Kind): void {
  if (kind === Kind.NoFinger) leave(u);
  else if (!u.present && (kind === Kind.Ok || kind === Kind.BadImage)) arrive(u);
}

/** The step failed; it is tried again once the finger was lifted. */
function again(u: Unit): void {
  u.lifting = true;
  u.events.told(ReaderFact.Again, 0);
  pause(u, Step.EnrolImage, Figure.PollMs);
}

export function onEnrolFeatures(u: Unit, kind: Kind): void {
  if (kind === Kind.BadImage) again(u);
  else if (kind !== Kind.Ok) giveUp(u, kind);
  else if (u.placement === 1) search(u, Step.EnrolSearch);
  else placed(u);
}

export function onEnrolSearch(u: Unit, kind: Kind, content: string): void {
  if (!isSearchAnswer(kind, content)) giveUpSearch(u, kind);
  else if (kind === Kind.Ok) endEnrol(u, EnrolError.Duplicate);
  else placed(u);
}

/** The image is not known to be in buffer 1: the enrolment begins again. */
function giveUpSearch(u: Unit, kind: Kind): void {
  if (kind === Kind.Locked) {
    giveUp(u, kind);
    return;
  }
  u.placement = 1;
  again(u);
}

function placed(u: Unit): void {
  if (u.placement >= u.options.placements) {
    request(u, Step.EnrolMerge, Command.RegModel, "", Figure.WorkMs);
    return;
  }
  const steps = u.placement;
  u.placement = steps + 1;
  u.lifting = true;
  u.events.told(ReaderFact.Placed, steps);
  pause(u, Step.EnrolImage, Figure.PollMs);
}

export function onEnrolMerge(u: Unit, kind: Kind): void {
  if (kind === Kind.Ok) {
    search(u, Step.EnrolSearchAgain);
  } else if (kind === Kind.Locked || kind === Kind.Fault) {
    giveUp(u, kind);
  } else {
    // Different fingers, or an answer that was lost: merging what is merged already proves nothing.
    u.placement = 1;
    again(u);
  }
}

export function onEnrolSearchAgain(u: Unit, kind: Kind, content: string): void {
  if (!isSearchAnswer(kind, content)) {
    giveUpSearch(u, kind);
  } else if (kind === Kind.Ok) {
    endEnrol(u, EnrolError.Duplicate);
  } else {
    readIndex(u, Step.EnrolFree, Math.floor(u.target / 256));
  }
}

/** Storing would put this finger in another one's place without a word: the number must be free by two readings. */
export function onEnrolFree(u: Unit, kind: Kind, content: string): void {
  if (kind !== Kind.Ok) {
    giveUp(u, kind);
  } else if (isTaken(content, u.target)) {
    endEnrol(u, EnrolError.Failed);
  } else {
    u.storing = u.target;
    request(u, Step.EnrolStore, Command.Store, String.fromCharCode(1) + word(u.target), Figure.WorkMs);
  }
}

export function onEnrolStore(u: Unit, kind: Kind): void {
  // An answer that was lost: the table tells.
  if (kind === Kind.Ok || kind === Kind.Mute) readIndex(u, Step.EnrolCheck, Math.floor(u.target / 256));
  else if (kind === Kind.NoRoom) endEnrol(u, EnrolError.Full);
  else if (kind === Kind.Locked) giveUp(u, kind);
  else endEnrol(u, EnrolError.Failed);
}

/** The module's own table says whether the template is there. */
export function onEnrolCheck(u: Unit, kind: Kind, content: string): void {
  if (kind === Kind.Ok && isTaken(content, u.target)) proveModule(u, Step.EnrolIdentity);
  else endEnrol(u, EnrolError.Failed);
}

export function onEnrolIdentity(u: Unit, kind: Kind, content: string): void {
  if (!isProved(u, kind, content)) return;
  const template = u.storing;
  u.storing = -1;
  u.ring = Ring.Yes;
  closeEnrolment(u);
  u.events.told(ReaderFact.Enrolled, template);
  u.next();
}

export function endEnrol(u: Unit, error: EnrolError): void {
  u.ring = Ring.No;
  closeEnrolment(u);
  u.events.told(ReaderFact.EnrolFailed, error);
  u.next();
}

/** Nothing the lock was not told of stays in the module (C5); the finger still there is no new presence (L1). */
export function closeEnrolment(u: Unit): void {
  u.enrolTimer.stop();
  u.enrolling = false;
  u.cancelled = false;
  u.job = Job.None;
  u.recount = true;
  leaveBehind(u);
  if (u.present) u.answered = true;
  if (u.leaving) leave(u);
}
