/**
 * The words of the console and the trace, in the order of the enums they name. Lists are text, so
 * that they stay in flash and cost no variable a word.
 */
export const PROMPTS = "none welcome locked try-again set-direction choose-direction direction-right direction-left " +
  "not-set-up verify-administrator admin-needed main-menu credential-menu menu-closed enter-number user-deleted " +
  "no-such-user last-administrator serial-number firmware-version verification-code face-straight face-up face-down " +
  "face-left face-right face-added hold-palm palm-added place-finger place-again finger-added already-enrolled " +
  "enrol-failed enrol-again store-full enter-passcode repeat-passcode passcode-added passcode-weak passcode-taken " +
  "passcode-differs expired clock-not-set system-locked attempts-used-up door-open jammed leaving-home door-left-open " +
  "module-fault store-fault battery-low battery-critical pairing pairing-ended confirm-reset reset-done chime module-swapped";
export const METHODS = "none passcode duress temporary face palm finger bluetooth remote command inside key auto";
export const REFUSALS = "none unknown expired locked admin-needed budget clock initial swapped critical";
export const JOURNAL = "none boot unlock lock fail refuse lockout lockout-end moved jammed tamper away-alarm " +
  "door-left-open duress module-fault store-fault quiet-failures bell user-added user-deleted credential-added " +
  "credential-failed setting pairing pairing-end reset power clock alarm-end armed disarmed silence menu temp-added " +
  "temp-deleted budget module-swapped module-paired template-orphaned template-missing journal-broken journal-begun";
export const ALARMS = "tamper lockout away jammed door duress module swapped";
export const LEVELS = "none main credentials delete direction info face palm finger passcode closed";
export const TOLD = "none unknown unlocked locked unlocking locking jammed";
export const POWERS = "none normal low critical emergency";
export const BOOTS = "power restart watchdog crash";
export const KEYS = "0 1 2 3 4 5 6 7 8 9 cancel ok away bell low";
export const BEEPS = "none key success failure";
export const LAMPS = "guide ir rear";
export const LAMP_STATES = "none off on flash";
export const DIRECTIONS = "none withdraw throw";
export const ROLES = "none user admin";
export const BOLTS = "between withdrawn thrown";
export const SENSORS = "face palm finger";
export const PARTS = "palm-face finger keys key-lights voice clock";

/** The word at position `n` of a list, from 0. */
export function word(list: string, n: number): string {
  let at = 0;
  for (let i = 0; i < n; i++) {
    at = list.indexOf(" ", at) + 1;
    if (at === 0) return "?";
  }
  const end = list.indexOf(" ", at);
  return end < 0 ? list.substring(at) : list.substring(at, end);
}

/** The position of a word in a list, -1 if it is not there. */
export function find(list: string, text: string): number {
  if (text.length === 0 || text.indexOf(" ") >= 0) return -1;
  // Espruino's indexOf takes the end of the text for a match when the word begins like it: the line
  // feed, which no word holds, is an end that none begins like.
  const at = (" " + list + " \n").indexOf(" " + text + " ");
  if (at < 0) return -1;
  let n = 0;
  for (let i = 0; i < at; i++) {
    if (list.charAt(i) === " ") n++;
  }
  return n;
}

/** The words of a line. */
export function words(line: string): string[] {
  const found: string[] = [];
  let begin = -1;
  for (let i = 0; i <= line.length; i++) {
    const blank = i === line.length || line.charAt(i) === " ";
    if (!blank && begin < 0) begin = i;
    if (blank && begin >= 0) {
      found.push(line.substring(begin, i));
      begin = -1;
    }
  }
  return found;
}

/** A number of digits only, up to 2^24 - 1; -1 for anything else. */
export function parseNumber(text: string): number {
  if (text.length === 0 || text.length > 8) return -1;
  let value = 0;
  for (let i = 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value < 16777216 ? value : -1;
}
