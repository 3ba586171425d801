import { Limit } from "../../limits";
import { Part, Sensor } from "../events";
import { isLit } from "../lit";
import { Lock } from "../state";
import { Field, countAdministrators, userField, withField } from "./table";
import { TemplateRecord, templateSensor } from "./templates";

/** The module that a sensor belongs to. */
export function moduleOf(sensor: Sensor): Part {
  return sensor === Sensor.Finger ? Part.Finger : Part.PalmFace;
}

/** Is this sensor on the board, and may it be used (B3)? */
export function isSensorOffered(s: Lock, sensor: Sensor): boolean {
  return isLit(s.board.modules, moduleOf(sensor)) && (s.critical === 0 || sensor === Sensor.Finger);
}

/** A4: is the module of this sensor another one than the lock was paired with? */
export function isSwapped(s: Lock, sensor: Sensor): boolean {
  return isLit(s.swapped, moduleOf(sensor));
}

/** Templates that the lock knows of in a module. */
export function countTemplates(templates: string, module: Part): number {
  let count = 0;
  for (let at = 0; at < templates.length; at = at + TemplateRecord.Width) {
    if (moduleOf(templateSensor(templates, at)) === module) count++;
  }
  return count;
}

/** The users without what they had in a module. */
function usersWithout(users: string, module: Part): string {
  let left = users;
  for (let n = 1; n <= Limit.maxUsers; n++) {
    for (let sensor: Sensor = 0; sensor < Sensor.Count; sensor++) {
      const field = Field.Faces + sensor;
      if (moduleOf(sensor) === module && userField(left, n, field) > 0) left = withField(left, n, field, 0);
    }
  }
  return left;
}

/** M6 in the sense of A4: would nobody be left who can open the menu, where somebody can now? */
export function needsModule(users: string, module: Part): boolean {
  return countAdministrators(users) > 0 && countAdministrators(usersWithout(users, module)) === 0;
}

/** A4: a module was emptied; every template in it is gone from its users. */
export function dropModule(s: Lock, module: Part): void {
  s.users = usersWithout(s.users, module);
  let kept = "";
  for (let at = 0; at < s.templates.length; at = at + TemplateRecord.Width) {
    if (moduleOf(templateSensor(s.templates, at)) !== module) kept = kept + s.templates.substring(at, at + TemplateRecord.Width);
  }
  s.templates = kept;
}
