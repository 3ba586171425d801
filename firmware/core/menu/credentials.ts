import { EnrolError } from "../../../hal/roles";
import { CodeKind, Journal, Method, Put, Reply, Role, Sensor, Verdict } from "../events";
import { Out, note, say } from "../outputs";
import { Prompt } from "../prompts";
import { fail, succeed } from "../sound";
import { Lock, Origin, Phase } from "../state";
import { Codes, EMPTY_USER, Field, countAdministrators, countUsers, hasCredential, isUser, userField, withField, withUser } from "../users/table";
import { templateOwner, templatesOf, withTemplate } from "../users/templates";
import { withTemp } from "../users/temps";
import { clearDigits, endEnrolling, goDark, operated, stopEnrolling } from "../wake";
import { openMenu, passcodeAgain, toMenu } from "./opening";

const ADDED = [Prompt.FaceAdded, Prompt.PalmAdded, Prompt.FingerAdded];
const METHOD = [Method.Face, Method.Palm, Method.Finger];

export function methodOf(sensor: Sensor): Method {
  return METHOD[sensor];
}

/** S2: renewed whenever users change. */
export function usersChanged(s: Lock): void {
  s.initial = s.storeFault === 0 && countAdministrators(s.users) === 0 ? 1 : 0;
}

/** M4, S3: the user comes into being with its first credential. */
function settle(s: Lock, out: Out, user: number): void {
  if (s.fresh === 0 || user !== s.subject) return;
  s.fresh = 0;
  addUser(s, out, user, s.role);
}

export function addUser(s: Lock, out: Out, user: number, role: Role): void {
  s.users = withUser(s.users, user, withField(EMPTY_USER, 1, Field.Role, role));
  out.userAdded = user;
  out.userRole = role;
  note(out, Journal.UserAdded, user, 0);
}

function credentialAdded(s: Lock, out: Out, user: number, by: Method): void {
  out.credentialUser = user;
  out.credentialKind = by;
  note(out, Journal.CredentialAdded, user, by);
  usersChanged(s);
}

/** C2 to C4: the module has kept a template. */
export function onEnrolled(s: Lock, out: Out, sensor: Sensor, template: number): void {
  if (s.phase !== Phase.Enrolling || s.sensor !== sensor) {
    // The enrolment was given up meanwhile: nothing may stay behind (C5), but what is somebody's.
    if (templateOwner(s.templates, sensor, template) === 0) out.remove = sensor * 4096 + template + 1;
    return;
  }
  if (templateOwner(s.templates, sensor, template) !== 0) {
    // A number that somebody has already: the module and the store disagree, and the older word holds.
    onEnrolFailed(s, out, sensor, EnrolError.Failed);
    return;
  }
  const user = s.subject;
  settle(s, out, user);
  s.users = withField(s.users, user, Field.Faces + sensor, userField(s.users, user, Field.Faces + sensor) + 1);
  s.templates = withTemplate(s.templates, sensor, template, user);
  out.put = Put.Template;
  out.putUser = user;
  out.putKind = sensor;
  out.putTemplate = template;
  credentialAdded(s, out, user, METHOD[sensor]);
  enrolmentOver(s, out);
  succeed(out, ADDED[sensor]);
}

export function onEnrolFailed(s: Lock, out: Out, sensor: Sensor, error: EnrolError): void {
  if (s.phase !== Phase.Enrolling || s.sensor !== sensor) return;
  note(out, Journal.CredentialFailed, s.fresh === 1 ? 0 : s.subject, METHOD[sensor]);
  enrolmentOver(s, out);
  if (error === EnrolError.Duplicate) fail(out, Prompt.AlreadyEnrolled);
  else fail(out, error === EnrolError.Full ? Prompt.StoreFull : Prompt.EnrolFailed);
}

/** C2 to C4: 60 s are up; or the module has no supply any more (B3). */
export function enrolBrokenOff(s: Lock, out: Out): void {
  out.cancel = s.sensor + 1;
  onEnrolFailed(s, out, s.sensor, EnrolError.Timeout);
}

/** `cancel` during an enrolment. */
export function enrolCancelled(s: Lock, out: Out): void {
  stopEnrolling(s, out);
  enrolmentOver(s, out);
}

/** M2: back to the credential menu; an enrolment by command leaves the keypad dark (C11). */
function enrolmentOver(s: Lock, out: Out): void {
  endEnrolling(s, out);
  s.phase = Phase.Credentials;
  if (s.origin === Origin.Command) goDark(s, out);
  else toMenu(s, out, Phase.Credentials);
}

