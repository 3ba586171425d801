import { Platform, Pull } from "../../ports";
import { EnrolError, FingerEvents, FingerModule, ReaderFact } from "../../roles";
import { Kind } from "./codes";
import { closeEnrolment, endEnrol, look, onEnrolCheck, onEnrolFeatures, onEnrolFree, onEnrolIdentity, onEnrolImage, onEnrolIndex, onEnrolMerge, onEnrolSearch, onEnrolSearchAgain, onEnrolStore, startEnrol } from "./enrol";
import { onKeep, startKeep } from "./keep";
import { hangUp, isAsking, newLink } from "./link";
import { isStranger, onCount, onNotepad, onParameters, onPassword, onSerial, open, tellSwapped } from "./opening";
import { idle, powerOff, startUp, switchOff } from "./power";
import { ringFirst } from "./ring";
import { arrive, leave, onScanAgain, onScanFeatures, onScanIdentity, onScanImage, onScanSearch, scan, startScan } from "./scan";
import { age, Figure, fingerOnWakeLine, Job, leaveBehind, newUnit, Phase, queueRemoval, R503Options, Ring, Step, Unit } from "./unit";
import { onPairWipe, onPairWrite, onRecount, onRemove, onRemoveCheck, onWipe, onWipeCheck, startPair, startRecount, startRemove, startWipe } from "./upkeep";

/** A fingerprint reader of the EF01 family. */
export interface R503 extends FingerModule {
  /** Templates in the module as last counted, -1 before that. */
  count(): number;
}

/** @param events called from UART, timer and pin callbacks, and from within the calls below */
export function newR503(platform: Platform, options: R503Options, events: FingerEvents): R503 {
  const link = newLink(platform, options.uart, options.dialect === "synochip", {
    answered: (kind, content) => { onAnswered(u, kind, content); },
    lost: () => { recover(u); },
    ready: () => { onReady(u); },
    stray: (content) => { onStray(u, content); },
  });
  const pull = options.wakeActiveLevel === 0 ? Pull.Up : Pull.Down;
  const u: Unit = newUnit(platform, options, events, link, {
    timer: platform.timer(() => { onTimer(u); }),
    idleTimer: platform.timer(() => { onIdle(u); }),
    wakeTimer: platform.timer(() => { onQuiet(u); }),
    enrolTimer: platform.timer(() => { onEnrolTimeout(u); }),
    wake: options.wakePin < 0 ? null : platform.input(options.wakePin, pull, (level) => { onWake(u, level); }),
    power: options.powerPin < 0 ? null : platform.output(options.powerPin, 1 - options.powerActiveLevel),
    next: () => { next(u); },
    recover: () => { recover(u); },
    reopen: () => { reopen(u); },
  });
  u.offAt = platform.now();
  startUp(u);
  return newReader(u);
}

function newReader(u: Unit): R503 {
  return {
    // The reader looks by itself.
    look: () => { return; },
    enrol: () => { enrol(u); },
    cancel: () => { cancel(u); },
    remove: (template) => {
      queueRemoval(u, template);
      next(u);
    },
    removeAll: () => {
      u.wiping = true;
      u.removals = [];
      next(u);
    },
    keep: (templates) => { u.kept = templates; },
    count: () => u.templates,
    identity: () => u.identity,
    trust: (identity) => {
      u.trusted = identity;
      u.written = "";
      u.pairing = identity === "";
      // What is emptied has nothing to keep.
      if (u.pairing) u.kept = null;
      if (!u.pairing && (u.phase === Phase.Ready || u.phase === Phase.Off)) tellSwapped(u, isStranger(u));
      next(u);
    },
  };
}

// ---- what is to be done

/** Removing comes first, so that a template which must go is never matched. */
function next(u: Unit): void {
  if (u.wake !== null && !u.present && fingerOnWakeLine(u)) arrive(u);
  if (u.phase === Phase.Off) {
    if (hasWork(u)) startUp(u);
    return;
  }
  if (u.phase !== Phase.Ready || u.job !== Job.None) return;
  const task = taskOf(u);
  if (task === null) {
    idle(u);
    return;
  }
  u.timer.stop();
  u.idleTimer.stop();
  u.idling = false;
  task(u);
}

/** What another module holds is not the lock's to remove: the wishes wait for the right one. */
function wantsToRemove(u: Unit): boolean {
  return !isStranger(u) && (u.wiping || u.leftover >= 0 || u.removals.length > 0);
}

function hasWork(u: Unit): boolean {
  return wantsToRemove(u) || u.pairing || u.enrolling || (u.present && !u.answered);
}

function taskOf(u: Unit): ((u: Unit) => void) | null {
  if (wantsToRemove(u)) return u.wiping ? startWipe : startRemove;
  if (u.pairing) return startPair;
  if (u.kept !== null && !isStranger(u)) return startKeep;
  if (u.enrolling) return startEnrol;
  if (u.present && !u.answered) return startScan;
  if (!u.foreign && u.recount) return startRecount;
  if (!u.foreign && u.ring !== u.ringShown && u.options.ring !== "none") return startRing;
  return null;
}

function startRing(u: Unit): void {
  u.job = Job.Upkeep;
  ringFirst(u, Step.IdleRing);
}

function onIdleRing(u: Unit): void {
  u.job = Job.None;
  next(u);
}

