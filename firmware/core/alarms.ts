import { Limit } from "../limits";
import { Alarm, Journal, Method, Setting, Timer } from "./events";
import { Out, note, say, startTimer, stopTimer } from "./outputs";
import { Prompt } from "./prompts";
import { Lock } from "./state";

export function alarmOn(out: Out, alarm: Alarm): void {
  out.alarmOn = out.alarmOn | (1 << alarm);
}

export function alarmOff(out: Out, alarm: Alarm): void {
  out.alarmOff = out.alarmOff | (1 << alarm);
}

/** A1: the siren sounds for a minute, anew each time the switch opens. */
export function onTamper(s: Lock, out: Out, open: number): void {
  s.tamperOpen = open;
  if (open === 1) tampered(s, out, Method.None);
}

/** A1, A4. @param by the reader that somebody tampers with, Method.None for the case */
export function tampered(s: Lock, out: Out, by: Method): void {
  s.tamperAlarm = 1;
  out.siren = 1;
  startTimer(out, Timer.Siren, Limit.tamperSirenMs);
  alarmOn(out, Alarm.Tamper);
  note(out, Journal.Tamper, 0, by);
}

/** A1: its minute is up, an administrator verified, or a command. */
export function stopSiren(s: Lock, out: Out): void {
  if (s.tamperAlarm === 0) return;
  s.tamperAlarm = 0;
  out.siren = 2;
  stopTimer(out, Timer.Siren);
  alarmOff(out, Alarm.Tamper);
  note(out, Journal.AlarmEnd, 0, Method.None);
}

/** O7: while armed, somebody got the bolt back or the door open without a grant. */
export function alarmAway(s: Lock, out: Out): void {
  if (s.armed === 0 || s.awayAlarm === 1) return;
  s.awayAlarm = 1;
  alarmOn(out, Alarm.Away);
  note(out, Journal.AwayAlarm, 0, Method.None);
}

/** O7: disarmed, by command, or by a factory reset. */
export function endAwayAlarm(s: Lock, out: Out): void {
  if (s.awayAlarm === 0) return;
  s.awayAlarm = 0;
  alarmOff(out, Alarm.Away);
}

/** A3: the time that the door may stand open begins, or ends. */
export function watchDoor(s: Lock, out: Out): void {
  const seconds = s.settings[Setting.DoorAlarm];
  if (s.doorOpen === 1 && seconds > 0) {
    startTimer(out, Timer.DoorLeftOpen, seconds * 1000);
    return;
  }
  stopTimer(out, Timer.DoorLeftOpen);
  if (s.doorAlarm === 0) return;
  s.doorAlarm = 0;
  alarmOff(out, Alarm.Door);
}

export function doorLeftOpen(s: Lock, out: Out): void {
  s.doorAlarm = 1;
  alarmOn(out, Alarm.Door);
  note(out, Journal.DoorLeftOpen, 0, Method.None);
  say(out, Prompt.DoorLeftOpen);
}
