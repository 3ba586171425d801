/** What the behaviours are written with. */
import { Engine } from "../platform/sim/chip";
import { Bench, startedBench } from "./bench";

export interface Behaviour {
  name: string;
  /** Throws where the platform behaves otherwise. */
  check(engine: Engine): void;
}

export function equal(found: unknown, expected: unknown): void {
  const [left, right] = [JSON.stringify(found), JSON.stringify(expected)];
  if (left !== right) throw new Error(`found ${left}, expected ${right}`);
}

export function hexOf(bytes: string): string {
  return Buffer.from(bytes, "latin1").toString("hex");
}

export const allBytes = String.fromCharCode(...Array.from({ length: 256 }, (_, code) => code));

/** Runs with a bench that is taken down afterwards. */
export function on(run: (bench: Bench) => void): (engine: Engine) => void {
  return (engine) => {
    const bench = startedBench(engine);
    try {
      run(bench);
    } finally {
      bench.machine.powerOff();
    }
  };
}

/** Runs what must throw. @returns the message. */
export function failureOf(run: () => void): string {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("nothing was thrown");
}
