import { Command, Event, Journal, Method, Refusal, Timer } from "../../firmware/core/events";
import { Lock, Phase } from "../../firmware/core/state";
import { Exploration, Move, explore } from "./graph";
import { ALARM_MOVES, ATTEMPT_MOVES, BOLT_MOVES, MENU_MOVES, PART_MOVES, POWER_MOVES, SET_MOVES, fewUsers, fingerOnlyLock, restingLock, settledLock } from "./moves";

/** Past this many states a graph is not being explored but sampled. */
const MOST = 100000;

function everywhere(start: Lock, moves: Move[]): Exploration {
  const found = explore(start, moves, MOST, fewUsers);
  expect(found.broken).toEqual([]);
  expect(found.states).toBeLessThan(MOST);
  return found;
}

test("bolt, door and motor: every state, every event", () => {
  const { notes, grants, phases } = everywhere(settledLock(), BOLT_MOVES);
  expect(phases).toContain(Phase.Offering);
  for (const kind of [Journal.Jammed, Journal.AwayAlarm, Journal.Moved, Journal.Lock]) expect(notes).toContain(kind);
  expect(grants).toContain(Method.Finger);
});

test("attempts and lockout: every state, every event", () => {
  const { grants, refusals } = everywhere(settledLock(), ATTEMPT_MOVES);
  for (const method of [Method.Passcode, Method.Duress, Method.Bluetooth, Method.Command]) expect(grants).toContain(method);
  for (const refusal of [Refusal.Unknown, Refusal.Locked, Refusal.AdminNeeded, Refusal.Expired]) expect(refusals).toContain(refusal);
});

test("menus, enrolment and deletion: every state, every event", () => {
  const { phases, notes } = everywhere(settledLock(), MENU_MOVES);
  for (const phase of [Phase.MainMenu, Phase.Credentials, Phase.Deleting, Phase.Speaking, Phase.Enrolling, Phase.NewPasscode]) expect(phases).toContain(phase);
  for (const kind of [Journal.UserAdded, Journal.UserDeleted, Journal.CredentialAdded, Journal.CredentialFailed]) expect(notes).toContain(kind);
});

test("installation, SET, pairing and reset: every state, every event", () => {
  const { phases, notes } = everywhere(restingLock(), SET_MOVES);
  for (const phase of [Phase.Installing, Phase.ChoosingDirection, Phase.Initial, Phase.Pairing, Phase.ConfirmingReset]) expect(phases).toContain(phase);
  expect(notes).toContain(Journal.Reset);
});

test("power and faces: every state, every event", () => {
  const { notes } = everywhere(settledLock(), POWER_MOVES);
  expect(notes).toContain(Journal.Power);
});

test("alarms and silence: every state, every event", () => {
  const { notes } = everywhere(settledLock(), ALARM_MOVES);
  for (const kind of [Journal.Tamper, Journal.Silence, Journal.Bell, Journal.DoorLeftOpen, Journal.AwayAlarm]) expect(notes).toContain(kind);
});

test("parts and modules: every state, every event", () => {
  const { notes, grants, refusals } = everywhere(settledLock(), PART_MOVES);
  for (const kind of [Journal.ModuleFault, Journal.ModuleSwapped, Journal.ModulePaired, Journal.Tamper]) expect(notes).toContain(kind);
  expect(refusals).toContain(Refusal.Swapped);
  expect(grants).toContain(Method.Finger);
  // M6: the module that the only administrator needs is not emptied.
  expect(everywhere(fingerOnlyLock(), PART_MOVES).notes).toContain(Journal.ModuleSwapped);
});

test("nothing that can come is left out", () => {
  const moves = [BOLT_MOVES, ATTEMPT_MOVES, MENU_MOVES, SET_MOVES, POWER_MOVES, ALARM_MOVES, PART_MOVES].flat();
  const all = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
  expect([...new Set(moves.map((move) => move.event))].sort((a, b) => a - b)).toEqual(all(Event.Count));
  expect([...new Set(moves.filter((move) => move.event === Event.Expired).map((move) => move.arg))].sort((a, b) => a - b)).toEqual(all(Timer.Count));
  expect([...new Set(moves.filter((move) => move.event === Event.Command).map((move) => move.arg))].sort((a, b) => a - b)).toEqual(all(Command.PairModule + 1));
});

test("a core that forgets a rule is caught, with the way there", () => {
  // The motor is told to withdraw by a move that granted nothing: what a wrong rule would do.
  const wrong: Move = { name: "wrong rule", event: Event.Bolt, arg: 0, prepare: (s) => { s.want = 1; s.motor = 0; } };
  const found = explore(settledLock(), [wrong, { name: "timer", event: Event.Expired, arg: 9, prepare: (s) => { s.want = 1; } }], 1000);
  expect(found.broken.map((b) => b.way)).toEqual([["timer"]]);
});
