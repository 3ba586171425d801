import { Key } from "../../hal/roles";
import { Limit } from "../limits";
import { Lock, Phase } from "./state";
import { canThrow } from "./locking";
import { litByMenu } from "./menu/table";

/** Keys as bits. */
export const enum Lit {
  Digits = 1023,
  One = 2,
  Two = 4,
  Cancel = 1024,
  Ok = 2048,
  Away = 4096,
  Bell = 8192,
  Low = 16384,
}

function codeKeys(s: Lock, most: number): number {
  return (s.digits < most ? Lit.Digits : 0) | Lit.Cancel | (s.digits >= Limit.passcodeMinDigits ? Lit.Ok : 0);
}

/** K1: the keys that do something now, by phase; menus say it in their table. */
function keysOf(s: Lock): number {
  switch (s.phase) {
    case Phase.Asleep:
    case Phase.Pairing: return 0;
    case Phase.Installing:
    case Phase.Offering:
    case Phase.ConfirmingReset: return Lit.Ok;
    case Phase.ChoosingDirection: return Lit.One | Lit.Two | (s.admin === 0 ? 0 : Lit.Cancel);
    case Phase.Initial: return Lit.Cancel | Lit.Ok;
    case Phase.Awake:
      // K8, O1. Digits stay lit past the 20th: the 21st tells of its own failure (U3).
      return codeKeys(s, Limit.entryMaxDigits + 1) | Lit.Bell | Lit.Away | (s.digits === 0 && canThrow(s) ? Lit.Ok : 0);
    case Phase.Verifying: return codeKeys(s, Limit.entryMaxDigits + 1) | Lit.Bell;
    case Phase.NewPasscode: return codeKeys(s, Limit.passcodeMaxDigits);
    case Phase.Deleting: return Lit.Cancel | (s.digits < Limit.deleteDigits ? Lit.Digits : Lit.Ok);
    case Phase.Speaking:
    case Phase.Enrolling: return Lit.Cancel;
    default: return litByMenu(s);
  }
}

/** K6: the low-battery light shows whenever the keypad is lit. */
export function litKeys(s: Lock): number {
  const keys = keysOf(s);
  return keys === 0 || s.low === 0 ? keys : keys | Lit.Low;
}

export function isLit(keys: number, key: Key): boolean {
  return Math.floor(keys / (1 << key)) % 2 === 1;
}
