import { Event } from "../../firmware/core/events";
import { step } from "../../firmware/core/lock";
import { Out, newOut } from "../../firmware/core/outputs";
import { Lock, Phase, newLock } from "../../firmware/core/state";
import { newBoardLimits } from "../../firmware/limits";
import { Told } from "../../firmware/core/events";
import { INVARIANTS, Seen } from "../invariants";

/** A fact that may come: what the core is given. */
export interface Move {
  name: string;
  event: Event;
  arg: number;
  /** Sets operands, or whatever the world changes before the fact comes. */
  prepare?: (s: Lock) => void;
  /** Only where this holds. */
  when?: (s: Lock) => boolean;
}

/** What was found. */
export interface Exploration {
  states: number;
  steps: number;
  /** For each broken promise, the shortest way there. */
  broken: { promise: string; way: string[] }[];
  /** Journal kinds, refusals and so on that were seen: a graph that misses one proves little. */
  grants: Set<number>;
  refusals: Set<number>;
  notes: Set<number>;
  phases: Set<number>;
}

interface Node { state: Lock; granted: boolean; from: number; by: string }

/** A literal with every field by name: copying is most of the work here, and a spread takes four times as long. */
const shallow = new Function("s", `return { ${Object.keys(restingFields()).map((field) => `${field}: s.${field}`).join(", ")} };`) as (s: Lock) => Lock;

function restingFields(): Lock {
  return newLock(newBoardLimits());
}

export function copyOf(s: Lock): Lock {
  const copy = shallow(s);
  copy.settings = s.settings.slice();
  copy.failures = s.failures.slice();
  copy.quiet = [];
  copy.operand = [0, 0, 0, 0];
  return copy;
}

/** Long texts by a short number. */
class Names {
  private readonly numbers = new Map<string, number>();
  of(text: string): number {
    const known = this.numbers.get(text);
    if (known !== undefined) return known;
    this.numbers.set(text, this.numbers.size);
    return this.numbers.size - 1;
  }
}

/**
 * A state as text. Times are left out: time stands still here, ageing is a move of its own. So is
 * what no decision about the door depends on: who is told what, how often, and what is spoken.
 */
function keyOf(s: Lock, granted: boolean, names: Names): string {
  return String.fromCharCode(
    s.doorOpen, s.bolt, s.handle, s.battery + 1, s.usb, s.setHeld, s.failures.length, s.lockedOutS, s.armed, s.throwing,
    s.low, s.initial, s.motor, s.run, s.tries, s.want, s.jammed, s.told, s.byHand, s.granted, s.fromInside, s.tamperAlarm, s.awayAlarm, s.doorAlarm, s.swapped, s.renewed, s.power, s.critical, s.phase, s.lit, s.digits, s.waking, s.swallow, s.muted, s.subject, s.role,
    s.fresh, s.admin, s.sensor, s.origin, s.codeKind, s.codeOwner, s.repeating, s.counted, s.looking, s.resetHeld, s.setTimed,
    granted ? 1 : 0, names.of(s.users), names.of(s.templates), s.settings[0], s.settings[1],
  );
}

/** The fields that keyOf leaves out, and those that the phase does not read: two states that differ in them alone are one. */
function rest(s: Lock): void {
  s.quiet = [];
  s.silent = 0;
  s.stage = 0;
  s.lockBy = 0;
  s.number = Math.min(s.number, 1);
  s.speaking = 0;
  s.ringing = 0;
  s.refusalNoted = 0;
  s.spoken = 0;
  s.steps = 0;
  if (s.phase !== Phase.Enrolling) s.sensor = 0;
  if (s.phase !== Phase.NewPasscode) s.codeKind = s.codeOwner = s.repeating = 0;
  if (s.phase !== Phase.NewPasscode && s.phase !== Phase.Enrolling) s.origin = 0;
  if (s.phase !== Phase.NewPasscode && s.phase !== Phase.Enrolling && s.phase !== Phase.Credentials) s.subject = s.role = s.fresh = 0;
}

const { timer: _timer, lamp: _lamp, look: _look, noteKind: _kinds, noteUser: _users, noteBy: _bys, ...EMPTY } = newOut();

const empty = new Function("out", Object.entries(EMPTY).map(([register, value]) => `out.${register} = ${JSON.stringify(value)};`).join(" ")) as (out: Out) => void;

/** Empties the registers for the next step. */
function clear(out: Out): void {
  if (out.timed !== 0) out.timer.fill(0);
  out.lamp.fill(0);
  out.look.fill(0);
  empty(out);
}

/** Breadth first over every state that the moves can reach from `start`. @param within states past this are judged, and not gone on from */
export function explore(start: Lock, moves: Move[], most: number, within: (s: Lock) => boolean = () => true): Exploration {
  const found: Exploration = { states: 0, steps: 0, broken: [], grants: new Set(), refusals: new Set(), notes: new Set(), phases: new Set() };
  const nodes: Node[] = [{ state: start, granted: false, from: -1, by: "start" }];
  const names = new Names();
  const known = new Set([keyOf(start, false, names)]);
  const out = newOut();
  for (let at = 0; at < nodes.length && nodes.length < most; at++) {
    const { state, granted } = nodes[at];
    if (!within(state)) continue;
    for (const move of moves) {
      if (move.when?.(state) === false) continue;
      const after = copyOf(state);
      move.prepare?.(after);
      const before = move.prepare === undefined ? state : copyOf(after);
      clear(out);
      step(after, out, move.event, move.arg);
      found.steps++;
      judge({ before, event: move.event, arg: move.arg, after, out, granted }, found, () => wayTo(nodes, at, move.name));
      const now = (granted || out.grant !== 0) && !(out.bolt === Told.Unlocked) && after.told !== Told.Unlocked;
      rest(after);
      const key = keyOf(after, now, names);
      if (known.has(key)) continue;
      known.add(key);
      nodes.push({ state: after, granted: now, from: at, by: move.name });
    }
  }
  found.states = nodes.length;
  return found;
}

function judge(seen: Seen, found: Exploration, way: () => string[]): void {
  const { out, after } = seen;
  if (out.grant !== 0) found.grants.add(out.grant);
  if (out.refuse !== 0) found.refusals.add(out.refuse);
  for (let i = 0; i < out.notes; i++) found.notes.add(out.noteKind[i]);
  found.phases.add(after.phase);
  for (const [promise, holds] of Object.entries(INVARIANTS)) {
    if (holds(seen) || found.broken.some((b) => b.promise === promise)) continue;
    found.broken.push({ promise, way: way() });
  }
}

function wayTo(nodes: Node[], at: number, last: string): string[] {
  const way = [last];
  for (let i = at; i > 0; i = nodes[i].from) way.unshift(nodes[i].by);
  return way;
}
