import { alarmOff, alarmOn, tampered } from "./alarms";
import { Alarm, Journal, Method, Pack, Part, Put, Refusal, Reply, Sensor } from "./events";
import { forgetPresence } from "./grant";
import { isLit } from "./lit";
import { Out, note, say } from "./outputs";
import { Prompt } from "./prompts";
import { fail } from "./sound";
import { Lock, Phase } from "./state";
import { goDark } from "./wake";
import { methodOf, usersChanged } from "./menu/credentials";
import { dropModule, moduleOf, needsModule } from "./users/modules";
import { Field, countAdministrators, userField, withField } from "./users/table";
import { templateOwner, withoutTemplate } from "./users/templates";

/** Parts that do not answer (A3), and modules that are not the lock's own (A4). */

const METHOD = [Method.Face, Method.Finger];

/** A3: a part does not answer, or answers again. @param arg part * 2 + 1, or part * 2 */
export function onSilent(s: Lock, out: Out, arg: number): void {
  const part: Part = Math.floor(arg / 2);
  const bit = 1 << part;
  for (let sensor: Sensor = 0; sensor < Sensor.Count; sensor++) {
    // What comes next before this reader is another attempt (L1).
    if (moduleOf(sensor) === part) forgetPresence(s, sensor);
  }
  if (arg % 2 === 1) {
    s.silent = s.silent | bit;
    alarmOn(out, Alarm.Module);
    note(out, Journal.ModuleFault, 0, part + 1);
    say(out, Prompt.ModuleFault);
  } else if (isLit(s.silent, part)) {
    s.silent = s.silent - bit;
    if (s.silent === 0) alarmOff(out, Alarm.Module);
  }
}

/** A4: found to be another module, with a person there or without; or the right one again. @param arg part * 2 + 1, or part * 2 */
export function onSwapped(s: Lock, out: Out, arg: number): void {
  const part: Part = Math.floor(arg / 2);
  if (arg % 2 === 0) {
    trusted(s, out, part);
    return;
  }
  if (isLit(s.swapped, part)) {
    out.refuse = Refusal.Swapped;
    out.refuseBy = METHOD[part];
    fail(out, Prompt.ModuleSwapped);
    return;
  }
  s.swapped = s.swapped | (1 << part);
  alarmOn(out, Alarm.Swapped);
  note(out, Journal.ModuleSwapped, 0, part + 1);
  say(out, Prompt.ModuleSwapped);
}

function trusted(s: Lock, out: Out, part: Part): void {
  if (!isLit(s.swapped, part)) return;
  s.swapped = s.swapped - (1 << part);
  if (s.swapped === 0) alarmOff(out, Alarm.Swapped);
}

/** B5: an enrolment that a cut of the supply left in the module alone; the driver has removed it. */
export function onOrphan(_s: Lock, out: Out, arg: number): void {
  note(out, Journal.TemplateOrphaned, 0, methodOf(Math.floor(arg / Pack.Sensor)));
}

/** B5: a credential that is not in its module any more is none of its user's, unless the last administrator lives by it (M6). */
export function onMissing(s: Lock, out: Out, arg: number): void {
  const sensor: Sensor = Math.floor(arg / Pack.Sensor);
  const template = arg % Pack.Sensor;
  const user = templateOwner(s.templates, sensor, template);
  if (user === 0) return;
  note(out, Journal.TemplateMissing, user, methodOf(sensor));
  const users = withField(s.users, user, Field.Faces + sensor, userField(s.users, user, Field.Faces + sensor) - 1);
  if (countAdministrators(users) === 0 && countAdministrators(s.users) > 0) return;
  s.users = users;
  s.templates = withoutTemplate(s.templates, sensor, template);
  out.put = Put.DropTemplate;
  out.putUser = user;
  out.putKind = sensor;
  out.putTemplate = template;
  usersChanged(s);
}

/** A4: a match, or an enrolment, that nobody asked for. */
export function onUnasked(s: Lock, out: Out, part: Part): void {
  tampered(s, out, METHOD[part]);
}

/** A4: the lock and the module that is there belong together from now on. */
export function onPaired(s: Lock, out: Out, part: Part): void {
  out.put = Put.Module;
  out.putKind = part;
  trusted(s, out, part);
  if (!isLit(s.renewed, part)) return;
  s.renewed = s.renewed - (1 << part);
  note(out, Journal.ModulePaired, 0, part + 1);
}

/** A4: an administrator pairs a module anew. It is emptied, so its users lose what they had in it. operand 0: part */
export function pairModule(s: Lock, out: Out): Reply {
  const part: Part = s.operand[0];
  if (needsModule(s.users, part)) return Reply.LastAdministrator;
  if (!isLit(s.board.modules, part)) return Reply.Off;
  // A template under way would be another module's.
  if (s.phase === Phase.Enrolling && moduleOf(s.sensor) === part) goDark(s, out);
  dropModule(s, part);
  usersChanged(s);
  s.renewed = s.renewed | (1 << part);
  out.put = Put.DropModule;
  out.putKind = part;
  out.pairModule = part + 1;
  return Reply.Ok;
}
