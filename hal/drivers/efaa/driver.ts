/** One module, two roles: a face reader and a palm reader (hal/roles.ts). See README.md. */
import { Platform, Pull } from "../../ports";
import { EnrolError, PalmFaceEvents, PalmFaceModule, Reader, ReaderEvents, ReaderFact } from "../../roles";
import { InPin, Level, NotWired, OutPin, UartPort } from "../../wires";
import { BuildName, buildNamed, Kind, kindOfId } from "./builds";
import { enrol, giveUp } from "./enrol";
import { bytes1, Mid, Result } from "./frames";
import { keep, wantsToKeep } from "./keep";
import { newLink } from "./link";
import { leave, look, onState, stopLooking, wantsToLook } from "./look";
import { newSecret } from "./names";
import { removeNext, wantsToRemove, wishClear, wishRemoval } from "./remove";
import { down, endEnrolments, onFrame, powerDown, powerUp } from "./session";
import { finishPairing, identify, identityOf, isPaired, trust } from "./start";
import { Half, Mode, Module, PalmInfo, Wait } from "./state";
import { onTimer, pause, query, rest } from "./talk";

export interface EfAaOptions {
  /** 115 200 baud. */
  uart: UartPort;
  build: BuildName;
  /** Output that switches the supply, 1 = on; -1 = always on. @atReset low */
  powerPin: OutPin | NotWired;
  /** Proximity output of the module (or a sensor beside it); -1 = none. */
  nearPin: InPin | NotWired;
  /** The level that says "somebody is near". */
  nearLevel: Level;
  /** The supply goes off after this time without work, ms. @asType integer @minimum 1000 @maximum 60000 */
  idleMs: number;
  /** How long the module looks in one go, s. @asType integer @minimum 3 @maximum 60 */
  lookS: number;
}

export const enum Colour { Green, Red, White }

export interface EfAa extends PalmFaceModule {
  /** The module's own LED, where the build has one. */
  light(colour: Colour, on: boolean): void;
  /** What the module calls its version, printable, up to 32 characters. */
  version(): string;
  /** Templates of a kind when the module started, -1 where it did not say. */
  count(kind: Kind): number;
  /** Ids of a kind, as far as the build lists them, kept up with what was enrolled and removed since. */
  ids(kind: Kind): number[];
  /** What the driver is doing. */
  mode(): Mode;
  /** Frames with a wrong check byte so far. */
  badFrames(): number;
}

export function newEfAa(platform: Platform, options: EfAaOptions, events: PalmFaceEvents): EfAa {
  const m = newModule(platform, options, events);
  m.halves.push(newHalf(platform, Kind.Face, events.face));
  m.halves.push(newHalf(platform, Kind.Palm, events.palm));
  if (options.nearPin >= 0) watchNear(m, options.nearPin, options.nearLevel);
  // The lock says whom to trust before the module is spoken to.
  pause(m, 1, powerUp);
  return {
    face: newReader(m, m.halves[Kind.Face]),
    palm: newReader(m, m.halves[Kind.Palm]),
    identity: () => m.read ? identityOf(m) : "",
    trust: (identity) => {
      if (identity === "") forgetTemplates(m);
      trust(m, identity);
      kick(m);
    },
    expect: (templates) => { m.expected = templates; },
    enable: (on) => {
      m.enabled = on;
      kick(m);
    },
    light: (colour, on) => {
      m.colour = colour;
      m.lit = on;
      m.ledSent = false;
      kick(m);
    },
    version: () => m.version,
    count: (kind) => m.counts[kind],
    ids: (kind) => idsOf(m, kind),
    mode: () => m.mode,
    badFrames: () => m.link.bad,
  };
}

function newModule(platform: Platform, options: EfAaOptions, events: PalmFaceEvents): Module {
  const m: Module = {
    platform, events, build: buildNamed(options.build), idleMs: options.idleMs, lookS: options.lookS, enrolMs: 60000,
    supply: options.powerPin < 0 ? null : platform.output(options.powerPin, 0),
    halves: [],
    timer: platform.timer(() => { onTimer(m); }),
    link: newLink(platform, options.uart, (mid, data) => { onFrame(m, mid, data, onState); }),
    mode: Mode.Starting, powered: options.powerPin < 0, enabled: true, next, lost: down, identify,
    pending: -1, request: "", waitMs: 0, tries: 0, answer: ignore, afterPause: next, afterReset: next, aborted: -1,
    lastMid: -1, lastPayload: "", lastAt: 0,
    silent: false, backoffMs: Wait.Reply, errors: 0,
    secret: newSecret(platform), trusted: "", expected: 0, tag: "", read: false, rereads: 0,
    pairing: false, swapped: false, emptied: false, foreign: false, version: "", counts: [-1, -1], ids: [],
    doubts: [], denials: 0, kind: Kind.Face, id: 0, name: "", agreed: next, differed: next, palmInfo: PalmInfo.NotKnown,
    near: false, sentAt: 0, noted: -1, lively: false,
    steps: 0, beganAt: 0, before: [], dropId: -1, dropName: "", dropKind: Kind.Face, cleared: 0,
    colour: 0, lit: false, ledSent: true,
  };
  return m;
}

