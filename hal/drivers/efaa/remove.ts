/** Templates that go: one, all of a kind, and the one that came after its enrolment had been given up. */
import { Kind, kindOfId } from "./builds";
import { bytes1, bytes2, Mid, nameIn, Result, word } from "./frames";
import { Half, Mode, Module, PalmInfo, Wait } from "./state";
import { ask, failed, query, rest } from "./talk";

/** More removals than templates cannot be wished; what is beyond stays in the module and belongs to nobody. */
const REMOVALS_MOST = 100;

export function wishRemoval(half: Half, id: number): void {
  if (half.clear || half.removals.indexOf(id) >= 0 || half.removals.length >= REMOVALS_MOST) return;
  half.removals.push(id);
}

export function wishClear(half: Half): void {
  half.clear = true;
  half.removals.splice(0, half.removals.length);
}

export function wantsToRemove(m: Module): boolean {
  if (m.dropId >= 0) return true;
  for (let kind = 0; kind < m.halves.length; kind++) {
    if (m.halves[kind].clear || m.halves[kind].removals.length > 0) return true;
  }
  return false;
}

/** Takes the first of what is to be removed. */
export function removeNext(m: Module): void {
  m.mode = Mode.Busy;
  if (m.dropId >= 0) {
    m.id = m.dropId;
    m.kind = m.dropKind;
    if (m.kind === Kind.Face || m.palmInfo !== PalmInfo.No) query(m, Mid.GetUserInfo, bytes2(m.id), onDropInfo);
    else dropUnnamed(m);
    return;
  }
  for (let kind = 0; kind < m.halves.length; kind++) {
    if (!m.halves[kind].clear) continue;
    clear(m);
    return;
  }
  m.kind = m.halves[Kind.Face].removals.length > 0 ? Kind.Face : Kind.Palm;
  m.id = m.halves[m.kind].removals[0];
  remove(m, onRemoved);
}

function remove(m: Module, answer: (m: Module, result: number, payload: string) => void): void {
  const type = m.build.typed ? bytes1(m.kind) : "";
  ask(m, m.build.remove[m.kind], bytes2(m.id) + type, Wait.Remove, 2, answer);
}

/** Only what has the name of the enrolment that was given up is removed: an id alone could be somebody else's. */
function onDropInfo(m: Module, result: number, payload: string): void {
  if (result === Result.Silent) {
    m.lost(m);
  } else if (result === Result.Ok && word(payload, 0) === m.id && nameIn(payload, 2) === m.dropName) {
    remove(m, onDropped);
  } else if (result === Result.UnknownUser && m.kind === Kind.Palm && m.palmInfo === PalmInfo.NotKnown) {
    dropUnnamed(m);
  } else {
    m.dropId = -1;
    rest(m, 1);
  }
}

/** Where the module tells no name: one that was there before the enrolment is somebody else's. */
function dropUnnamed(m: Module): void {
  if (m.before.indexOf(m.id) < 0) {
    remove(m, onDropped);
  } else {
    m.dropId = -1;
    rest(m, 1);
  }
}

function isGone(result: number): boolean {
  return result === Result.Ok || result === Result.UnknownUser;
}

function onDropped(m: Module, result: number, _payload: string): void {
  if (result === Result.Silent) {
    m.lost(m);
  } else if (isGone(result)) {
    m.dropId = -1;
    m.errors = 0;
    rest(m, 1);
  } else {
    failed(m);
  }
}

function onRemoved(m: Module, result: number, _payload: string): void {
  if (result === Result.Silent) {
    m.lost(m);
  } else if (isGone(result)) {
    const removals = m.halves[m.kind].removals;
    const at = removals.indexOf(m.id);
    if (at >= 0) removals.splice(at, 1);
    const known = m.ids.indexOf(m.id);
    if (known >= 0) m.ids.splice(known, 1);
    m.expected = Math.max(0, m.expected - 1);
    m.errors = 0;
    rest(m, 1);
  } else {
    failed(m);
  }
}

/** DELALL: 0 all, 1 faces, 2 palms; builds that know no kinds remove everything (R1 clears both anyway). */
function clear(m: Module): void {
  const face = m.halves[Kind.Face].clear;
  const palm = m.halves[Kind.Palm].clear;
  const type = face && palm ? 0 : face ? 1 : 2;
  m.cleared = m.build.typed ? type : 0;
  ask(m, Mid.DeleteAll, m.build.typed ? bytes1(type) + bytes2(0) + bytes2(0) : "", Wait.Remove, 2, onCleared);
}

function idsLeft(m: Module): number[] {
  const left: number[] = [];
  for (let i = 0; i < m.ids.length; i++) {
    const kind = kindOfId(m.build, m.ids[i]);
    if ((m.cleared === 1 && kind === Kind.Palm) || (m.cleared === 2 && kind === Kind.Face)) left.push(m.ids[i]);
  }
  return left;
}

function onCleared(m: Module, result: number, _payload: string): void {
  if (result === Result.Silent) {
    m.lost(m);
  } else if (isGone(result)) {
    if (m.cleared !== 2) m.halves[Kind.Face].clear = false;
    if (m.cleared !== 1) m.halves[Kind.Palm].clear = false;
    m.expected = 0;
    m.ids = idsLeft(m);
    m.errors = 0;
    rest(m, 1);
  } else {
    failed(m);
  }
}
