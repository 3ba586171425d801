/** C2, C3, C5: five poses of a face, or a palm; a template that is not wanted any more does not stay. */
import { EnrolError, ReaderFact } from "../../roles";
import { checksDuplicates, Kind, kindOfId } from "./builds";
import { confirm, ID_MAX, readMatch } from "./confirm";
import { enrolData, enrolItgData, Mid, NO_ID, palmEnrolItgData, Pose, Result, verifyData, word } from "./frames";
import { since } from "./link";
import { isNotRecognised } from "./look";
import { newName } from "./names";
import { isPaired } from "./start";
import { Half, Mode, Module, Wait } from "./state";
import { ask, failed, keepWaiting, pause, query, resetThen, rest } from "./talk";

/** C2, in this order. The module itself asks for the middle first and takes the others in any order. */
const POSES = [Pose.Middle, Pose.Up, Pose.Down, Pose.Left, Pose.Right];

/** What the module is given for one pose, seconds; it is asked again until enrolMs are up. */
const POSE_S = 5;

/** An enrolment begins, or begins again. */
export function enrol(m: Module, kind: Kind): void {
  m.mode = Mode.Enrolling;
  m.kind = kind;
  m.steps = 0;
  m.before = m.ids;
  if (!isPaired(m) || !m.enabled || m.build.enrol[kind] < 0) {
    end(m, EnrolError.Failed);
    return;
  }
  m.name = newName(m.platform, m.secret, kind);
  m.dropName = m.name;
  m.dropKind = kind;
  resetThen(m, checksDuplicates(m.build.enrol[kind]) ? forgetPoses : askFirst);
}

function half(m: Module): Half {
  return m.halves[m.kind];
}

/** C5: this build keeps the same person twice, so somebody whom it recognises is refused before. */
function askFirst(m: Module): void {
  ask(m, Mid.Verify, verifyData(POSE_S), POSE_S * 1000 + Wait.Margin, 1, onAskedFirst);
}

function onAskedFirst(m: Module, result: number, payload: string): void {
  if (result === Result.Ok) {
    if (readMatchKind(m, payload) === m.kind) end(m, EnrolError.Duplicate);
    else tryAgain(m, askFirst);
  } else if (isNotRecognised(result)) {
    forgetPoses(m);
  } else if (result === Result.Timeout || result === Result.NotAlive) {
    tryAgain(m, askFirst);
  } else {
    end(m, EnrolError.Failed);
  }
}

/** The name of the enrolment under way stays. */
function readMatchKind(m: Module, payload: string): number {
  const name = m.name;
  const kind = readMatch(m, payload);
  m.name = name;
  return kind;
}

function forgetPoses(m: Module): void {
  if (m.build.poses && m.kind === Kind.Face) query(m, Mid.FaceReset, "", onForgotten);
  else sendStep(m);
}

function onForgotten(m: Module, result: number, _payload: string): void {
  if (result === Result.Silent) m.lost(m);
  else sendStep(m);
}

function sendStep(m: Module): void {
  const mid = m.build.enrol[m.kind];
  ask(m, mid, stepData(m, mid), POSE_S * 1000 + Wait.Margin, 1, onStep);
}

function stepData(m: Module, mid: number): string {
  const poses = m.kind === Kind.Face && m.build.poses;
  const pose = m.kind === Kind.Palm ? Pose.Palm : poses ? POSES[m.steps] : Pose.None;
  if (mid === Mid.PalmEnrolItg) return palmEnrolItgData(m.name, POSE_S);
  if (mid === Mid.EnrolItg) return enrolItgData(m.name, pose, poses ? 0 : 1, POSE_S);
  return enrolData(m.name, pose, POSE_S);
}

