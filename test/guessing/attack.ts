/** Guessing at the keypad, played on the core itself: how many six-digit windows somebody tries in a time. */
import { Method, Save, Setting } from "../../firmware/core/events";
import { Guard, isBudgetEmpty } from "../../firmware/core/lockout/budget";
import { attemptFailed, failuresNow } from "../../firmware/core/lockout/failures";
import { endLockout } from "../../firmware/core/lockout/lockout";
import { Out, newOut } from "../../firmware/core/outputs";
import { Lock, newLock } from "../../firmware/core/state";
import { newUsers } from "../../firmware/core/users/table";
import { Limit, newBoardLimits } from "../../firmware/limits";
import { countersText, loadCounters } from "../../firmware/store/counters";

/** Four keys a second, twenty digits and `ok`. */
const entryS = 21 / 4;
const windowsAnEntry = Limit.entryMaxDigits - Limit.passcodeMinDigits + 1;

/** When the supply is cut, again and again. */
export type Cut =
  | { at: "never" }
  /** After the answer to so many failures that count, from 1. */
  | { at: "answered"; failures: number }
  /** When this share of a lockout is over, once in each: its time starts anew. */
  | { at: "lockedOut"; share: number }
  /** Between `ok` and the answer. */
  | { at: "unanswered" };

export interface Attack {
  guard: Guard;
  /** Stays below the lockout, so that no alarm is raised. */
  quiet: boolean;
  cut: Cut;
}

/** What a cut costs and brings. */
export interface Supply {
  /** From the supply's return to the first key that is felt, s. */
  bootS: number;
  /** A cut between `ok` and the answer can tell a right code from a wrong one that is then not counted. */
  tells: boolean;
}

/** Every moment at which cutting could pay. */
export const cuts: Cut[] = [
  ...Array.from({ length: Limit.lockoutFailures - 1 }, (_, i): Cut => ({ at: "answered", failures: i + 1 })),
  ...[0, 0.5, 1].map((share): Cut => ({ at: "lockedOut", share })),
  { at: "unanswered" },
];

/** A lock under attack: what it knows, and what of it is in flash. */
class Target {
  lock: Lock;
  windows = 0;
  nowS = 0;
  private readonly out: Out = newOut();
  private bootedS = 0;
  private kept: string;

  constructor(private readonly guard: Guard, private readonly supply: Supply) {
    this.lock = this.newLock();
    this.kept = countersText(this.lock);
  }

  pass(seconds: number): void {
    this.nowS += seconds;
    this.lock.nowS = Math.floor(this.nowS - this.bootedS);
  }

  attempt(): void {
    this.windows += windowsAnEntry;
    attemptFailed(this.lock, this.out, Method.Passcode, windowsAnEntry);
    this.store();
  }

  endLockout(): void {
    endLockout(this.lock, this.out, Method.None);
    this.store();
  }

  /** L5: what is in flash is all that is left; a lockout in it begins anew. */
  cutSupply(): void {
    this.pass(this.supply.bootS);
    this.bootedS = this.nowS;
    this.lock = this.newLock();
    loadCounters(this.lock, this.kept);
  }

  /** As apply() does, behind every step. */
  private store(): void {
    if (this.out.save >= Save.Counters) this.kept = countersText(this.lock);
    this.out.save = 0;
    this.out.notes = 0;
  }

  private newLock(): Lock {
    const lock = newLock(newBoardLimits());
    lock.users = newUsers();
    lock.settings[Setting.Guard] = this.guard;
    return lock;
  }
}

/** Windows that somebody tries who types 20 digits again and again, every window a new one. */
export function windowsTried(attack: Attack, supply: Supply, seconds: number): number {
  const target = new Target(attack.guard, supply);
  while (target.nowS < seconds) {
    if (attack.quiet && failuresNow(target.lock) >= Limit.lockoutFailures - 1) target.pass(1);
    else if (isBudgetEmpty(target.lock)) target.pass(60);
    else enter(target, attack.cut, supply);
  }
  return target.windows;
}

function enter(target: Target, cut: Cut, supply: Supply): void {
  target.pass(entryS);
  if (cut.at === "unanswered") {
    if (supply.tells) target.windows += windowsAnEntry;
    target.cutSupply();
    return;
  }
  target.attempt();
  if (target.lock.lockedOutS > 0) sitOut(target, cut);
  else if (cut.at === "answered" && target.lock.failures.length === cut.failures) target.cutSupply();
}

function sitOut(target: Target, cut: Cut): void {
  if (cut.at === "lockedOut") {
    target.pass(cut.share * target.lock.lockedOutS);
    target.cutSupply();
  }
  target.pass(target.lock.lockedOutS);
  target.endLockout();
}
