/** One command at a time, with the time it may take; pauses; and the RESET that comes before every job. */
import { encode, Mid, Result } from "./frames";
import { Answer, ERRORS_MOST, Mode, Module, Step, Wait } from "./state";

/** Jobs look at people and may take long. */
export function isJob(mid: number): boolean {
  return mid === Mid.Verify || mid === Mid.Enrol || mid === Mid.EnrolSingle || mid === Mid.EnrolItg || mid === Mid.PalmEnrolItg;
}

export function onTimer(m: Module): void {
  if (m.pending < 0) {
    m.afterPause(m);
  } else if (m.tries > 1) {
    m.tries = m.tries - 1;
    m.link.uart.write(m.request);
    m.timer.start(m.waitMs);
  } else {
    // The module may still be at it: the RESET to come has to break it off.
    if (isJob(m.pending)) m.aborted = m.pending;
    m.pending = -1;
    m.answer(m, Result.Silent, "");
  }
}

/** @param tries in all; a job (verify, enrol) is never sent twice */
export function ask(m: Module, mid: number, data: string, waitMs: number, tries: number, answer: Answer): void {
  m.pending = mid;
  m.request = encode(mid, data);
  m.waitMs = waitMs;
  m.tries = tries;
  m.answer = answer;
  m.link.uart.write(m.request);
  m.timer.start(waitMs);
}

/** A short command: a second for the answer, three tries. */
export function query(m: Module, mid: number, data: string, answer: Answer): void {
  ask(m, mid, data, Wait.Reply, 3, answer);
}

/** The answer just taken was to an earlier command with the same id: go on waiting for the right one. */
export function keepWaiting(m: Module, mid: number): void {
  m.pending = mid;
  m.timer.start(m.waitMs);
}

export function pause(m: Module, ms: number, then: Step): void {
  m.pending = -1;
  m.afterPause = then;
  m.timer.start(ms);
}

/** Nothing to do for a while; whatever is wished meanwhile begins at once. */
export function rest(m: Module, ms: number): void {
  m.mode = Mode.Resting;
  pause(m, ms, m.next);
}

/** RESET comes before every job: the module would swallow a second one without a word. */
export function resetThen(m: Module, then: Step): void {
  if (isJob(m.pending)) m.aborted = m.pending;
  m.afterReset = then;
  query(m, Mid.Reset, "", onReset);
}

function onReset(m: Module, result: number, _payload: string): void {
  if (result === Result.Silent) m.lost(m);
  else if (m.aborted >= 0) pause(m, Wait.Grace, endGrace);
  else m.afterReset(m);
}

/** The job that was broken off has had its time to answer. */
function endGrace(m: Module): void {
  m.aborted = -1;
  m.afterReset(m);
}

/** A job went wrong: try again, and after some times start the module anew. */
export function failed(m: Module): void {
  m.errors = m.errors + 1;
  if (m.errors >= ERRORS_MOST) m.lost(m);
  else rest(m, Wait.Reply);
}
