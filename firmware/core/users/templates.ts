import { Sensor } from "../events";
import { decode1, decode2, encode1, encode2 } from "./text";

/**
 * Whose a template of a module is: records of four characters, the sensor's mark, the module's
 * number of the template (0 to 4095) and the user number.
 */
export const enum TemplateRecord { Width = 4 }

const MARKS = "pqr";

function mark(sensor: number, template: number): string {
  return MARKS.charAt(sensor) + encode2(template);
}

/** The user that a template belongs to, 0 if nobody. */
export function templateOwner(templates: string, sensor: Sensor, template: number): number {
  const at = templates.indexOf(mark(sensor, template));
  return at < 0 ? 0 : decode1(templates, at + 3);
}

export function withTemplate(templates: string, sensor: Sensor, template: number, user: number): string {
  return templates + mark(sensor, template) + encode1(user);
}

/** Without this template; one that is not there is no error. */
export function withoutTemplate(templates: string, sensor: Sensor, template: number): string {
  const at = templates.indexOf(mark(sensor, template));
  return at < 0 ? templates : templates.substring(0, at) + templates.substring(at + TemplateRecord.Width);
}

/** The records of a user's templates, or of everybody else's. */
export function templatesOf(templates: string, user: number, his: boolean): string {
  let kept = "";
  for (let at = 0; at < templates.length; at = at + TemplateRecord.Width) {
    if ((decode1(templates, at + 3) === user) === his) kept = kept + templates.substring(at, at + TemplateRecord.Width);
  }
  return kept;
}

export function templateSensor(templates: string, at: number): Sensor {
  return MARKS.indexOf(templates.charAt(at));
}

export function templateNumber(templates: string, at: number): number {
  return decode2(templates, at + 1);
}

export function templateUser(templates: string, at: number): number {
  return decode1(templates, at + 3);
}

/** The module's numbers of the templates of a sensor. */
export function templatesIn(templates: string, sensor: Sensor): number[] {
  const found: number[] = [];
  for (let at = 0; at < templates.length; at = at + TemplateRecord.Width) {
    if (templateSensor(templates, at) === sensor) found.push(templateNumber(templates, at));
  }
  return found;
}
