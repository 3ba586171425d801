/** The module's supply, its start and its silences, and what it says unasked. */
import { EnrolError, ReaderFact } from "../../roles";
import { Mid, Nid, NO_ID, Result, word } from "./frames";
import { since } from "./link";
import { Mode, Module, Wait } from "./state";
import { ask, isJob, pause, query, resetThen } from "./talk";

/** @param onState takes the state in a note about who is seen */
export function onFrame(m: Module, mid: number, data: string, onState: (m: Module, state: number) => void): void {
  if (mid === Mid.Note && data.length > 0) {
    const nid = data.charCodeAt(0);
    if (nid === Nid.Ready && data.length <= 2) onReady(m);
    else if (nid === Nid.FaceState && data.length === 17) onState(m, data.charCodeAt(1) + data.charCodeAt(2) * 256);
  } else if (mid === Mid.Reply && data.length >= 2) {
    onReply(m, data.charCodeAt(0), data.charCodeAt(1), data.substring(2));
  }
}

function onReply(m: Module, mid: number, result: number, payload: string): void {
  if (mid === m.pending) {
    m.timer.stop();
    m.pending = -1;
    if (isJob(mid)) {
      m.lastMid = mid;
      m.lastPayload = payload;
      m.lastAt = m.platform.now();
    }
    m.answer(m, result, payload);
  } else if (isJob(mid) && result === Result.Ok) {
    onUnasked(m, mid, payload);
  }
}

/** A4. The late answer of a job that was broken off, or an answer that came twice, is none. */
function onUnasked(m: Module, mid: number, payload: string): void {
  if (mid === m.lastMid && payload === m.lastPayload && since(m.lastAt, m.platform.now()) < Wait.Grace) return;
  if (mid !== m.aborted) {
    m.events.unasked();
  } else if (mid !== Mid.Verify) {
    const id = word(payload, 0);
    if (id > 0 && id !== NO_ID) m.dropId = id;
  }
}

/** The module has started: because it was given power, or by itself. */
function onReady(m: Module): void {
  if (m.powered) readAgain(m);
}

/** What was read of the module may not be so any more: all of it is read anew. */
export function readAgain(m: Module): void {
  if (m.mode === Mode.Enrolling) endEnrolments(m);
  up(m);
}

export function powerUp(m: Module): void {
  m.mode = Mode.Starting;
  m.read = false;
  if (m.supply === null) {
    askStatus(m);
    return;
  }
  m.supply.write(1);
  m.powered = true;
  pause(m, Wait.Boot, askStatus);
}

/** No READY was heard: the module has been running all the time, or sent it before anybody listened. */
function askStatus(m: Module): void {
  query(m, Mid.GetStatus, "", onStatus);
}

/** 0 idle, 1 busy (RESET will end that); with anything else it cannot work yet. */
function onStatus(m: Module, result: number, payload: string): void {
  if (result === Result.Ok && payload.length >= 1 && payload.charCodeAt(0) <= 1) up(m);
  else down(m);
}

function up(m: Module): void {
  m.timer.stop();
  m.mode = Mode.Starting;
  m.read = false;
  m.pending = -1;
  m.aborted = -1;
  m.ledSent = !m.lit;
  resetThen(m, m.identify);
}

/** The module has told all that is to be known of it, and works. */
export function started(m: Module): void {
  m.backoffMs = Wait.Reply;
  m.mode = Mode.Resting;
  if (m.silent) {
    m.silent = false;
    for (let kind = 0; kind < m.halves.length; kind++) m.halves[kind].events.silent(false);
  }
  m.next(m);
}

function cut(m: Module): void {
  if (m.supply === null) return;
  m.supply.write(0);
  m.powered = false;
}

/** A3: the module does not answer; it is tried again after growing pauses. */
export function down(m: Module): void {
  m.mode = Mode.Down;
  m.aborted = -1;
  m.errors = 0;
  m.read = false;
  cut(m);
  pause(m, m.backoffMs, powerUp);
  m.backoffMs = Math.min(m.backoffMs * 2, Wait.BackoffMost);
  endEnrolments(m);
  if (m.silent) return;
  m.silent = true;
  for (let kind = 0; kind < m.halves.length; kind++) m.halves[kind].events.silent(true);
}

/** An enrolment cannot outlive the module's memory of the poses. */
export function endEnrolments(m: Module): void {
  for (let kind = 0; kind < m.halves.length; kind++) {
    const half = m.halves[kind];
    if (!half.enrol) continue;
    half.enrol = false;
    half.events.told(ReaderFact.EnrolFailed, EnrolError.Failed);
  }
}

/** POWERDOWN, its answer, and only then the supply. */
export function powerDown(m: Module): void {
  m.mode = Mode.Busy;
  ask(m, Mid.PowerDown, "", Wait.Reply, 1, onPoweredDown);
}

function onPoweredDown(m: Module, _result: number, _payload: string): void {
  cut(m);
  m.read = false;
  pause(m, Wait.Off, isOff);
}

function isOff(m: Module): void {
  m.mode = Mode.Off;
  m.next(m);
}