/** C2, C4: one step is done. */
export function onPlaced(s: Lock, out: Out, sensor: Sensor, steps: number): void {
  if (s.phase !== Phase.Enrolling || s.sensor !== sensor) return;
  s.steps = steps;
  if (sensor === Sensor.Face) say(out, Prompt.FaceStraight + Math.min(steps, 4));
  else if (sensor === Sensor.Finger) say(out, Prompt.PlaceAgain);
}

export function onAgain(s: Lock, out: Out, sensor: Sensor): void {
  if (s.phase === Phase.Enrolling && s.sensor === sensor) fail(out, Prompt.EnrolAgain);
}

/** C6 to C8: the first entry, or a code by command, has been judged; or the second compared. */
export function onCodeJudged(s: Lock, out: Out, verdict: Verdict): void {
  if (s.origin === Origin.Command) {
    judgedForCommand(s, out, verdict);
  } else if (verdict === Verdict.Good && s.repeating === 0) {
    s.repeating = 1;
    clearDigits(s, out);
    operated(out);
    say(out, Prompt.RepeatPasscode);
  } else if (verdict === Verdict.Good) {
    passcodeMade(s, out);
  } else {
    passcodeAgain(s, out, verdict === Verdict.Weak ? Prompt.PasscodeWeak : verdict === Verdict.Taken ? Prompt.PasscodeTaken : Prompt.PasscodeDiffers);
  }
}

function passcodeMade(s: Lock, out: Out): void {
  const user = s.codeOwner;
  keepCode(s, out);
  s.repeating = 0;
  out.clear = 2;
  if (s.admin === 0) openMenu(s, out, user);
  else toMenu(s, out, Phase.Credentials);
  succeed(out, Prompt.PasscodeAdded);
}

/** The code in the vault becomes the user's (C6), or a temporary one (U6). */
function keepCode(s: Lock, out: Out): void {
  const owner = s.codeOwner;
  out.put = Put.Code;
  out.putKind = s.codeKind;
  out.putUser = owner;
  if (s.codeKind === CodeKind.Temporary) {
    s.temps = withTemp(s.temps, owner, s.operand[0], s.operand[1], s.operand[2]);
    note(out, Journal.TempAdded, 0, 0);
    return;
  }
  settle(s, out, owner);
  const bit = s.codeKind === CodeKind.Passcode ? Codes.Passcode : Codes.Duress;
  s.users = withField(s.users, owner, Field.Codes, userField(s.users, owner, Field.Codes) | bit);
  credentialAdded(s, out, owner, s.codeKind);
}

function judgedForCommand(s: Lock, out: Out, verdict: Verdict): void {
  if (verdict === Verdict.Good) {
    keepCode(s, out);
    out.reply = Reply.Ok;
    out.replyNumber = s.codeKind === CodeKind.Temporary ? s.codeOwner : 0;
  } else {
    out.reply = verdict === Verdict.Weak ? Reply.Weak : Reply.Taken;
  }
  s.codeKind = 0;
  // S2: the first administrator is there; a keypad that still offers to create it would let anybody be one (M3).
  if (s.phase === Phase.Initial && s.initial === 0) goDark(s, out);
}

/** M5, M6. @returns Reply: Ok, NoSuchUser or LastAdministrator. */
export function deleteUser(s: Lock, out: Out, user: number): Reply {
  if (!isUser(s.users, user)) return Reply.NoSuchUser;
  const role = userField(s.users, user, Field.Role);
  if (countUsers(s.users) === 1) return Reply.LastAdministrator;
  if (role === Role.Admin && hasCredential(s.users, user) && countAdministrators(s.users) === 1) return Reply.LastAdministrator;
  out.forget = templatesOf(s.templates, user, true);
  s.templates = templatesOf(s.templates, user, false);
  s.users = withUser(s.users, user, EMPTY_USER);
  out.put = Put.DropUser;
  out.putUser = user;
  out.userDeleted = user;
  out.userRole = role;
  note(out, Journal.UserDeleted, user, 0);
  usersChanged(s);
  return Reply.Ok;
}

/** M5: the number typed in the menu. */
export function deleteTyped(s: Lock, out: Out): void {
  const user = s.number;
  const reply = deleteUser(s, out, user);
  if (reply === Reply.Ok) {
    if (user === s.admin) goDark(s, out);
    else toMenu(s, out, Phase.MainMenu);
    succeed(out, Prompt.UserDeleted);
    return;
  }
  clearDigits(s, out);
  operated(out);
  out.flash = user + 1;
  fail(out, reply === Reply.NoSuchUser ? Prompt.NoSuchUser : Prompt.LastAdministrator);
}
