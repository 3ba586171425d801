import { Key } from "../../hal/roles";
import { Limit } from "../limits";
import { Ask, Journal, Method, Save, Setting } from "./events";
import { Out, note } from "./outputs";
import { Prompt } from "./prompts";
import { fail, succeed } from "./sound";
import { Lock, Origin, Phase } from "./state";
import { leaveHome } from "./away";
import { mayMatch } from "./grant";
import { throwBolt } from "./locking";
import { deleteTyped, enrolCancelled } from "./menu/credentials";
import { createFirst, openEntry, toMenu } from "./menu/opening";
import { findEntry } from "./menu/table";
import { factoryReset } from "./setbutton";
import { clearDigits, enter, goDark, isDigit } from "./wake";

/** What a lit key does, one function a phase. A key that is not lit never gets here (K1). */
type PhaseKey = (s: Lock, out: Out, key: number) => void;

function unused(): void {
  // No key is lit in this phase.
}

function installing(s: Lock, out: Out): void {
  enter(s, out, Phase.ChoosingDirection);
  out.voice = Prompt.ChooseDirection;
}

/** S1, M1 `4`: `1` right, `2` left. */
function choosingDirection(s: Lock, out: Out, key: number): void {
  if (key === Key.Cancel) {
    toMenu(s, out, Phase.MainMenu);
    return;
  }
  s.settings[Setting.Direction] = key;
  out.save = out.save | Save.Settings;
  note(out, Journal.Setting, s.admin, Setting.Direction);
  if (s.admin !== 0) toMenu(s, out, Phase.MainMenu);
  else enter(s, out, s.initial === 1 ? Phase.Initial : Phase.Awake);
  succeed(out, key === 1 ? Prompt.DirectionRight : Prompt.DirectionLeft);
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

function enrolling(s: Lock, out: Out): void {
  enrolCancelled(s, out);
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

/** R1. */
function confirmingReset(s: Lock, out: Out): void {
  factoryReset(s, out);
}

/** In the order of Phase. */
export const PHASES: PhaseKey[] = [
  unused, installing, choosingDirection, initial, awake, offering, awake, menu, menu,
  deleting, speaking, enrolling, newPasscode, unused, confirmingReset,
];
