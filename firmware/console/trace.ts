import { Key } from "../../hal/roles";
import { Journal } from "../core/events";
import { isLit } from "../core/lit";
import { settingName } from "./settings";
import { BOOTS, KEYS, METHODS, PARTS, word } from "./words";

/** Where trace lines go: the console prints them while tracing is on. They never hold a secret (C9). */
export interface Trace {
  on: boolean;
  /** Prints `@<ms> <text>`. */
  readonly line: (text: string) => void;
}

/** ` user=2`, or nothing for 0. */
export function userText(user: number): string {
  return user === 0 ? "" : " user=" + user.toString();
}

/** ` by=<word>`, or nothing for 0. */
export function byText(list: string, by: number): string {
  return by === 0 ? "" : " by=" + word(list, by);
}

/** What an entry of the journal says besides its user: how, of a boot why, of a setting which. */
export function detailText(kind: Journal, by: number): string {
  if (kind === Journal.Boot) return " cause=" + word(BOOTS, by);
  if (kind === Journal.Setting) return by === 0 ? "" : " setting=" + settingName(by - 1);
  if (kind === Journal.ModuleFault || kind === Journal.ModuleSwapped || kind === Journal.ModulePaired) {
    return by === 0 ? "" : " part=" + word(PARTS, by - 1);
  }
  return byText(METHODS, by);
}

/** The names of the lit keys: digits joined, then names, in the order of the specification's parts list. */
export function litText(keys: number): string {
  let text = "";
  for (let key = 0; key <= Key.Digit9; key++) {
    if (isLit(keys, key)) text = text + key.toString();
  }
  for (let key: number = Key.Cancel; key <= Key.Low; key++) {
    if (isLit(keys, key)) text = text + (text.length > 0 ? "," : "") + word(KEYS, key);
  }
  return text;
}
