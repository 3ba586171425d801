/** A lock started again after a cut, from its flash and its surroundings as they stood at that instant. */
import { Engine } from "../../hal/platform/sim/chip";
import { bench, newWorld, Session, World } from "../../hal/platform/sim/world";
import { Operation, Story } from "./story";

/** A cut: `byte` bytes of operation `operation` (from 0) of a story are done. */
export interface Cut { operation: number; byte: number }

/** Until the modules have started and are paired or emptied. */
export const recoveryMs = 12000;

/** @param flash as it was before the operation, left as the cut leaves it; `undo` takes that back */
export function tear(flash: Uint8Array, operation: Operation, byte: number): void {
  flash.set(operation.after.subarray(0, byte), operation.address);
  flash.set(operation.before.subarray(byte), operation.address + byte);
}

/**
 * The world right after the cut, its lock still without power. It is a new world, not the story played again up to
 * the cut, and yet the same: without supply a lock is its flash, and so are the modules and the clock their memories;
 * both are in the copies taken at the operation, as are the places of bolt, door, tamper switch and battery. What
 * else a world holds (a button held, a module made silent, who is at a sensor) is put back by words of the bench. Only
 * hands that were to press more keys rest, and the clock of the world begins at 0. A test compares both ways.
 */
export function worldAfter(story: Story, engine: Engine, flash: Uint8Array, operation: Operation): Session {
  // Another seed: a lock that restarts makes no random bytes a second time.
  const world = newWorld({ board: story.board, engine, seed: "restart", flash, standing: operation.standing });
  const session = new Session(world);
  for (const line of operation.surroundings) bench(world, line);
  return session;
}

/** How long an expected line is waited for: it may not come any more. */
const patienceMs = 3000;

/** Gives the rest of the story, whatever becomes of it. */
export function playOn(story: Story, session: Session, after: number): void {
  const { world } = session;
  for (const step of story.scenario.steps.slice(after + 1)) {
    if (step.kind === "send") session.perform(step.text);
    else if (step.kind === "pass") world.advance(step.ms);
    else if (step.kind === "expect") {
      let looked = session.trace.length;
      world.advance(patienceMs, () => {
        const found = session.trace.slice(looked).some((line) => line.replace(/^@\d+ /, "").startsWith(step.text));
        looked = session.trace.length;
        return found;
      });
    }
  }
}

/** Types a code at the keypad and lets the lock answer. @returns the trace lines of it */
export function enter(session: Session, code: string): string[] {
  const from = session.trace.length;
  session.perform(`keys ${code} ok`);
  session.world.advance(1500);
  return session.trace.slice(from).map((line) => line.replace(/^@\d+ /, ""));
}

export interface Templates { faces: number; palms: number; fingers: number }

/** How many the modules that are in the lock have. */
export function templatesIn({ finger, palmFace }: World): Templates {
  return { faces: palmFace?.face.templates.length ?? 0, palms: palmFace?.palm.templates.length ?? 0, fingers: finger?.templates.length ?? 0 };
}

/** How many the users have, by what the lock tells. */
export function templatesTold(users: string): Templates {
  const sum = (name: string): number => [...users.matchAll(new RegExp(`${name}=(\\d+)`, "g"))].reduce((all, found) => all + Number(found[1]), 0);
  return { faces: sum("faces"), palms: sum("palms"), fingers: sum("fingers") };
}
