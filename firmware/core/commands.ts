import { Sensor, Command, CodeKind, Journal, MenuLevel, Method, Put, Ask, Refusal, Reply, Role, Save, Setting, Timer } from "./events";
import { Out, note, say, stopTimer } from "./outputs";
import { Prompt } from "./prompts";
import { Lock, Origin, Phase } from "./state";
import { endAwayAlarm, stopSiren, watchDoor } from "./alarms";
import { leaveHome } from "./away";
import { disarm, grant, identified, refuse } from "./grant";
import { budgetReset } from "./lockout/budget";
import { attemptsSucceeded } from "./lockout/failures";
import { endLockout, refuseLocked } from "./lockout/lockout";
import { throwBolt } from "./locking";
import { addUser, deleteUser } from "./menu/credentials";
import { beginPasscode, enrol } from "./menu/opening";
import { pairModule } from "./parts";
import { factoryReset, startPairing } from "./setbutton";
import { Field, hasRoom, isUser, lowestFree, userField, withPeriod } from "./users/table";
import { isSensorOffered } from "./users/modules";
import { findTemp, freeTemp, withoutTemp } from "./users/temps";
import { userValidity } from "./users/validity";
import { enter, goDark } from "./wake";

/**
 * Commands of an authorised console or radio link, one function each; operands stand in
 * state.operand. @returns Reply; None when the answer comes later.
 */
type Act = (s: Lock, out: Out) => Reply;

function unlock(s: Lock, out: Out): Reply {
  if (s.lockedOutS > 0) {
    refuseLocked(s, out, Method.Command);
    return Reply.Locked;
  }
  grant(s, out, 0, Method.Command);
  return Reply.Ok;
}

function lock(s: Lock, out: Out): Reply {
  return throwBolt(s, out, Method.Command) ? Reply.Ok : Reply.DoorOpen;
}

/** L3, L6. */
function lockoutEnd(s: Lock, out: Out): Reply {
  endLockout(s, out, Method.Command);
  attemptsSucceeded(s, out);
  budgetReset(s, out);
  return Reply.Ok;
}

/** A1. */
function alarmStop(s: Lock, out: Out): Reply {
  stopSiren(s, out);
  endAwayAlarm(s, out);
  return Reply.Ok;
}

function pair(s: Lock, out: Out): Reply {
  if (s.lockedOutS > 0) return Reply.Locked;
  return startPairing(s, out) ? Reply.Ok : Reply.Off;
}

/** O7. operand 0: 1 on, 0 off. */
function away(s: Lock, out: Out): Reply {
  if (s.operand[0] === 1) return leaveHome(s, out, Method.Command) ? Reply.Ok : Reply.DoorOpen;
  disarm(s, out);
  return Reply.Ok;
}

/** C11: exists at once, without credentials. operand 0: role. */
function add(s: Lock, out: Out): Reply {
  const user = lowestFree(s.users);
  if (user === 0) return Reply.Full;
  if (s.fresh === 1 && s.subject === user) return Reply.Busy;
  addUser(s, out, user, s.operand[0]);
  out.put = Put.User;
  out.putUser = user;
  out.replyNumber = user;
  return Reply.Ok;
}

/** operand 0: user. A menu session of the deleted user, or about it, ends. */
function remove(s: Lock, out: Out): Reply {
  const user = s.operand[0];
  const reply = deleteUser(s, out, user);
  if (reply === Reply.Ok && (s.admin === user || s.subject === user)) goDark(s, out);
  return reply;
}

/** C10. operand 0: user, 1 and 2: minutes, both 0 for always. */
function valid(s: Lock, out: Out): Reply {
  const user = s.operand[0];
  if (!isUser(s.users, user)) return Reply.NoSuchUser;
  if (userField(s.users, user, Field.Role) === Role.Admin) return Reply.Value;
  s.users = withPeriod(s.users, user, s.operand[1], s.operand[2]);
  out.put = Put.User;
  out.putUser = user;
  note(out, Journal.Setting, user, 0);
  return Reply.Ok;
}

/** A credential is being made at the lock. */
function isMaking(s: Lock): boolean {
  return s.phase === Phase.NewPasscode || s.phase === Phase.Enrolling;
}