/** The answers' handlers, in the order of `Step`. */
const ON_ANSWER: ((u: Unit, kind: Kind, content: string) => void)[] = [
  onPassword, onNotepad, onParameters, onSerial, onCount,
  onIdleRing, onRemove, onRemoveCheck, onWipe, onWipeCheck, onPairWipe, onPairWrite, onRecount, powerOff,
  scan, onScanImage, onScanFeatures, onScanSearch, onScanAgain, onScanIdentity,
  onEnrolIndex, look, onEnrolImage, onEnrolFeatures, onEnrolSearch, onEnrolMerge, onEnrolSearchAgain, onEnrolFree,
  onEnrolStore, onEnrolCheck, onEnrolIdentity, onKeep,
];

function onAnswered(u: Unit, kind: Kind, content: string): void {
  if (u.job === Job.Enrol && u.cancelled) dropEnrolment(u);
  else ON_ANSWER[u.step](u, kind, content);
}

function onTimer(u: Unit): void {
  if (u.phase === Phase.Resting || u.phase === Phase.Silent) startUp(u);
  else if (u.phase === Phase.Booting || (u.phase === Phase.Ready && u.foreign)) open(u);
  else if (u.phase === Phase.Ready && u.job === Job.None) startScan(u);
  else if (u.phase === Phase.Ready && u.job === Job.Scan) scan(u);
  else if (u.phase === Phase.Ready && u.job === Job.Enrol) look(u);
}

function onIdle(u: Unit): void {
  u.ring = Ring.Dark;
  if (u.power !== null && u.phase === Phase.Ready && u.job === Job.None) switchOff(u);
  else next(u);
}

// ---- the wake line

function onWake(u: Unit, level: number): void {
  if (level === u.options.wakeActiveLevel) {
    u.wakeTimer.stop();
    next(u);
  } else {
    u.wakeTimer.start(Figure.GoneMs);
  }
}

function onQuiet(u: Unit): void {
  if (fingerOnWakeLine(u)) return;
  // An image was taken: the answer comes first.
  if (u.job === Job.Scan && !u.answered) u.leaving = true;
  else leave(u);
}

// ---- enrolment

function enrol(u: Unit): void {
  u.enrolling = true;
  u.enrolTimer.start(Figure.EnrolMs);
  if (u.phase === Phase.Silent) endEnrol(u, EnrolError.Failed);
  else next(u);
}

function cancel(u: Unit): void {
  if (!u.enrolling) return;
  u.enrolling = false;
  u.enrolTimer.stop();
  if (u.job !== Job.Enrol) return;
  // A command that was sent is waited for: what it does must be known.
  u.cancelled = true;
  if (!isAsking(u.link)) dropEnrolment(u);
}

/** The next one may have been asked for meanwhile. */
function dropEnrolment(u: Unit): void {
  const wanted = u.enrolling;
  u.timer.stop();
  u.ring = Ring.Dark;
  closeEnrolment(u);
  if (wanted) enrol(u);
  else next(u);
}

function onEnrolTimeout(u: Unit): void {
  if (!u.enrolling) return;
  cancel(u);
  u.events.told(ReaderFact.EnrolFailed, EnrolError.Timeout);
}

// ---- faults

/** The module fails or does not answer: supply off and on where possible, then pauses that double. */
function recover(u: Unit): void {
  const failures = u.failures + 1;
  hangUp(u.link);
  u.timer.stop();
  u.idleTimer.stop();
  u.phase = Phase.Silent;
  if (u.power !== null) {
    u.power.write(1 - u.options.powerActiveLevel);
    u.offAt = u.platform.now();
  }
  abandon(u);
  u.failures = Math.min(failures, Figure.FailuresMax);
  if (failures < Figure.QuietFailures) {
    startUp(u);
    return;
  }
  if (!u.silent) {
    u.silent = true;
    u.events.silent(true);
  }
  let pauseMs: number = Figure.PauseMs;
  for (let i = Figure.QuietFailures; i < u.failures; i++) pauseMs = pauseMs * 2;
  u.timer.start(Math.min(pauseMs, Figure.PauseMaxMs));
}

/** The job under way has failed with the module. */
function abandon(u: Unit): void {
  if (u.job === Job.Enrol && u.cancelled && !u.enrolling) closeEnrolment(u);
  else if (u.enrolling) endEnrol(u, EnrolError.Failed);
  u.job = Job.None;
  if (u.leaving) leave(u);
}

/** The module has forgotten its password and all that was in its memory, or may be another one. */
function reopen(u: Unit): void {
  if (u.failures >= Figure.Reopenings) {
    recover(u);
    return;
  }
  u.failures = u.failures + 1;
  hangUp(u.link);
  leaveBehind(u);
  u.cancelled = false;
  open(u);
}

/** The byte 55: awaited after the supply came, else the module has restarted by itself. */
function onReady(u: Unit): void {
  if (u.phase === Phase.Booting) {
    if (u.restarted) return;
    open(u);
  } else if (u.phase === Phase.Ready && u.job !== Job.Sleep) {
    u.restarted = true;
    hangUp(u.link);
    u.phase = Phase.Booting;
    leaveBehind(u);
    u.cancelled = false;
    u.job = Job.None;
    u.timer.start(Figure.RestartMs);
  }
}

/** A4: a match that was not asked for, nor comes late. Search and AutoIdentify tell one in five and six bytes. */
function onStray(u: Unit, content: string): void {
  const match = content.charCodeAt(0) === 0 && (content.length === 5 || content.length === 6);
  const late = u.searchedAt >= 0 && age(u, u.searchedAt) < Figure.LateMs;
  if (!match || late || (u.unaskedAt >= 0 && age(u, u.unaskedAt) < Figure.UnaskedMs)) return;
  u.unaskedAt = u.platform.now();
  u.events.unasked();
}
