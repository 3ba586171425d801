import { Key } from "../../hal/roles";
import { Limit } from "../limits";
import { Ask, CodeKind, Journal, Method, Save, Setting } from "./events";
import { Out, note, say } from "./outputs";
import { Prompt } from "./prompts";
import { fail, succeed } from "./sound";
import { Lock, Origin, Phase } from "./state";
import { leaveHome } from "./away";
import { mayMatch } from "./grant";
import { Lit } from "./lit";
import { canThrow, throwBolt } from "./locking";
import { deleteTyped, enrolCancelled } from "./menu/credentials";
import { beginPasscode, beginSpeaking, createFirst, enrol, newSubject, toMenu } from "./menu/opening";
import { MENU, findEntry, litByMenu } from "./menu/table";
import { factoryReset } from "./setbutton";
import { clearDigits, enter, goDark, isDigit } from "./wake";

/** One phase of the keypad. */
interface PhaseRow {
  /** As `status` tells it. */
  readonly name: string;
  /** K1: the keys that do something now. */
  readonly lit: (this: void, s: Lock) => number;
  /** What a lit key does; one that is not lit never gets here. */
  readonly key: (this: void, s: Lock, out: Out, key: number) => void;
  /** How the phase begins when a menu opens it. @param operand of the menu's row @returns false when it cannot */
  readonly begin: (this: void, s: Lock, out: Out, operand: number) => boolean;
}

function dark(): number {
  return 0;
}

function noKey(): void {
  // Nothing is lit in this phase.
}

/** Phases that need no more than to be entered. */
function begun(): boolean {
  return true;
}

function onlyOk(): number {
  return Lit.Ok;
}

function onlyCancel(): number {
  return Lit.Cancel;
}

function litWhileTyping(s: Lock, most: number): number {
  return (s.digits < most ? Lit.Digits : 0) | Lit.Cancel | (s.digits >= Limit.passcodeMinDigits ? Lit.Ok : 0);
}

function installing(s: Lock, out: Out): void {
  enter(s, out, Phase.ChoosingDirection);
  out.voice = Prompt.ChooseDirection;
}

/** S1 has nothing to go back to. */
function litDirections(s: Lock): number {
  return Lit.One | Lit.Two | (s.admin === 0 ? 0 : Lit.Cancel);
}

/** S1, M1 `4`: `1` right, `2` left. */
function choosingDirection(s: Lock, out: Out, key: number): void {
  if (key === Key.Cancel) {
    toMenu(s, out, Phase.MainMenu);
    return;
  }
  s.settings[Setting.Direction] = key;
  out.save = out.save | Save.Settings;
  note(out, Journal.Setting, s.admin, Setting.Direction + 1);
  if (s.admin !== 0) toMenu(s, out, Phase.MainMenu);
  else enter(s, out, s.initial === 1 ? Phase.Initial : Phase.Awake);
  succeed(out, key === 1 ? Prompt.DirectionRight : Prompt.DirectionLeft);
}

function litInitially(): number {
  return Lit.Cancel | Lit.Ok;
}

/** S2. */
function initial(s: Lock, out: Out, key: number): void {
  if (key === Key.Ok) createFirst(s, out);
  else goDark(s, out);
}

/** K4: `cancel` first clears the digits, a second one goes back. @returns true when it cleared. */
function cleared(s: Lock, out: Out): boolean {
  if (s.digits === 0) return false;
  clearDigits(s, out);
  return true;
}

/** A digit of a secret: counted here, kept by the vault. */
function type(s: Lock, out: Out, key: number): void {
  s.digits = s.digits + 1;
  out.digit = key + 1;
}

/** K8, O1. Digits stay lit past the 20th: the 21st tells of its own failure (U3). */
function litAwake(s: Lock): number {
  return litWhileTyping(s, Limit.entryMaxDigits + 1) | Lit.Bell | Lit.Away | (s.digits === 0 && canThrow(s) ? Lit.Ok : 0);
}

/** M3. */
function litVerifying(s: Lock): number {
  return litWhileTyping(s, Limit.entryMaxDigits + 1) | Lit.Bell;
}

/** K8, U3, O1; and M3, where there is nothing to lock. */
function awake(s: Lock, out: Out, key: number): void {
  if (isDigit(key)) {
    if (s.digits < Limit.entryMaxDigits) {
      type(s, out, key);
    } else {
      clearDigits(s, out);
      fail(out, Prompt.TryAgain);
    }
  } else if (key === Key.Cancel) {
    if (!cleared(s, out)) goDark(s, out);
  } else if (key === Key.Away) {
    leaveHome(s, out, Method.Key);
  } else if (s.digits === 0) {
    throwBolt(s, out, Method.Key);
  } else if (mayMatch(s, out)) {
    out.ask = Ask.Match;
  }
}

