import { Board } from "../../hal/board";
import { Engine } from "../../hal/platform/sim/chip";
import { newWorld, Session } from "../../hal/platform/sim/world";
import { Recorder, Recording } from "../trace/recording";
import { signalsOf } from "../trace/signals";

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
  /** By how much a time of `ms` may be missed; left out where time is virtual: not at all. */
  toleranceMs?(ms: number): number;
  /** Frees what the target holds. */
  end(): Promise<void>;
}

/** Every random byte of a lock that plays stories is the same from run to run. */
export const scenarioSeed = "scenario";

/** A simulated lock, and what passed on its wires if that was asked for. */
export interface SimTarget extends Target { readonly recording: Recording | null }

/**
 * A lock with an erased store, in a fresh world that is the same every time, just powered.
 * @param title of the recording; left out = none is made
 */
export function newSimTarget(engine: Engine, board: Board, title?: string): SimTarget {
  const world = newWorld({ board, engine, seed: scenarioSeed });
  const session = new Session(world);
  const recorder = title === undefined ? null : new Recorder(board, title, () => world.nowMs);
  recorder?.watch(world, [...signalsOf(board).pins.keys()]);
  session.onLine = (text) => recorder?.add({ kind: "printed", text });
  world.powerOn();
  return {
    recording: recorder,
    trace: session.trace,
    transcript: session.transcript,
    send: (line) => attempt(() => {
      recorder?.add({ kind: "given", text: line });
      return session.perform(line);
    }),
    advance: (ms, enough) => attempt(() => world.advance(ms, enough)),
    end: () => attempt(() => world.powerOff()),
  };
}

/** A throw becomes a rejection. */
function attempt<T>(act: () => T): Promise<T> {
  return new Promise((resolve) => resolve(act()));
}
