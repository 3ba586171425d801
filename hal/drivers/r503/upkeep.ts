import { Kind } from "./codes";
import { Command, word, wordAt } from "./frames";
import { readIndex } from "./enrol";
import { open, refusePairing } from "./opening";
import { Figure, giveUp, isTaken, Job, request, Step, Unit } from "./unit";

/** The library: removing, emptying, counting; and pairing, which begins with an empty one. */

export function startWipe(u: Unit): void {
  u.job = Job.Upkeep;
  request(u, Step.Wipe, Command.Empty, "", Figure.WipeMs);
}

export function onWipe(u: Unit, kind: Kind): void {
  if (kind === Kind.Ok || kind === Kind.NotFound) request(u, Step.WipeCheck, Command.TemplateNum, "", Figure.QuickMs);
  else giveUp(u, kind);
}

export function onWipeCheck(u: Unit, kind: Kind, content: string): void {
  if (kind === Kind.Ok && wordAt(content, 1) === 0) {
    u.wiping = false;
    u.removals = [];
    u.leftover = -1;
    u.templates = 0;
    done(u);
  } else {
    giveUp(u, kind);
  }
}

export function startRemove(u: Unit): void {
  u.job = Job.Upkeep;
  u.removing = u.leftover >= 0 ? u.leftover : u.removals[0];
  u.removeTries = Figure.RemoveTries;
  removeOnce(u);
}

function removeOnce(u: Unit): void {
  u.removeTries = u.removeTries - 1;
  request(u, Step.Remove, Command.DeletChar, word(u.removing) + word(1), Figure.WorkMs);
}

/** Whatever the module says: its table tells whether the template is gone. */
export function onRemove(u: Unit, kind: Kind): void {
  if (kind === Kind.Locked) giveUp(u, kind);
  else readIndex(u, Step.RemoveCheck, Math.floor(u.removing / 256));
}

export function onRemoveCheck(u: Unit, kind: Kind, content: string): void {
  if (kind === Kind.Locked) {
    giveUp(u, kind);
  } else if (kind === Kind.Ok && isTaken(content, u.removing) && u.removeTries > 0) {
    removeOnce(u);
  } else {
    // One that will not go is nobody's finger to the lock, and its number is not given again.
    const wish = u.removals.indexOf(u.removing);
    if (wish >= 0) u.removals.splice(wish, 1);
    if (u.leftover === u.removing) u.leftover = -1;
    u.recount = true;
    done(u);
  }
}

export function startRecount(u: Unit): void {
  u.job = Job.Upkeep;
  u.recount = false;
  request(u, Step.Recount, Command.TemplateNum, "", Figure.QuickMs);
}

export function onRecount(u: Unit, kind: Kind, content: string): void {
  if (kind !== Kind.Ok) {
    giveUp(u, kind);
    return;
  }
  u.templates = wordAt(content, 1);
  done(u);
}

/** A4: what another module holds is nobody's finger here, so it is emptied first. */
export function startPair(u: Unit): void {
  u.job = Job.Upkeep;
  if (u.foreign) {
    refusePairing(u);
    done(u);
    return;
  }
  request(u, Step.PairWipe, Command.Empty, "", Figure.WipeMs);
}

export function onPairWipe(u: Unit, kind: Kind): void {
  if (kind !== Kind.Ok && kind !== Kind.NotFound) {
    giveUp(u, kind);
    return;
  }
  u.removals = [];
  u.leftover = -1;
  u.written = u.platform.random(32);
  request(u, Step.PairWrite, Command.WriteNotepad, String.fromCharCode(Figure.NotepadPage) + u.written, Figure.WorkMs);
}

/** Reading it all anew tells whether the value is there, and makes the identity. */
export function onPairWrite(u: Unit): void {
  u.job = Job.None;
  open(u);
}

function done(u: Unit): void {
  u.job = Job.None;
  u.next();
}
