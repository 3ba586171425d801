/** A4: which module is this? Read after every start, before anything of it is believed. */
import { Kind, Listing, kindOfId } from "./builds";
import { tagIn } from "./confirm";
import { bytes1, bytes2, Mid, nameIn, printable, Result, word } from "./frames";
import { isOurs, newSecret, SECRET_SIZE, serialTag } from "./names";
import { wishClear } from "./remove";
import { started } from "./session";
import { Module } from "./state";
import { query } from "./talk";

export function identify(m: Module): void {
  m.emptied = false;
  m.foreign = false;
  m.rereads = 0;
  query(m, Mid.GetVersion, "", onVersion);
}

function onVersion(m: Module, result: number, payload: string): void {
  if (result === Result.Silent) {
    m.lost(m);
    return;
  }
  m.version = printable(payload, 32);
  askSerial(m);
}

function askSerial(m: Module): void {
  if (m.build.serial < 0) {
    m.tag = serialTag(m.platform, "");
    askList(m);
  } else {
    query(m, m.build.serial, "", onSerial);
  }
}

/** A number that is not the trusted one is read again: a disturbed line is not a swapped module. */
function onSerial(m: Module, result: number, payload: string): void {
  if (result === Result.Silent) {
    m.lost(m);
    return;
  }
  const before = m.tag;
  m.tag = tagIn(m, result, payload);
  const good = m.rereads === 0 ? m.trusted !== "" && isTrusted(m) : m.tag === before;
  if (good || m.rereads >= 3) {
    askList(m);
  } else {
    m.rereads = m.rereads + 1;
    query(m, m.build.serial, "", onSerial);
  }
}

export function identityOf(m: Module): string {
  return m.secret + "-" + m.tag;
}

function isTrusted(m: Module): boolean {
  return m.trusted.substring(SECRET_SIZE) === "-" + m.tag;
}

function askList(m: Module): void {
  m.ids = [];
  m.counts[Kind.Face] = -1;
  m.counts[Kind.Palm] = -1;
  if (m.build.listing === Listing.Ids) query(m, Mid.GetAllUserIds, "", onAllIds);
  else query(m, Mid.GetAllUserIds, bytes1(m.build.listing === Listing.Bits ? 1 : 0), onFaces);
}

/** A number of ids in one byte, then the ids; the list may be padded. */
function onAllIds(m: Module, result: number, payload: string): void {
  if (result === Result.Ok && payload.length >= 1) {
    m.counts[Kind.Face] = 0;
    m.counts[Kind.Palm] = 0;
    takeIds(m, payload, 1, payload.charCodeAt(0));
    for (let i = 0; i < m.ids.length; i++) {
      const kind = kindOfId(m.build, m.ids[i]) === Kind.Palm ? Kind.Palm : Kind.Face;
      m.counts[kind] = m.counts[kind] + 1;
    }
  }
  sample(m, result);
}

function takeIds(m: Module, payload: string, from: number, count: number): void {
  for (let i = 0; i < count; i++) {
    const id = word(payload, from + i * 2);
    if (id > 0) m.ids.push(id);
  }
}

function onFaces(m: Module, result: number, payload: string): void {
  if (result === Result.Ok && payload.length >= 2) {
    if (m.build.listing === Listing.Bits) {
      takeBits(m, payload, 1);
      m.counts[Kind.Face] = m.ids.length;
    } else {
      m.counts[Kind.Face] = word(payload, 0);
      takeIds(m, payload, 2, Math.min(word(payload, 0), 255));
    }
  }
  if (result === Result.Silent) m.lost(m);
  else query(m, Mid.GetAllUserIds, bytes1(2), onPalms);
}

function onPalms(m: Module, result: number, payload: string): void {
  if (result === Result.Ok && payload.length >= 2) {
    const faces = m.ids.length;
    if (m.build.listing === Listing.Bits) takeBits(m, payload, m.build.palmFrom);
    m.counts[Kind.Palm] = m.build.listing === Listing.Bits ? m.ids.length - faces : word(payload, 0);
  }
  sample(m, result);
}

/** A number in one byte, then one bit an id, the lowest first. @param first the id of the first bit */
function takeBits(m: Module, payload: string, first: number): void {
  for (let i = 1; i < payload.length; i++) {
    let bits = payload.charCodeAt(i);
    for (let bit = 0; bits > 0; bit++) {
      if (bits % 2 === 1) m.ids.push(first + (i - 1) * 8 + bit);
      bits = Math.floor(bits / 2);
    }
  }
}

/** One template's name tells whether the templates are this lock's; where a serial number is read that is not needed. */
function sample(m: Module, result: number): void {
  if (result === Result.Silent) {
    m.lost(m);
    return;
  }
  m.emptied = m.counts[Kind.Face] === 0 && m.counts[Kind.Palm] === 0;
  if (m.build.serial < 0 && m.ids.length > 0) {
    m.id = m.ids[0];
    query(m, Mid.GetUserInfo, bytes2(m.id), onSample);
  } else {
    isRead(m);
  }
}

function onSample(m: Module, result: number, payload: string): void {
  if (result === Result.Silent) {
    m.lost(m);
    return;
  }
  if (result === Result.Ok && word(payload, 0) === m.id) {
    const name = nameIn(payload, 2);
    m.foreign = !isOurs(m.platform, m.secret, Kind.Face, name) && !isOurs(m.platform, m.secret, Kind.Palm, name);
  }
  isRead(m);
}

function isRead(m: Module): void {
  m.read = true;
  if (!m.pairing) judge(m);
  started(m);
}

/** @returns true while what the module says is believed */
export function isPaired(m: Module): boolean {
  return m.read && m.trusted !== "" && !m.swapped;
}

/** Told once when it becomes so, and once when it is over. A lock that trusts nobody yet is not surprised. */
export function judge(m: Module): void {
  const swapped = m.trusted !== "" && (!isTrusted(m) || m.foreign || (m.emptied && m.expected > 0));
  if (swapped === m.swapped) return;
  m.swapped = swapped;
  m.events.swapped(swapped);
}

/** A value that is none (a store that was damaged) leaves the module refused until it is paired anew. */
export function trust(m: Module, identity: string): void {
  m.trusted = identity;
  m.pairing = identity === "";
  if (m.pairing) {
    m.secret = newSecret(m.platform);
    for (let kind = 0; kind < m.halves.length; kind++) wishClear(m.halves[kind]);
  } else {
    m.secret = identity.substring(0, SECRET_SIZE);
    if (m.read) judge(m);
  }
}

/** The module has been emptied: from now on it is the lock's, with the next template under the new secret. */
export function finishPairing(m: Module): void {
  m.pairing = false;
  m.foreign = false;
  m.emptied = true;
  m.expected = 0;
  m.trusted = identityOf(m);
  m.events.identified(m.trusted);
  judge(m);
}
