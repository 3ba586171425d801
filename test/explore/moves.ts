import { BoltPosition, Key } from "../../hal/roles";
import { Command, Event, Pack, Part, Role, Sensor, Timer, Verdict, CodeKind } from "../../firmware/core/events";
import { matchAnswer } from "../../firmware/core/passcode/match";
import { Lock, MotorPhase, Origin, Phase, newLock } from "../../firmware/core/state";
import { Validity } from "../../firmware/core/users/validity";
import { isUser, newUsers } from "../../firmware/core/users/table";
import { newBoardLimits } from "../../firmware/limits";
import { Move } from "./graph";

/** A lock as new, its users' table there, with everything sensed as at rest. */
export function restingLock(): Lock {
  const s = newLock(newBoardLimits());
  s.users = newUsers();
  s.bolt = BoltPosition.Thrown;
  s.battery = 100;
  s.settings[1] = 0;
  return s;
}

/** A lock with administrator 1 (passcode) and user 2 (passcode, duress), its direction set. */
export function settledLock(): Lock {
  const s = restingLock();
  s.settings[0] = 1;
  s.users = "2001100000000" + "1000300000000" + s.users.substring(26);
  s.templates = "r011";
  s.initial = 0;
  return s;
}

function command(name: string, which: Command, operand: number[]): Move {
  return { name, event: Event.Command, arg: which, prepare: (s) => { operand.forEach((value, i) => { s.operand[i] = value; }); } };
}

function lit(s: Lock, key: number): boolean {
  return Math.floor(s.lit / 2 ** key) % 2 === 1;
}

/** A digit; the counts between the ones that matter are skipped. */
function digit(key: number): Move {
  return {
    name: `key ${key}`, event: Event.Key, arg: key, when: (s) => lit(s, key),
    prepare: (s) => {
      if (s.digits === 1 && s.phase !== Phase.Deleting) s.digits = 5;
      if (s.digits === 6) s.digits = s.phase === Phase.NewPasscode ? 9 : 19;
    },
  };
}

const key = (k: Key): Move => ({ name: `key ${k}`, event: Event.Key, arg: k });
const touch = (k: Key): Move => ({ name: `touch ${k}`, event: Event.Touched, arg: k });
const expired = (timer: Timer): Move => ({ name: `timer ${timer}`, event: Event.Expired, arg: timer });
const sensor = (name: string, event: Event, which: Sensor, value: number): Move =>
  ({ name: `${name} ${which}`, event, arg: which * Pack.Sensor + value });

/** The vault's answers come only when it was asked. */
function matched(name: string, answer: number): Move {
  return { name, event: Event.CodeMatched, arg: answer, when: (s) => (s.phase === Phase.Awake || s.phase === Phase.Verifying) && s.digits >= 6 };
}

/** Door, bolt and motor, and everybody who may wish something of them. */
export const BOLT_MOVES: Move[] = [
  { name: "bolt thrown", event: Event.Bolt, arg: BoltPosition.Thrown, when: (s) => s.bolt !== BoltPosition.Thrown },
  { name: "bolt between", event: Event.Bolt, arg: BoltPosition.Between, when: (s) => s.bolt !== BoltPosition.Between },
  { name: "bolt withdrawn", event: Event.Bolt, arg: BoltPosition.Withdrawn, when: (s) => s.bolt !== BoltPosition.Withdrawn },
  { name: "door open", event: Event.Door, arg: 1, when: (s) => s.doorOpen === 0 },
  { name: "door closed", event: Event.Door, arg: 0, when: (s) => s.doorOpen === 1 },
  { name: "handle", event: Event.Handle, arg: 1, when: (s) => s.handle === 0 },
  { name: "handle rests", event: Event.Handle, arg: 0, when: (s) => s.handle === 1 },
  { name: "lock button", event: Event.LockButton, arg: 1 },
  sensor("match", Event.Matched, Sensor.Finger, 1),
  command("unlock", Command.Unlock, []), command("lock", Command.Lock, []), command("away on", Command.Away, [1]), command("away off", Command.Away, [0]),
  expired(Timer.Motor), expired(Timer.Countdown), expired(Timer.Idle), expired(Timer.Granted),
  { name: "boot", event: Event.Boot, arg: 0, prepare: rebooted },
];

/** What a restart leaves: what is in flash, and what the switches say. */
export function rebooted(s: Lock): void {
  const fresh = newLock(s.board);
  const { users, settings, templates, temps, failures, stage, lockedOutS, armed, throwing, low, bolt, doorOpen, battery, quiet } = s;
  Object.assign(s, fresh, { users, settings, templates, temps, failures, stage, lockedOutS, armed, throwing, low, bolt, doorOpen, battery, quiet });
}