function onStep(m: Module, result: number, payload: string): void {
  if (result === Result.Ok) onStepDone(m, payload);
  else if (result === Result.Enrolled || result === Result.PalmEnrolled) end(m, EnrolError.Duplicate);
  else if (result === Result.Full) end(m, EnrolError.Full);
  else if (result === Result.Timeout || result === Result.NotAlive || isNotRecognised(result)) tryAgain(m, sendStep);
  else if (result === Result.Silent) resetThen(m, askStored);
  // BadParameter: the module has lost the poses before; the others: it cannot enrol.
  else end(m, EnrolError.Failed);
}

function tryAgain(m: Module, step: (m: Module) => void): void {
  if (since(m.beganAt, m.platform.now()) >= m.enrolMs) {
    end(m, EnrolError.Timeout);
    return;
  }
  half(m).events.told(ReaderFact.Again, 0);
  if (half(m).enrol) pause(m, Wait.BetweenLooks, step);
}

function onStepDone(m: Module, payload: string): void {
  const id = word(payload, 0);
  if (id === NO_ID) {
    onPose(m, payload.length >= 3 ? payload.charCodeAt(2) : 0);
    return;
  }
  if (id <= 0 || id > ID_MAX) end(m, EnrolError.Failed);
  else onId(m, id);
}

function onId(m: Module, id: number): void {
  // Stored: until it is confirmed it is one that must not stay.
  m.id = id;
  m.dropId = id;
  const kind = kindOfId(m.build, id);
  if (kind >= 0 && kind !== m.kind) {
    // A build that enrols whatever it sees has seen the other: away with it, and once more.
    half(m).events.told(ReaderFact.Again, 0);
    if (half(m).enrol) rest(m, Wait.BetweenLooks);
  } else {
    confirm(m, onStored, onNotStored);
  }
}

/** The answer was lost. If it was the last one, whoever stands there is recognised under the new name. */
function askStored(m: Module): void {
  ask(m, Mid.Verify, verifyData(POSE_S), POSE_S * 1000 + Wait.Margin, 1, onAskedStored);
}

function onAskedStored(m: Module, result: number, payload: string): void {
  const name = m.name;
  const kind = result === Result.Ok ? readMatch(m, payload) : -1;
  const stored = kind === m.kind && m.name === name;
  m.name = name;
  if (stored) onId(m, m.id);
  else end(m, EnrolError.Failed);
}

/** One pose is done. @param done the poses that the module has, by its own account */
function onPose(m: Module, done: number): void {
  if (m.kind === Kind.Face && m.build.poses && (done & POSES[m.steps]) === 0) {
    // The answer to the pose before has come twice.
    keepWaiting(m, m.build.enrol[m.kind]);
    return;
  }
  m.steps = m.steps + 1;
  if (m.steps >= POSES.length) {
    end(m, EnrolError.Failed);
    return;
  }
  half(m).events.told(ReaderFact.Placed, m.steps);
  if (half(m).enrol) pause(m, Wait.BetweenLooks, sendStep);
}

function onStored(m: Module): void {
  const one = half(m);
  m.dropId = -1;
  m.errors = 0;
  m.expected = m.expected + 1;
  m.ids.push(m.id);
  one.enrol = false;
  rest(m, 1);
  one.events.told(ReaderFact.Enrolled, m.id);
}

function onNotStored(m: Module): void {
  end(m, EnrolError.Failed);
}

/** Ended without a template; what the module remembers of it goes. */
function end(m: Module, error: EnrolError): void {
  const one = half(m);
  one.enrol = false;
  if (m.read) resetThen(m, forget);
  else rest(m, 1);
  one.events.told(ReaderFact.EnrolFailed, error);
}

/** The lock does not want it any more (K2, C2: 60 s). Whatever is stored of it is removed. */
export function giveUp(m: Module): void {
  resetThen(m, forget);
}

function forget(m: Module): void {
  if (m.kind === Kind.Face && m.build.poses) query(m, Mid.FaceReset, "", onForgot);
  else rest(m, 1);
}

function onForgot(m: Module, result: number, _payload: string): void {
  if (result === Result.Silent) failed(m);
  else rest(m, 1);
}
