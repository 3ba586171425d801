import { Lamp, LampState } from "../../../hal/roles";
import { Limit } from "../../limits";
import { CodeKind, Journal, MenuLevel, Role, Sensor, Timer } from "../events";
import { Out, note, say, startTimer, stopTimer } from "../outputs";
import { Prompt } from "../prompts";
import { fail, succeed } from "../sound";
import { Lock, Origin, Phase } from "../state";
import { stopSiren } from "../alarms";
import { lowestFree } from "../users/table";
import { clearDigits, enter, operated, stopLooking } from "../wake";

/** M3: an administrator has verified. */
export function openMenu(s: Lock, out: Out, admin: number): void {
  s.admin = admin;
  startTimer(out, Timer.Session, Limit.menuSessionMs);
  note(out, Journal.Menu, admin, 0);
  stopSiren(s, out);
  stopLooking(s, out);
  toMenu(s, out, Phase.MainMenu);
  succeed(out, Prompt.MainMenu);
}

/** Back to a menu, one level up. */
export function toMenu(s: Lock, out: Out, menu: Phase): void {
  if (menu === Phase.MainMenu) s.subject = 0;
  enter(s, out, menu);
  out.menu = menu === Phase.MainMenu ? MenuLevel.Main : MenuLevel.Credentials;
}

/** M4: the user exists only once its first credential is stored. @returns false when the lock is full. */
export function newSubject(s: Lock, role: Role): boolean {
  s.subject = lowestFree(s.users);
  s.role = role;
  s.fresh = 1;
  return s.subject !== 0;
}

/** C2 to C4. K2 rests, an enrolment has its own limit. */
export function enrol(s: Lock, out: Out, sensor: Sensor): void {
  stopLooking(s, out);
  s.sensor = sensor;
  s.steps = 0;
  out.enrol = sensor + 1;
  if (sensor === Sensor.Palm) out.lamp[Lamp.Guide] = LampState.On;
  stopTimer(out, Timer.Idle);
  startTimer(out, Timer.Enrol, Limit.enrolTimeoutMs);
}

/** C6: a new code for somebody. */
export function beginPasscode(s: Lock, origin: Origin, kind: CodeKind, owner: number): void {
  s.origin = origin;
  s.codeKind = kind;
  s.codeOwner = owner;
  s.repeating = 0;
}

/** S2, S3, S4: the first administrator, by its passcode. */
export function createFirst(s: Lock, out: Out): void {
  if (!newSubject(s, Role.Admin)) {
    fail(out, Prompt.StoreFull);
    return;
  }
  enter(s, out, Phase.NewPasscode);
  out.menu = MenuLevel.Passcode;
  say(out, Prompt.EnterPasscode);
  beginPasscode(s, Origin.Keypad, CodeKind.Passcode, s.subject);
}

/** M7. K2 rests while the lock speaks; a silenced lock says nothing, so there it runs. */
export function beginSpeaking(s: Lock, out: Out): void {
  s.spoken = 0;
  if (s.muted === 0) stopTimer(out, Timer.Idle);
}

const ITEMS = [Prompt.SerialNumber, Prompt.FirmwareVersion, Prompt.VerificationCode];

/** M7: the first item that has not been said to its end, or back when all have been. */
export function speakNext(s: Lock, out: Out): void {
  if (s.spoken < ITEMS.length) say(out, ITEMS[s.spoken]);
  else toMenu(s, out, Phase.MainMenu);
}

/** C6: the same step again, from its first entry. */
export function passcodeAgain(s: Lock, out: Out, reason: Prompt): void {
  s.repeating = 0;
  clearDigits(s, out);
  out.clear = 2;
  operated(out);
  fail(out, reason);
}