/** Credentials, failures and lockout. */
export const ATTEMPT_MOVES: Move[] = [
  touch(Key.None), key(Key.Ok), key(Key.Cancel), digit(4),
  { name: "hold 0", event: Event.Held, arg: 0 },
  { name: "set down", event: Event.Set, arg: 1, when: (s) => s.setHeld === 0 },
  { name: "set up", event: Event.Set, arg: 0, when: (s) => s.setHeld === 1 },
  matched("wrong code", 0),
  matched("administrator's code", matchAnswer(Validity.Valid, CodeKind.Passcode, 1, true)),
  matched("user's code", matchAnswer(Validity.Valid, CodeKind.Passcode, 2, true)),
  matched("duress code", matchAnswer(Validity.Valid, CodeKind.Duress, 2, true)),
  matched("expired code", matchAnswer(Validity.Expired, CodeKind.Passcode, 2, false)),
  sensor("unknown", Event.Unknown, Sensor.Finger, 0), sensor("gone", Event.Gone, Sensor.Finger, 0), sensor("match of nobody", Event.Matched, Sensor.Finger, 9),
  sensor("unreadable", Event.Unreadable, Sensor.Finger, 0),
  { name: "failures age", event: Event.Near, arg: Pack.Sensor, prepare: (s) => { s.failures = []; } },
  expired(Timer.Idle), expired(Timer.Session), expired(Timer.Lockout), expired(Timer.SetHold),
  { name: "bolt withdrawn", event: Event.Bolt, arg: BoltPosition.Withdrawn, when: (s) => s.motor === MotorPhase.Withdrawing },
  command("unlock", Command.Unlock, []), command("lockout end", Command.LockoutEnd, []),
  { name: "bluetooth key", event: Event.BluetoothKey, arg: 2 },
  { name: "remote unlock", event: Event.RemoteUnlock, arg: 0 },
];

/** The vault's judgement of a new passcode comes only when it was asked. */
const judged = (verdict: Verdict): Move =>
  ({ name: `judged ${verdict}`, event: Event.CodeJudged, arg: verdict, when: (s) => s.phase === Phase.NewPasscode && s.digits >= 6 });

/** The command and its judgement, between which nothing else happens. */
const passcodeSet: Move = {
  name: "passcode set 1, judged good", event: Event.CodeJudged, arg: Verdict.Good,
  when: (s) => isUser(s.users, 1) && s.phase !== Phase.NewPasscode && s.phase !== Phase.Enrolling,
  prepare: (s) => { Object.assign(s, { origin: Origin.Command, codeKind: CodeKind.Passcode, codeOwner: 1 }); },
};

/** Menus, enrolment and deletion, from a lock with two users. */
export const MENU_MOVES: Move[] = [
  touch(Key.None), digit(1), digit(2), digit(3), digit(4), digit(5), key(Key.Cancel), key(Key.Ok),
  { name: "set", event: Event.Set, arg: 0, prepare: (s) => { s.setTimed = 1; } },
  matched("administrator's code", matchAnswer(Validity.Valid, CodeKind.Passcode, 1, true)),
  matched("user's code", matchAnswer(Validity.Valid, CodeKind.Passcode, 2, true)),
  judged(Verdict.Good), judged(Verdict.Weak), judged(Verdict.Differs),
  sensor("placed", Event.Placed, Sensor.Finger, 1), sensor("enrolled", Event.Enrolled, Sensor.Finger, 3), sensor("failed", Event.EnrolFailed, Sensor.Finger, 1),
  { name: "said", event: Event.Said, arg: 0 },
  expired(Timer.Idle), expired(Timer.Session), expired(Timer.Enrol),
  sensor("again", Event.Again, Sensor.Finger, 0),
  command("delete 1", Command.DeleteUser, [1]), command("enrol", Command.Enrol, [2, Sensor.Finger]),
  command("user add", Command.AddUser, [1]), command("passcode set", Command.Passcode, [2]),
];

/** Installation, the first administrator, SET, pairing and factory reset, from a new lock. */
export const SET_MOVES: Move[] = [
  touch(Key.None), touch(Key.Cancel), digit(1), digit(2), key(Key.Cancel), key(Key.Ok),
  { name: "set down", event: Event.Set, arg: 1, when: (s) => s.setHeld === 0 },
  { name: "set up", event: Event.Set, arg: 0, when: (s) => s.setHeld === 1 },
  judged(Verdict.Good), judged(Verdict.Differs),
  matched("administrator's code", matchAnswer(Validity.Valid, CodeKind.Passcode, 1, true)),
  expired(Timer.Idle), expired(Timer.Pairing), expired(Timer.SetHold), expired(Timer.ResetHold),
  command("pair", Command.Pair, []), command("factory-reset", Command.FactoryReset, []),
  { ...command("user add", Command.AddUser, [Role.Admin]), when: (s) => !isUser(s.users, 1) }, passcodeSet,
  { name: "boot, SET held", event: Event.Boot, arg: 8, prepare: rebooted, when: (s) => s.phase === Phase.Asleep },
];