/** C6 to C8 for a code that the vault holds as first entry. operand 0: user. */
function code(s: Lock, out: Out, kind: CodeKind): Reply {
  if (isMaking(s)) return Reply.Busy;
  if (!isUser(s.users, s.operand[0])) return Reply.NoSuchUser;
  beginPasscode(s, Origin.Command, kind, s.operand[0]);
  out.ask = Ask.Judge;
  return Reply.None;
}

function passcode(s: Lock, out: Out): Reply {
  return code(s, out, CodeKind.Passcode);
}

function duress(s: Lock, out: Out): Reply {
  return code(s, out, CodeKind.Duress);
}

/** C11. operand 0: user, 1: sensor. */
function enrolFor(s: Lock, out: Out): Reply {
  const user = s.operand[0];
  const sensor: Sensor = s.operand[1];
  if (s.lockedOutS > 0) return Reply.Locked;
  if (!isUser(s.users, user)) return Reply.NoSuchUser;
  if (s.phase !== Phase.Asleep && s.phase !== Phase.Awake && s.phase !== Phase.Initial && s.phase !== Phase.Offering) return Reply.Busy;
  if (!isSensorOffered(s, sensor)) return Reply.Off;
  if (!hasRoom(s.users, user, sensor)) return Reply.Full;
  s.subject = user;
  s.fresh = 0;
  enter(s, out, Phase.Enrolling);
  s.origin = Origin.Command;
  out.menu = MenuLevel.Face + sensor;
  say(out, sensor === Sensor.Face ? Prompt.FaceStraight : sensor === Sensor.Palm ? Prompt.HoldPalm : Prompt.PlaceFinger);
  enrol(s, out, sensor);
  return Reply.Ok;
}

/** U6. operand 0 and 1: minutes, 2: uses or 0. The code is in the vault. */
function tempAdd(s: Lock, out: Out): Reply {
  if (isMaking(s)) return Reply.Busy;
  const id = freeTemp(s.temps);
  if (id === 0) return Reply.Full;
  beginPasscode(s, Origin.Command, CodeKind.Temporary, id);
  out.ask = Ask.Judge;
  return Reply.None;
}

/** operand 0: id. */
function tempDelete(s: Lock, out: Out): Reply {
  const id = s.operand[0];
  if (findTemp(s.temps, id) < 0) return Reply.NoSuchTemp;
  s.temps = withoutTemp(s.temps, id);
  out.put = Put.DropTemp;
  out.putUser = id;
  note(out, Journal.TempDeleted, 0, 0);
  return Reply.Ok;
}

/** operand 0: Setting, 1: value. */
function set(s: Lock, out: Out): Reply {
  const setting = s.operand[0];
  s.settings[setting] = s.operand[1];
  out.save = out.save | Save.Settings;
  note(out, Journal.Setting, 0, setting + 1);
  if (setting === Setting.Countdown && s.operand[1] === 0) stopTimer(out, Timer.Countdown);
  if (setting === Setting.DoorAlarm) watchDoor(s, out);
  if (setting === Setting.Direction && (s.phase === Phase.Installing || s.phase === Phase.ChoosingDirection)) goDark(s, out);
  return Reply.Ok;
}

function clockSet(_s: Lock, out: Out): Reply {
  note(out, Journal.Clock, 0, Method.Command);
  return Reply.Ok;
}

function reset(s: Lock, out: Out): Reply {
  factoryReset(s, out);
  return Reply.Ok;
}

/** In the order of Command. */
const ACTS: Act[] = [
  unlock, lock, lockoutEnd, alarmStop, pair, away, add, remove, valid,
  passcode, duress, enrolFor, tempAdd, tempDelete, set, clockSet, reset, pairModule,
];

export function onCommand(s: Lock, out: Out, command: Command): void {
  const reply = ACTS[command](s, out);
  if (reply !== Reply.None) out.reply = reply;
}

/** U1: a Bluetooth key. */
export function onBluetoothKey(s: Lock, out: Out, user: number): void {
  identified(s, out, user, Method.Bluetooth, userValidity(s, user));
}

/** U1, N1: only with remote-unlock on. */
export function onRemoteUnlock(s: Lock, out: Out): void {
  if (s.lockedOutS > 0) refuseLocked(s, out, Method.Remote);
  else if (s.critical === 1) refuse(out, Refusal.Critical, 0, Method.Remote, Prompt.BatteryCritical);
  else if (s.settings[Setting.RemoteUnlock] === 0) refuse(out, Refusal.Unknown, 0, Method.Remote, Prompt.TryAgain);
  else grant(s, out, 0, Method.Remote);
}
