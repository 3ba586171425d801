/** Rules that no bench word reaches, or that a story would not show: the core by itself, step by step. */
import { BoltPosition, Direction, Key } from "../../hal/roles";
import { Alarm, CodeKind, Command, Event, Journal, Method, Pack, Part, Refusal, Sensor, Setting, Timer } from "./events";
import { step } from "./lock";
import { Out, newOut } from "./outputs";
import { matchAnswer } from "./passcode/match";
import { Prompt } from "./prompts";
import { FromInside, Lock, MotorPhase, Phase } from "./state";
import { Validity } from "./users/validity";
import { settledLock } from "../../test/explore/moves";

function after(s: Lock, event: Event, arg: number): Out {
  const out = newOut();
  step(s, out, event, arg);
  return out;
}

const kinds = (out: Out): number[] => out.noteKind.slice(0, out.notes);
const unknownFinger = (s: Lock): Out => {
  after(s, Event.Gone, Sensor.Finger * Pack.Sensor);
  return after(s, Event.Unknown, Sensor.Finger * Pack.Sensor);
};

function lockedOut(): Lock {
  const s = settledLock();
  for (let i = 0; i < 5; i++) unknownFinger(s);
  expect(s.lockedOutS).toBe(180);
  return s;
}

test("L1: the fifth failure within five minutes, to the second", () => {
  for (const [lastS, locked] of [[299, true], [300, false]] as const) {
    const s = settledLock();
    for (const atS of [0, 10, 20, 30, lastS]) {
      s.nowS = atS;
      unknownFinger(s);
    }
    expect(s.lockedOutS > 0).toBe(locked);
  }
});

test("L2: refusals during a lockout are one event in ten seconds", () => {
  const s = lockedOut();
  expect(kinds(unknownFinger(s))).toEqual([Journal.Refuse]);
  expect(kinds(unknownFinger(s))).toEqual([]);
  after(s, Event.Expired, Timer.Refusal);
  expect(kinds(unknownFinger(s))).toEqual([Journal.Refuse]);
});

test("L4: with the protection off failures are counted and lock nothing, and never more than four are kept", () => {
  const s = settledLock();
  s.settings[Setting.Protection] = 0;
  for (let i = 0; i < 9; i++) unknownFinger(s);
  expect(s.lockedOutS).toBe(0);
  expect(s.failures.length).toBe(4);
});

test("U1, L2, B3: a Bluetooth key opens like any credential, and is refused like one", () => {
  expect(after(settledLock(), Event.BluetoothKey, 2).grant).toBe(Method.Bluetooth);
  expect(after(lockedOut(), Event.BluetoothKey, 2)).toMatchObject({ grant: 0, refuse: Refusal.Locked });
  const s = settledLock();
  after(s, Event.Battery, 3);
  expect(after(s, Event.BluetoothKey, 2)).toMatchObject({ grant: 0, refuse: Refusal.Critical });
  expect(after(s, Event.Matched, Sensor.Finger * Pack.Sensor + 1).grant).toBe(Method.Finger);
  expect(after(settledLock(), Event.BluetoothKey, 9)).toMatchObject({ grant: 0, refuse: Refusal.Unknown });
});

test("U1: an unlock over the network only with remote-unlock on, and not in a lockout", () => {
  const s = settledLock();
  expect(after(s, Event.RemoteUnlock, 0).grant).toBe(0);
  s.settings[Setting.RemoteUnlock] = 1;
  expect(after(s, Event.RemoteUnlock, 0).grant).toBe(Method.Remote);
  const locked = lockedOut();
  locked.settings[Setting.RemoteUnlock] = 1;
  expect(after(locked, Event.RemoteUnlock, 0)).toMatchObject({ grant: 0, refuse: Refusal.Locked });
});

test("B3, M3: no radio on an empty battery; and a Bluetooth key is no credential that opens the menu", () => {
  const s = settledLock();
  s.settings[Setting.RemoteUnlock] = 1;
  after(s, Event.Battery, 3);
  expect(after(s, Event.RemoteUnlock, 0)).toMatchObject({ grant: 0, refuse: Refusal.Critical });
  const verifying = settledLock();
  verifying.setTimed = 1;
  after(verifying, Event.Set, 0);
  expect(verifying.phase).toBe(Phase.Verifying);
  expect(after(verifying, Event.BluetoothKey, 1).grant).toBe(Method.Bluetooth);
  expect(verifying.admin).toBe(0);
});