/** Power and faces, beside what unlocks. */
export const POWER_MOVES: Move[] = [
  touch(Key.None), key(Key.Ok), digit(4),
  ...[100, 15, 3].map((percent): Move => ({ name: `battery ${percent}`, event: Event.Battery, arg: percent, when: (s) => s.battery !== percent })),
  { name: "usb on", event: Event.Usb, arg: 1, when: (s) => s.usb === 0 },
  { name: "usb off", event: Event.Usb, arg: 0, when: (s) => s.usb === 1 },
  sensor("near", Event.Near, Sensor.Face, 0), sensor("unknown", Event.Unknown, Sensor.Face, 0), sensor("gone", Event.Gone, Sensor.Face, 0),
  matched("administrator's code", matchAnswer(Validity.Valid, CodeKind.Passcode, 1, true)),
  expired(Timer.Idle), expired(Timer.FaceLook), expired(Timer.Battery),
];

/** Alarms, silence, bell, and commands that change what is kept. */
export const ALARM_MOVES: Move[] = [
  touch(Key.None), touch(Key.Digit0), key(Key.Bell),
  { name: "hold 0", event: Event.Held, arg: 0 },
  { name: "rain", event: Event.Storm, arg: 0 },
  { name: "tamper open", event: Event.Tamper, arg: 1, when: (s) => s.tamperOpen === 0 },
  { name: "tamper closed", event: Event.Tamper, arg: 0, when: (s) => s.tamperOpen === 1 },
  { name: "door open", event: Event.Door, arg: 1, when: (s) => s.doorOpen === 0 },
  { name: "door closed", event: Event.Door, arg: 0, when: (s) => s.doorOpen === 1 },
  sensor("unknown", Event.Unknown, Sensor.Finger, 0), sensor("match", Event.Matched, Sensor.Finger, 1),
  expired(Timer.Idle), expired(Timer.Siren), expired(Timer.Bell), expired(Timer.Refusal), expired(Timer.DoorLeftOpen), expired(Timer.Lockout),
  command("alarm stop", Command.AlarmStop, []), command("away on", Command.Away, [1]), command("set", Command.Set, [4, 1]), command("clock", Command.Clock, []),
  command("user valid", Command.Valid, [2, 5, 6]), command("duress set", Command.Duress, [2]),
  command("temp add", Command.TempAdd, [0, 0, 0]), command("temp delete", Command.TempDelete, [1]),
];

/** Parts that fall silent, modules that are another's, and pairing them anew (A3, A4). */
export const PART_MOVES: Move[] = [
  touch(Key.None), key(Key.Ok),
  ...[Part.PalmFace, Part.Finger].flatMap((part): Move[] => [
    { name: `part ${part} silent`, event: Event.Silent, arg: part * 2 + 1 }, { name: `part ${part} back`, event: Event.Silent, arg: part * 2 },
    { name: `part ${part} swapped`, event: Event.Swapped, arg: part * 2 + 1 }, { name: `part ${part} ours`, event: Event.Swapped, arg: part * 2 },
    { name: `part ${part} unasked`, event: Event.Unasked, arg: part }, { name: `part ${part} paired`, event: Event.Paired, arg: part },
    command(`pair ${part}`, Command.PairModule, [part]),
  ]),
  sensor("near", Event.Near, Sensor.Face, 0), sensor("match", Event.Matched, Sensor.Face, 3), sensor("match", Event.Matched, Sensor.Finger, 1),
  sensor("enrolled", Event.Enrolled, Sensor.Finger, 3), command("enrol", Command.Enrol, [2, Sensor.Finger]),
  sensor("orphan", Event.Orphan, Sensor.Finger, 7), sensor("missing", Event.Missing, Sensor.Finger, 1), sensor("missing of nobody", Event.Missing, Sensor.Palm, 1),
  command("alarm stop", Command.AlarmStop, []),
  { name: "boot", event: Event.Boot, arg: 0, prepare: rebooted },
];

/** An administrator who can only open the menu with a finger. */
export function fingerOnlyLock(): Lock {
  const s = settledLock();
  s.users = "2001000000000" + s.users.substring(13);
  return s;
}

/** The users' table stays small: no more than these. */
export function fewUsers(s: Lock): boolean {
  return s.users.lastIndexOf("2") < 39 && s.users.lastIndexOf("1") < 39 && s.templates.length <= 4;
}
