/**
 * B5: once after a start, the module's templates are held against what the lock knows of. What differs
 * is asked about one by one: only a template with a name of this lock's is removed, and only one that
 * the module denies twice, besides not listing it, is missing.
 */
import { ReaderFact } from "../../roles";
import { Kind, kindOfId, Listing } from "./builds";
import { bytes2, Mid, nameIn, Result, word } from "./frames";
import { isOurs } from "./names";
import { wishRemoval } from "./remove";
import { Half, Mode, Module, PalmInfo } from "./state";
import { query, rest } from "./talk";

/** Where palms are not listed, the lock's most and some more are asked for (C1). */
const PALMS_MOST = 60;

export function wantsToKeep(m: Module): boolean {
  return m.halves[Kind.Face].kept !== null || m.halves[Kind.Palm].kept !== null;
}

export function keep(m: Module): void {
  m.mode = Mode.Busy;
  m.doubts = [];
  for (let kind = 0; kind < m.halves.length; kind++) doubt(m, m.halves[kind]);
  askNext(m);
}

/** The half that the lock knows this template of, null for none. */
function knownTo(m: Module, id: number): Half | null {
  for (let kind = 0; kind < m.halves.length; kind++) {
    const kept = m.halves[kind].kept;
    if (kept !== null && kept.indexOf(id) >= 0) return m.halves[kind];
  }
  return null;
}

/** What the lock and the module's list say differently. A kind of which the module said nothing is left alone. */
function doubt(m: Module, half: Half): void {
  const kept = half.kept;
  const count = m.counts[half.kind];
  if (kept === null || count < 0) return;
  if (half.kind === Kind.Palm && m.build.listing === Listing.Counts) {
    if (count === kept.length) return;
    for (let id = m.build.palmFrom; id < m.build.palmFrom + PALMS_MOST; id++) m.doubts.push(id);
    return;
  }
  for (let i = 0; i < kept.length; i++) {
    if (m.ids.indexOf(kept[i]) < 0) m.doubts.push(kept[i]);
  }
  for (let i = 0; i < m.ids.length; i++) {
    // Where faces and palms share one sequence, the first half looks at all of them.
    const kind = kindOfId(m.build, m.ids[i]);
    if ((kind < 0 ? Kind.Face : kind) === half.kind && knownTo(m, m.ids[i]) === null) m.doubts.push(m.ids[i]);
  }
}

function askNext(m: Module): void {
  if (m.doubts.length === 0) {
    m.halves[Kind.Face].kept = null;
    m.halves[Kind.Palm].kept = null;
    rest(m, 1);
    return;
  }
  m.denials = 0;
  query(m, Mid.GetUserInfo, bytes2(m.doubts[0]), onInfo);
}

function onInfo(m: Module, result: number, payload: string): void {
  if (result === Result.Silent) {
    m.lost(m);
    return;
  }
  const id = m.doubts[0];
  const half = knownTo(m, id);
  if (result === Result.Ok && word(payload, 0) === id) {
    if (half === null) dropOrphan(m, id, nameIn(payload, 2));
  } else if (result === Result.UnknownUser && half !== null && tells(m, half.kind)) {
    m.denials = m.denials + 1;
    if (m.denials < 2) {
      query(m, Mid.GetUserInfo, bytes2(id), onInfo);
      return;
    }
    half.events.told(ReaderFact.Missing, id);
  }
  m.doubts.splice(0, 1);
  askNext(m);
}

/** Does this module answer questions about such templates at all? */
function tells(m: Module, kind: Kind): boolean {
  return kind === Kind.Face || m.build.listing === Listing.Counts || m.palmInfo === PalmInfo.Yes;
}

function dropOrphan(m: Module, id: number, name: string): void {
  for (let kind = 0; kind < m.halves.length; kind++) {
    if (!isOurs(m.platform, m.secret, kind, name)) continue;
    wishRemoval(m.halves[kind], id);
    // It is one more than the lock had told.
    m.expected = m.expected + 1;
    m.halves[kind].events.told(ReaderFact.Orphan, id);
  }
}