test("M7, K5: an item is said again as often as something else cut it off, and then the next one", () => {
  const s = settledLock();
  s.setTimed = 1;
  after(s, Event.Set, 0);
  s.digits = 6;
  after(s, Event.CodeMatched, matchAnswer(Validity.Valid, CodeKind.Passcode, 1, true));
  expect(after(s, Event.Key, 5).voice).toBe(Prompt.SerialNumber);
  after(s, Event.Key, Key.Bell);
  after(s, Event.Expired, Timer.Bell);
  expect(after(s, Event.Key, Key.Bell).voice).toBe(Prompt.Chime);
  expect(after(s, Event.Said, 0).voice).toBe(Prompt.SerialNumber);
  expect(after(s, Event.Said, 0).voice).toBe(Prompt.FirmwareVersion);
});

test("U8, O4: a wish to lock that waits is dropped when the door opens", () => {
  const s = settledLock();
  after(s, Event.Command, Command.Unlock);
  after(s, Event.Command, Command.Lock);
  expect(s.want).toBe(Direction.Throw);
  after(s, Event.Door, 1);
  expect(s.want).toBe(0);
});

test("O1: a door opened after a grant was not opened from inside", () => {
  const s = settledLock();
  s.fromInside = FromInside.Opened;
  after(s, Event.Command, Command.Unlock);
  after(s, Event.Bolt, BoltPosition.Withdrawn);
  after(s, Event.Door, 1);
  after(s, Event.Door, 0);
  expect(s.phase).toBe(Phase.Asleep);
});

test("O5: a door that opens before the bolt has left its end is no jam", () => {
  const s = settledLock();
  after(s, Event.Bolt, BoltPosition.Withdrawn);
  after(s, Event.LockButton, 1);
  expect(s.motor).toBe(MotorPhase.Throwing);
  const out = after(s, Event.Door, 1);
  expect(out).toMatchObject({ stop: 1, motor: 0 });
  expect(s.motor).toBe(MotorPhase.Resting);
});

test("L1: what a reader counted is forgotten when somebody else comes, or the module falls silent", () => {
  for (const between of [Event.Near, Event.Gone, Event.Silent]) {
    const s = settledLock();
    after(s, Event.Unknown, Sensor.Finger * Pack.Sensor);
    after(s, Event.Unknown, Sensor.Finger * Pack.Sensor);
    expect(s.failures.length).toBe(1);
    after(s, between, between === Event.Silent ? Part.Finger * 2 + 1 : Sensor.Finger * Pack.Sensor);
    after(s, Event.Unknown, Sensor.Finger * Pack.Sensor);
    expect(s.failures.length).toBe(2);
  }
});

test("C5: a template that nobody owns is taken out of its module; one that somebody owns never is", () => {
  expect(after(settledLock(), Event.Matched, Sensor.Finger * Pack.Sensor + 9).remove).toBe(Sensor.Finger * Pack.Sensor + 9 + 1);
  expect(after(settledLock(), Event.Enrolled, Sensor.Finger * Pack.Sensor + 1).remove).toBe(0);
  expect(after(settledLock(), Event.Enrolled, Sensor.Finger * Pack.Sensor + 9).remove).toBe(Sensor.Finger * Pack.Sensor + 9 + 1);
});

test("U7: to eye and ear a duress code is the normal one", () => {
  const seen = (kind: CodeKind): unknown => {
    const s = settledLock();
    after(s, Event.Touched, 15);
    const { beep, voice, then, lit, flash, lamp, motor } = after(s, Event.CodeMatched, matchAnswer(Validity.Valid, kind, 2, true));
    return { beep, voice, then, lit, flash, lamp, motor };
  };
  expect(seen(CodeKind.Duress)).toEqual(seen(CodeKind.Passcode));
  const s = settledLock();
  after(s, Event.Touched, 15);
  expect(after(s, Event.CodeMatched, matchAnswer(Validity.Valid, CodeKind.Duress, 2, true)).alarmOn).toBe(1 << Alarm.Duress);
});
