import { BoltPosition, Direction } from "../hal/roles";
import { Field, countAdministrators, userField } from "../firmware/core/users/table";
import { isLit } from "../firmware/core/lit";
import { moduleOf } from "../firmware/core/users/modules";
import { Command, Event, MenuLevel, Method, Put, Role, Save, Timer, Told } from "../firmware/core/events";
import { Out } from "../firmware/core/outputs";
import { Lock, MotorPhase, Phase } from "../firmware/core/state";

/** One step of the core, seen from outside: the state before, what came, the state after and what it wished. */
export interface Seen {
  before: Lock;
  event: Event;
  arg: number;
  after: Lock;
  out: Out;
  /** A grant has been given and its withdrawal has not ended. */
  granted: boolean;
}

/** The motor drives towards throw: a throw, or the back-off of a withdrawal (O5). */
function drivesToThrow(s: Lock): boolean {
  return s.motor === MotorPhase.Throwing || (s.motor === MotorPhase.BackingOff && s.run === Direction.Withdraw);
}

/** One more try of a withdrawal under way; or O5: the back-off of a throw, or a throw that the door stopped. */
function goesOn({ before, after }: Seen): boolean {
  if (before.motor === MotorPhase.Resting) return false;
  return before.run === Direction.Withdraw || after.motor === MotorPhase.BackingOff || after.doorOpen === 1;
}

/** The promises that hold in every reachable state, whatever comes. Each is one line of code. */
export const INVARIANTS: { [promise: string]: (seen: Seen) => boolean } = {
  "the motor never withdraws the bolt without a grant, an authorised command, or a throw that O5 undoes":
    (seen) => seen.out.motor !== Direction.Withdraw || seen.out.grant !== 0 || seen.granted || goesOn(seen),
  "`locked` is only ever said after the bolt switch said so":
    ({ after }) => after.told !== Told.Locked || after.bolt === BoltPosition.Thrown,
  "a lockout in force grants nothing":
    ({ before, out }) => before.lockedOutS === 0 || out.grant === 0,
  "the last administrator never disappears but by factory reset":
    ({ before, after, out }) => out.put === Put.Wipe || before.users === after.users || countAdministrators(before.users) === 0 || countAdministrators(after.users) > 0,
  "the motor never drives towards throw with the door open":
    ({ after }) => after.doorOpen === 0 || !drivesToThrow(after),
  "every drive of the motor has its limit":
    ({ out }) => out.motor === 0 || out.timer[Timer.Motor] > 0,
  "a failed attempt is stored in the step that answers it":
    ({ out }) => out.fail === 0 || Math.floor(out.save / Save.Counters) % 2 === 1,
  "only an administrator is in the menu":
    ({ before, after, out }) => (before.admin === after.admin && out.menu !== MenuLevel.Main) || after.admin === 0 || userField(after.users, after.admin, Field.Role) === Role.Admin,
  "who opens the menu has verified, or is the first administrator":
    ({ before, after }) => before.admin !== 0 || after.admin === 0 || before.phase === Phase.Verifying || before.initial === 1,
  "what a reset's confirmation covers has ended":
    ({ after }) => after.phase !== Phase.ConfirmingReset || (after.admin === 0 && after.looking === 0 && after.repeating === 0),
  "a start moves nothing but an unfinished throw":
    ({ event, before, out }) => event !== Event.Boot || out.motor === 0 || (out.motor === Direction.Throw && before.throwing === 1),
  "in the initial state nobody is let in but by command":
    ({ event, arg, before, out }) => before.initial === 0 || out.grant === 0 || (event === Event.Command && arg === Command.Unlock) || event === Event.RemoteUnlock,
  "a module that is not the lock's own lets nobody in":
    ({ before, out }) => out.grant < Method.Face || out.grant > Method.Finger || !isLit(before.swapped, moduleOf(out.grant - Method.Face)),
  "a dark keypad holds nothing half-entered":
    ({ after }) => after.phase !== 0 || (after.digits === 0 && after.admin === 0 && after.repeating === 0 && after.lit === 0),
  "a muted lock makes no sound":
    ({ before, after, out }) => before.muted === 0 || after.muted === 0 || (out.beep === 0 && out.voice === 0),
  "one step never makes more journal entries than there is room for":
    ({ out }) => out.notes < out.noteKind.length,
};