function ignore(_m: Module, _result: number, _payload: string): void {
  return;
}

function newHalf(platform: Platform, kind: Kind, events: ReaderEvents): Half {
  const half: Half = {
    kind, events, looking: false, present: false, judged: false, cameAt: 0, left: platform.timer(() => { leave(half); }),
    removals: [], clear: false, enrol: false, kept: null,
  };
  return half;
}

function idsOf(m: Module, kind: Kind): number[] {
  const ids: number[] = [];
  for (let i = 0; i < m.ids.length; i++) {
    const own = kindOfId(m.build, m.ids[i]);
    if (own < 0 || own === kind) ids.push(m.ids[i]);
  }
  return ids;
}

/** U2: a hand or a face has come near; which of them, the module will say. */
function watchNear(m: Module, pin: number, level: number): void {
  const far = m.platform.timer(() => {
    m.near = false;
    kick(m);
  });
  m.platform.input(pin, Pull.None, (now) => {
    if (now !== level || !m.enabled) return;
    far.start(Wait.Near);
    m.near = true;
    m.halves[m.build.enrol[Kind.Face] < 0 ? Kind.Palm : Kind.Face].events.told(ReaderFact.Near, 0);
    kick(m);
  });
}

function newReader(m: Module, half: Half): Reader {
  return {
    look: (on) => {
      half.looking = on;
      kick(m);
    },
    keep: (templates) => { half.kept = templates; },
    enrol: () => { beginEnrolment(m, half); },
    cancel: () => {
      if (!half.enrol) return;
      half.enrol = false;
      if (m.mode === Mode.Enrolling && m.kind === half.kind) giveUp(m);
    },
    remove: (template) => {
      wishRemoval(half, template);
      kick(m);
    },
    removeAll: () => {
      wishClear(half);
      kick(m);
    },
  };
}

/** While the module does not answer there is nothing to wait for. */
function beginEnrolment(m: Module, half: Half): void {
  if (half.enrol && m.mode === Mode.Enrolling && m.kind === half.kind) giveUp(m);
  if (m.mode === Mode.Down || m.swapped || !m.enabled) {
    half.enrol = false;
    half.events.told(ReaderFact.EnrolFailed, EnrolError.Failed);
    return;
  }
  half.enrol = true;
  m.beganAt = m.platform.now();
  kick(m);
}

/** A template under the secret of before would be of no use, and none is to be kept. */
function forgetTemplates(m: Module): void {
  m.halves[Kind.Face].kept = null;
  m.halves[Kind.Palm].kept = null;
  if (m.mode === Mode.Enrolling) giveUp(m);
  endEnrolments(m);
}

function wantsToEnrol(m: Module): boolean {
  return m.halves[Kind.Face].enrol || m.halves[Kind.Palm].enrol;
}

/** Nothing is removed from a module that is not ours, and nobody looked for in it. */
function hasWork(m: Module): boolean {
  if (m.pairing) return true;
  if (m.read && !isPaired(m)) return wantsToEnrol(m);
  return wantsToRemove(m) || wantsToKeep(m) || wantsToEnrol(m) || wantsToLook(m) || (m.build.led && !m.ledSent);
}

/** A wish has changed. */
function kick(m: Module): void {
  if (m.mode === Mode.Resting) {
    next(m);
  } else if (m.mode === Mode.Off) {
    if (hasWork(m)) powerUp(m);
  } else if (m.mode === Mode.Looking) {
    const other = wantsToRemove(m) || wantsToEnrol(m);
    if (other || !wantsToLook(m)) stopLooking(m);
  }
}

/** Nothing is under way: what comes next? */
function next(m: Module): void {
  if (m.mode === Mode.Off) {
    if (hasWork(m)) powerUp(m);
    return;
  }
  if (!hasWork(m)) idle(m);
  else if (m.pairing) pairNext(m);
  else if (isPaired(m) && wantsToKeep(m) && !wantsToRemove(m)) keep(m);
  else if (wantsToEnrol(m) && !(isPaired(m) && wantsToRemove(m))) enrol(m, m.halves[Kind.Face].enrol ? Kind.Face : Kind.Palm);
  else if (wantsToRemove(m)) removeNext(m);
  else if (wantsToLook(m)) look(m);
  else lightUp(m);
}

function pairNext(m: Module): void {
  if (wantsToRemove(m)) {
    removeNext(m);
    return;
  }
  finishPairing(m);
  rest(m, 1);
}

function lightUp(m: Module): void {
  m.mode = Mode.Busy;
  m.ledSent = true;
  query(m, Mid.Led, bytes1(m.colour) + bytes1(m.lit ? 0 : 1), onLit);
}

function onLit(m: Module, result: number, _payload: string): void {
  if (result === Result.Silent) down(m);
  else rest(m, 1);
}

function idle(m: Module): void {
  m.mode = Mode.Resting;
  if (m.supply === null || m.lit) m.timer.stop();
  else pause(m, m.idleMs, powerDown);
}
