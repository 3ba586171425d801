import { Beep, Key } from "../../hal/roles";
import { Limit } from "../limits";
import { Journal, Method, Timer } from "./events";
import { Out, note, say, startTimer } from "./outputs";
import { Prompt } from "./prompts";
import { Lock, Phase, Speaking } from "./state";
import { refuseLocked } from "./lockout/lockout";
import { isLit } from "./lit";
import { PHASES, litKeys } from "./phases";
import { clearDigits, goDark, isDigit, lookForFace, operated, sensed, wake } from "./wake";

/** Told instead of a digit of a code (C9). */
const SECRET_KEY = 100;

/** A touch, before it is known whether it counts (K1, K3). */
export function onTouched(s: Lock, out: Out, key: Key): void {
  if (s.waking === key + 1) s.waking = 0;
  if (key === Key.Digit0) s.swallow = 0;
  if (s.phase === Phase.ConfirmingReset) {
    // R1: anything but `ok` leaves all as it was.
    if (key !== Key.Ok) goDark(s, out);
    return;
  }
  if (s.lockedOutS > 0) {
    if (key !== Key.Bell) refuseLocked(s, out, Method.None);
    return;
  }
  if (s.phase === Phase.Asleep || (s.phase === Phase.Offering && !(key === Key.Ok && isLit(s.lit, key)))) {
    s.waking = key + 1;
    wake(s, out);
    if (isDigit(key) && isLit(litKeys(s), key)) out.beep = Beep.Key;
    return;
  }
  if (s.phase === Phase.Awake || s.phase === Phase.Verifying) lookForFace(s, out);
  if (key === Key.None || !isLit(s.lit, key)) return;
  sensed(s, out);
  out.beep = Beep.Key;
  if (s.speaking === Speaking.Nothing || s.phase === Phase.Speaking) return;
  s.speaking = Speaking.Nothing;
  out.hush = 1;
}

/** A key that counts (K7). */
export function onKey(s: Lock, out: Out, key: Key): void {
  const woke = s.waking === key + 1;
  if (woke) s.waking = 0;
  if (key === Key.Bell) {
    ring(s, out);
    return;
  }
  if (key === Key.Digit0 && s.swallow === 1) {
    s.swallow = 0;
    return;
  }
  if (!isLit(s.lit, key) || (woke && !isDigit(key))) return;
  const secret = isDigit(key) && (s.phase === Phase.Awake || s.phase === Phase.Verifying || s.phase === Phase.NewPasscode);
  out.key = secret ? SECRET_KEY : key + 1;
  operated(out);
  PHASES[s.phase].key(s, out, key);
}

/** K5: at any time; presses within two seconds are one ring. */
function ring(s: Lock, out: Out): void {
  if (isLit(s.lit, Key.Bell)) operated(out);
  if (s.ringing === 1) return;
  s.ringing = 1;
  startTimer(out, Timer.Bell, Limit.bellRepeatMs);
  out.key = Key.Bell + 1;
  note(out, Journal.Bell, 0, Method.None);
  say(out, Prompt.Chime);
}

/** Q1: `0` was held; that hold enters no digit. */
export function onHeld(s: Lock, out: Out): void {
  if (s.lockedOutS === 0 && (s.phase !== Phase.Awake || s.digits > 0)) return;
  s.swallow = 1;
  s.muted = 1;
  out.twice = 1;
  note(out, Journal.Silence, 0, Method.None);
  if (s.phase === Phase.Awake) operated(out);
}

/** K7: rain clears the entry; the keypad itself is closed to input by runtime/touch.ts. */
export function onStorm(s: Lock, out: Out): void {
  if (s.digits > 0) clearDigits(s, out);
}
