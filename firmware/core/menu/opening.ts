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
import { MENU, MenuEntry } from "./table";

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

/** A key of a menu. */
export function openEntry(s: Lock, out: Out, at: number): void {
  const row = MENU[at];
  if (row.phase === Phase.Credentials) {
    if (!newSubject(s, row.operand)) {
      fail(out, Prompt.StoreFull);
      return;
    }
    out.flash = s.subject + 1;
  }
  enter(s, out, row.phase);
  out.menu = row.level;
  say(out, row.prompt);
  if (row.phase === Phase.Enrolling) beginEnrolling(s, out, row);
  else if (row.phase === Phase.NewPasscode) beginPasscode(s, Origin.Keypad, CodeKind.Passcode, s.subject);
  else if (row.phase === Phase.Speaking) beginSpeaking(s, out);
}

/** M4: the user exists only once its first credential is stored. @returns false when the lock is full. */
function newSubject(s: Lock, role: Role): boolean {
  s.subject = lowestFree(s.users);
  s.role = role;
  s.fresh = 1;
  return s.subject !== 0;
}

function beginEnrolling(s: Lock, out: Out, row: MenuEntry): void {
  s.origin = Origin.Keypad;
  enrol(s, out, row.operand);
}

/** C2 to C4. K2 rests, an enrolment has its own limit. */
export function enrol(s: Lock, out: Out, sensor: Sensor): void {
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
function beginSpeaking(s: Lock, out: Out): void {
  s.spoken = 0;
  if (s.muted === 0) stopTimer(out, Timer.Idle);
}

const ITEMS = [Prompt.SerialNumber, Prompt.FirmwareVersion, Prompt.VerificationCode];

/** M7: the next item, or back when all have been said. */
export function speakNext(s: Lock, out: Out): void {
  s.spoken = s.spoken + 1;
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