function litOffering(s: Lock): number {
  return canThrow(s) ? Lit.Ok : 0;
}

/** O1: `ok` lit by itself. */
function offering(s: Lock, out: Out): void {
  goDark(s, out);
  throwBolt(s, out, Method.Key);
}

/** M1, M2. */
function menu(s: Lock, out: Out, key: number): void {
  if (key !== Key.Cancel) openEntry(s, out, findEntry(s.phase, key));
  else if (s.phase === Phase.MainMenu) goDark(s, out);
  else toMenu(s, out, Phase.MainMenu);
}

/** M4: the new user's number is shown. */
function beginUser(s: Lock, out: Out, role: number): boolean {
  if (!newSubject(s, role)) return false;
  out.flash = s.subject + 1;
  return true;
}

function litDeleting(s: Lock): number {
  return Lit.Cancel | (s.digits < Limit.deleteDigits ? Lit.Digits : Lit.Ok);
}

/** M5. A user number is no secret: the core keeps it. */
function deleting(s: Lock, out: Out, key: number): void {
  if (isDigit(key)) {
    s.number = s.number * 10 + key;
    s.digits = s.digits + 1;
  } else if (key === Key.Ok) {
    deleteTyped(s, out);
  } else if (!cleared(s, out)) {
    toMenu(s, out, Phase.MainMenu);
  }
}

/** M7: `cancel` stops the speech. */
function speaking(s: Lock, out: Out): void {
  out.hush = 1;
  toMenu(s, out, Phase.MainMenu);
}

function beginEnrolling(s: Lock, out: Out, sensor: number): boolean {
  s.origin = Origin.Keypad;
  enrol(s, out, sensor);
  return true;
}

function beginInfo(s: Lock, out: Out): boolean {
  beginSpeaking(s, out);
  return true;
}

function beginNewPasscode(s: Lock): boolean {
  beginPasscode(s, Origin.Keypad, CodeKind.Passcode, s.subject);
  return true;
}

function litNewPasscode(s: Lock): number {
  return litWhileTyping(s, Limit.passcodeMaxDigits);
}

/** C6. */
function newPasscode(s: Lock, out: Out, key: number): void {
  if (isDigit(key)) {
    type(s, out, key);
  } else if (key === Key.Ok) {
    out.ask = s.repeating === 1 ? Ask.Repeat : Ask.Judge;
    s.origin = Origin.Keypad;
  } else if (!cleared(s, out)) {
    s.repeating = 0;
    out.clear = 2;
    if (s.admin === 0) enter(s, out, Phase.Initial);
    else toMenu(s, out, Phase.Credentials);
  }
}

function row(name: string, lit: PhaseRow["lit"], key: PhaseRow["key"], begin: PhaseRow["begin"]): PhaseRow {
  return { name, lit, key, begin };
}

/** In the order of Phase. */
export const PHASES: readonly PhaseRow[] = [
  row("dark", dark, noKey, begun),
  row("installing", onlyOk, installing, begun),
  row("direction", litDirections, choosingDirection, begun),
  row("initial", litInitially, initial, begun),
  row("awake", litAwake, awake, begun),
  row("offering", litOffering, offering, begun),
  row("verifying", litVerifying, awake, begun),
  row("menu", litByMenu, menu, begun),
  row("credentials", litByMenu, menu, beginUser),
  row("delete", litDeleting, deleting, begun),
  row("info", onlyCancel, speaking, beginInfo),
  row("enrolling", onlyCancel, enrolCancelled, beginEnrolling),
  row("passcode", litNewPasscode, newPasscode, beginNewPasscode),
  row("pairing", dark, noKey, begun),
  row("confirm-reset", onlyOk, factoryReset, begun),
];

/** A key of a menu opens a row of its table. */
function openEntry(s: Lock, out: Out, at: number): void {
  const entry = MENU[at];
  enter(s, out, entry.phase);
  if (!PHASES[entry.phase].begin(s, out, entry.operand)) {
    enter(s, out, entry.menu);
    fail(out, Prompt.StoreFull);
    return;
  }
  out.menu = entry.level;
  say(out, entry.prompt);
}

/** K6: the low-battery light shows whenever the keypad is lit. */
export function litKeys(s: Lock): number {
  const keys = PHASES[s.phase].lit(s);
  return keys === 0 || s.low === 0 ? keys : keys | Lit.Low;
}
