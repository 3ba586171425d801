import { Board } from "../../hal/board";
import { Engine } from "../../hal/platform/sim/chip";
import { newWorld, Session } from "../../hal/platform/sim/world";

/** What a scenario is played on: a lock in its surroundings, simulated or real. */
export interface Target {
  /** Gives a line to the bench or the lock. @returns the answer, its last line `ok` or `error …`. */
  send(line: string): Promise<string[]>;
  /** Lets lock time pass, at most `ms`. @param enough asked as it passes; true ends it early. */
  advance(ms: number, enough?: () => boolean): Promise<void>;
  /** Every trace line so far, with its `@<ms>`. */
  readonly trace: readonly string[];
  /** Everything given and printed so far, in order. */
  readonly transcript: readonly string[];
  /** Frees what the target holds. */
  end(): Promise<void>;
}

/** A lock with an erased store, in a fresh world that is the same every time, just powered. */
export function newSimTarget(engine: Engine, board: Board): Target {
  const world = newWorld({ board, engine, seed: "scenario" });
  const session = new Session(world);
  world.powerOn();
  return {
    trace: session.trace,
    transcript: session.transcript,
    send: (line) => attempt(() => session.perform(line)),
    advance: (ms, enough) => attempt(() => world.advance(ms, enough)),
    end: () => attempt(() => world.powerOff()),
  };
}

/** A throw becomes a rejection. */
function attempt<T>(act: () => T): Promise<T> {
  return new Promise((resolve) => resolve(act()));
}
