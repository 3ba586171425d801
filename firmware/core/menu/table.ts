import { Sensor, MenuLevel, Role } from "../events";
import { Prompt } from "../prompts";
import { Lock, Phase } from "../state";
import { isSensorOffered } from "../users/modules";
import { Codes, Field, hasRoom, userField } from "../users/table";

/**
 * The menus as the specification prints them (M1, M2). To add an entry: a row here, and the row
 * of its phase in phases.ts, with what is lit in it, what a key does, and how it begins.
 */
export interface MenuEntry {
  /** The menu it stands in. */
  readonly menu: Phase;
  readonly key: number;
  /** The phase it leads to, the level that is told, and the prompt. */
  readonly phase: Phase;
  readonly level: MenuLevel;
  readonly prompt: Prompt;
  /** What the phase is to do it with: a role, a sensor, or 0. */
  readonly operand: number;
}

function entry(menu: Phase, key: number, phase: Phase, level: MenuLevel, prompt: Prompt, operand: number): MenuEntry {
  return { menu, key, phase, level, prompt, operand };
}

/** The operand of "add passcode". */
const PASSCODE = Sensor.Count;

export const MENU: readonly MenuEntry[] = [
  entry(Phase.MainMenu, 1, Phase.Credentials, MenuLevel.Credentials, Prompt.CredentialMenu, Role.Admin),
  entry(Phase.MainMenu, 2, Phase.Credentials, MenuLevel.Credentials, Prompt.CredentialMenu, Role.User),
  entry(Phase.MainMenu, 3, Phase.Deleting, MenuLevel.Delete, Prompt.EnterNumber, 0),
  entry(Phase.MainMenu, 4, Phase.ChoosingDirection, MenuLevel.Direction, Prompt.ChooseDirection, 0),
  entry(Phase.MainMenu, 5, Phase.Speaking, MenuLevel.Info, Prompt.SerialNumber, 0),

  entry(Phase.Credentials, 1, Phase.Enrolling, MenuLevel.Face, Prompt.FaceStraight, Sensor.Face),
  entry(Phase.Credentials, 2, Phase.Enrolling, MenuLevel.Palm, Prompt.HoldPalm, Sensor.Palm),
  entry(Phase.Credentials, 3, Phase.Enrolling, MenuLevel.Finger, Prompt.PlaceFinger, Sensor.Finger),
  entry(Phase.Credentials, 4, Phase.NewPasscode, MenuLevel.Passcode, Prompt.EnterPasscode, PASSCODE),
];

/** M2: an entry whose quota is used up is not lit; B3 leaves out face and palm. */
function isOffered(s: Lock, row: MenuEntry): boolean {
  if (row.menu !== Phase.Credentials) return true;
  if (row.operand === PASSCODE) return userField(s.users, s.subject, Field.Codes) % 2 !== Codes.Passcode;
  return hasRoom(s.users, s.subject, row.operand) && isSensorOffered(s, row.operand);
}

const CANCEL = 1024;

/** The keys of the menu that the lock is in; none outside the menus. */
export function litByMenu(s: Lock): number {
  let keys = 0;
  for (let i = 0; i < MENU.length; i++) {
    if (MENU[i].menu === s.phase && isOffered(s, MENU[i])) keys = keys | (1 << MENU[i].key);
  }
  return keys === 0 && s.phase !== Phase.Credentials ? 0 : keys | CANCEL;
}

/** The position in MENU of what this key opens, -1 if nothing. */
export function findEntry(menu: Phase, key: number): number {
  for (let i = 0; i < MENU.length; i++) {
    if (MENU[i].menu === menu && MENU[i].key === key) return i;
  }
  return -1;
}
