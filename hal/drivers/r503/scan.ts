import { ReaderFact } from "../../roles";
import { Kind } from "./codes";
import { Command, Length, word, wordAt } from "./frames";
import { isProved, isStranger, open, proveModule } from "./opening";
import { ringFirst } from "./ring";
import { age, Figure, fingerOnWakeLine, giveUp, Job, pause, request, Ring, Step, Unit, works } from "./unit";

/** Whose finger it is: image, features, search, search again, and the module once more (A4). */
export function startScan(u: Unit): void {
  u.job = Job.Scan;
  u.images = 0;
  if (u.present && !u.answered) {
    u.since = u.platform.now();
    if (isStranger(u)) {
      refuse(u);
      return;
    }
    u.ring = Ring.Looking;
  }
  scan(u);
}

/** A stranger is read once more before it is told: the lock's own module may be back. */
function refuse(u: Unit): void {
  if (u.reread) {
    u.answered = true;
    u.events.swapped(true);
    endScan(u);
  } else {
    u.reread = true;
    open(u);
  }
}

/** Also after the ring was set, and after a pause. */
export function scan(u: Unit): void {
  if (ringFirst(u, Step.ScanRing)) return;
  u.calm = u.link.disturbances;
  request(u, Step.ScanImage, Command.GenImg, "", Figure.WorkMs);
}

export function onScanImage(u: Unit, kind: Kind): void {
  if (kind === Kind.NoFinger) {
    onNoFinger(u);
  } else if (kind === Kind.Ok) {
    u.misses = 0;
    if (!u.present) {
      // Without a wake line it is the image that tells.
      arrive(u);
      endScan(u);
    } else if (u.answered) {
      endScan(u);
    } else {
      request(u, Step.ScanFeatures, Command.Img2Tz, String.fromCharCode(1), Figure.WorkMs);
    }
  } else if (kind === Kind.BadImage) {
    onBadImage(u);
  } else {
    giveUp(u, kind);
  }
}

/** Somebody is there. */
export function arrive(u: Unit): void {
  u.present = true;
  u.answered = false;
  u.reread = false;
  u.misses = 0;
  u.events.told(ReaderFact.Near, 0);
}

function onNoFinger(u: Unit): void {
  if (u.wake === null) {
    u.misses = u.misses + 1;
    if (u.present && u.misses >= Figure.GoneMisses) u.leaving = true;
    endScan(u);
  } else if (fingerOnWakeLine(u) && !u.answered && age(u, u.since) < Figure.TouchMs) {
    pause(u, Step.ScanImage, Figure.PollMs);
  } else {
    // Touched, and never on the sensor.
    u.answered = true;
    endScan(u);
  }
}

function onBadImage(u: Unit): void {
  if (u.answered || !u.present) {
    endScan(u);
    return;
  }
  u.images = u.images + 1;
  if (u.images < Figure.ImageTries) {
    pause(u, Step.ScanImage, Figure.PollMs);
    return;
  }
  tell(u, Ring.No);
  u.events.told(ReaderFact.Unreadable, 0);
  endScan(u);
}

export function onScanFeatures(u: Unit, kind: Kind): void {
  if (kind === Kind.Ok) search(u, Step.ScanSearch);
  else if (kind === Kind.BadImage) onBadImage(u);
  else giveUp(u, kind);
}

/** Buffer 1 against the whole library. */
export function search(u: Unit, step: Step): void {
  searchIn(u, step, 0, u.capacity);
}

/** Buffer 1 against so many templates from `first` on. */
function searchIn(u: Unit, step: Step, first: number, count: number): void {
  u.searchedAt = u.platform.now();
  request(u, step, Command.Search, String.fromCharCode(1) + word(first) + word(count), Figure.WorkMs);
}

/** An answer that no search gives is another command's: nothing is known of what buffer 1 holds. */
export function isSearchAnswer(kind: Kind, content: string): boolean {
  return (kind === Kind.Ok && content.length === Length.Found) || kind === Kind.NotFound;
}

export function onScanSearch(u: Unit, kind: Kind, content: string): void {
  if (!isSearchAnswer(kind, content)) {
    doubt(u, kind);
  } else if (kind === Kind.NotFound) {
    tell(u, Ring.No);
    u.events.told(ReaderFact.Unknown, 0);
    endScan(u);
  } else {
    u.found = wordAt(content, 1);
    // Not the same question again: what damages one answer may damage the other alike.
    if (u.found < u.capacity) searchIn(u, Step.ScanAgain, u.found, 1);
    else doubt(u, kind);
  }
}

/** A match counts only when a search in that template alone agrees, and the module is still the lock's own. */
export function onScanAgain(u: Unit, kind: Kind, content: string): void {
  if (!isSearchAnswer(kind, content) || kind !== Kind.Ok || wordAt(content, 1) !== u.found) doubt(u, kind);
  else proveModule(u, Step.ScanIdentity);
}

export function onScanIdentity(u: Unit, kind: Kind, content: string): void {
  if (!isProved(u, kind, content)) return;
  if (u.link.disturbances !== u.calm) {
    // An answer too many or too few since the image: one of them may have been another command's.
    doubt(u, kind);
    return;
  }
  tell(u, Ring.Yes);
  u.events.told(ReaderFact.Matched, u.found);
  endScan(u);
}

/** Answers that do not fit together: a new image decides, a few times. */
function doubt(u: Unit, kind: Kind): void {
  if (kind === Kind.Locked) giveUp(u, kind);
  else onBadImage(u);
}

/** L1: one presence is one attempt. */
function tell(u: Unit, ring: Ring): void {
  works(u);
  u.answered = true;
  u.ring = ring;
}

/** The finger has gone. */
export function leave(u: Unit): void {
  u.leaving = false;
  if (!u.present) return;
  u.present = false;
  u.answered = false;
  u.misses = 0;
  u.events.told(ReaderFact.Gone, 0);
}

export function endScan(u: Unit): void {
  u.job = Job.None;
  if (u.leaving) leave(u);
  works(u);
  u.next();
}
