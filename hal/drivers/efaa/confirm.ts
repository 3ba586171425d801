/**
 * A template is believed when two answers agree in its id and its name: the one that named it, and
 * GETUSERINFO; or a second look, where the build answers no questions about palms. Then the module
 * shows its serial number once more, where it has one.
 */
import { Kind, kindOfMatch } from "./builds";
import { bytes2, Mid, nameIn, NO_ID, Result, verifyData, word } from "./frames";
import { since } from "./link";
import { serialTag } from "./names";
import { readAgain } from "./session";
import { Module, PalmInfo, Step, Wait } from "./state";
import { ask, query, resetThen } from "./talk";

/** What a match says. @returns the kind, -1 if it is none that can be believed; m.id and m.name are set */
export function readMatch(m: Module, payload: string): number {
  // id 2, name 32, then administrator and unlock status where the build has them, one more byte in some.
  if (payload.length < 34 || payload.length > 37) return -1;
  const id = word(payload, 0);
  if (id === 0 || id > ID_MAX || id === NO_ID) return -1;
  m.id = id;
  m.name = nameIn(payload, 2);
  return kindOfMatch(m.build, id, payload.length >= 36 ? payload.charCodeAt(35) : -1);
}

/** The lock keeps a template's number in twelve bits. */
export const ID_MAX = 4095;

/**
 * Asks about m.id, which m.name was said of, and goes on with `agreed` or with `differed`.
 * @param agreed reads m.kind, m.id, m.name
 */
export function confirm(m: Module, agreed: Step, differed: Step): void {
  m.agreed = agreed;
  m.differed = differed;
  if (m.kind === Kind.Face || m.palmInfo !== PalmInfo.No) query(m, Mid.GetUserInfo, bytes2(m.id), onInfo);
  else lookAgain(m);
}

function onInfo(m: Module, result: number, payload: string): void {
  if (result === Result.UnknownUser && m.kind === Kind.Palm && m.palmInfo === PalmInfo.NotKnown) {
    lookAgain(m);
  } else if (result === Result.Silent) {
    m.lost(m);
  } else if (result === Result.Ok && word(payload, 0) === m.id && nameIn(payload, 2) === m.name) {
    if (m.kind === Kind.Palm) m.palmInfo = PalmInfo.Yes;
    askWhoItIs(m);
  } else {
    m.differed(m);
  }
}

/** Whoever was there a moment ago still is. */
const AGAIN_S = 3;

function lookAgain(m: Module): void {
  resetThen(m, verifyAgain);
}

function verifyAgain(m: Module): void {
  m.sentAt = m.platform.now();
  ask(m, Mid.Verify, verifyData(AGAIN_S), AGAIN_S * 1000 + Wait.Margin, 1, onAgain);
}

/** An answer that comes at once is the first one come twice, and no second look. */
function onAgain(m: Module, result: number, payload: string): void {
  const kind = m.kind;
  const id = m.id;
  const name = m.name;
  if (result === Result.Silent) {
    m.lost(m);
    return;
  }
  const looked = since(m.sentAt, m.platform.now()) >= Wait.Instant;
  const same = result === Result.Ok && readMatch(m, payload) === kind && m.id === id && m.name === name;
  if (!same || !looked) {
    m.differed(m);
    return;
  }
  // It does know this palm: it is the question that it does not.
  m.palmInfo = PalmInfo.No;
  askWhoItIs(m);
}

/** A4: the names could have been copied into another module, whose start nobody heard. */
function askWhoItIs(m: Module): void {
  if (m.build.serial < 0) m.agreed(m);
  else query(m, m.build.serial, "", onWhoItIs);
}

function onWhoItIs(m: Module, result: number, payload: string): void {
  if (result === Result.Silent) m.lost(m);
  else if (tagIn(m, result, payload) === m.tag) m.agreed(m);
  else readAgain(m);
}

/** What the answer about the serial number comes to. */
export function tagIn(m: Module, result: number, payload: string): string {
  return serialTag(m.platform, result === Result.Ok ? nameIn(payload.substring(0, m.build.serialLength), 0) : "");
}
