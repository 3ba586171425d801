import { ReaderFact } from "../../roles";
import { Kind } from "./codes";
import { readIndex } from "./enrol";
import { giveUp, isTaken, Job, queueRemoval, Step, Unit } from "./unit";

/**
 * B5: once after a start, the module's table of templates is held against what the lock knows of.
 * Frames have weak checksums and a template that is removed is gone: each page is read until two
 * readings in a row agree.
 */

const enum Table { Page = 256, Readings = 6 }

export function startKeep(u: Unit): void {
  u.job = Job.Upkeep;
  u.keepPage = 0;
  readPage(u);
}

function readPage(u: Unit): void {
  u.keepSeen = "";
  u.keepReadings = 0;
  readIndex(u, Step.Keep, u.keepPage);
}

export function onKeep(u: Unit, kind: Kind, content: string): void {
  u.keepReadings = u.keepReadings + 1;
  if (kind !== Kind.Ok || u.keepReadings > Table.Readings) {
    giveUp(u, kind);
  } else if (content !== u.keepSeen) {
    u.keepSeen = content;
    readIndex(u, Step.Keep, u.keepPage);
  } else {
    compare(u, content);
    u.keepPage = u.keepPage + 1;
    if (u.kept !== null && u.keepPage * Table.Page < u.capacity) {
      readPage(u);
      return;
    }
    u.kept = null;
    u.job = Job.None;
    u.next();
  }
}

/** While this tells what it finds, the lock may pair anew: then there is nothing to keep any more. */
function compare(u: Unit, content: string): void {
  const first = u.keepPage * Table.Page;
  const end = Math.min(first + Table.Page, u.capacity);
  for (let template = first; template < end && u.kept !== null; template++) {
    const known = u.kept.indexOf(template) >= 0;
    if (isTaken(content, template) === known) continue;
    if (known) {
      u.events.told(ReaderFact.Missing, template);
    } else {
      queueRemoval(u, template);
      u.events.told(ReaderFact.Orphan, template);
    }
  }
}
