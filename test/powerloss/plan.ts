/** Which cuts of which stories are made, and what came of them. */
import { Board } from "../../hal/board";
import { Engine } from "../../hal/platform/sim/chip";
import { Cut } from "./restart";
import { Operation, recordStory, Story } from "./story";
import { cutOnce, cutTwice, eachOperation, everyByte, newTally, Tally, threeBytes } from "./sweep";

/** Its very first start is cut too, before the lock has a key. */
const firstStart = "test/scenarios/start/first-administrator.scn";

export interface Plan {
  /** Every byte of each operation; else nothing, half and all of it. */
  exhaustive: boolean;
  /** One cut in so many, and at least one a story. Which ones is fixed: the n-th story begins with its n-th cut. */
  every: number;
  /** A second cut, in the start after the first, where the story has no more operations than this; 0 = none. */
  pairsUpTo: number;
}

/** `npm test`: chosen for 25 s on one core; 29 has no factor that the rhythm of the operations could have. */
export const sample: Plan = { exhaustive: false, every: 29, pairsUpTo: 0 };
/** `npm run powerloss`. */
export const linear: Plan = { exhaustive: false, every: 1, pairsUpTo: 12 };
export const exhaustive: Plan = { exhaustive: true, every: 1, pairsUpTo: 12 };

export interface SweepOptions {
  engine: Engine;
  board: Board;
  plan: Plan;
  /** Told before each story. */
  onStory?: (file: string, index: number, tally: Tally) => void;
}

export interface Swept extends Tally {
  /** Stories that write. */
  stories: number;
}

export async function sweep(files: readonly string[], { engine, board, plan, onStory }: SweepOptions): Promise<Swept> {
  const tally = newTally();
  let stories = 0;
  for (const [index, file] of files.entries()) {
    onStory?.(file, index, tally);
    for (const fromStart of file === firstStart ? [false, true] : [false]) {
      const story = await recordStory(file, { engine, board, fromStart });
      if (story.operations.length === 0) continue;
      if (!fromStart) stories++;
      cutStory(story, engine, plan, index, tally);
    }
  }
  return { ...tally, stories };
}

/** @param offset which of `plan.every` cuts is the first one */
export function cutStory(story: Story, engine: Engine, plan: Plan, offset: number, tally: Tally): void {
  const bytesOf = (operation: Operation): number[] => plan.exhaustive ? everyByte(operation) : threeBytes(operation);
  const all = story.operations.reduce((sum, operation) => sum + bytesOf(operation).length, 0);
  const every = Math.min(plan.every, all);
  let count = offset % every;
  eachOperation(story, (flash, operation, at) => {
    const whole = threeBytes(operation);
    for (const byte of bytesOf(operation)) {
      if (count++ % every !== 0) continue;
      const cut: Cut = { operation: at, byte };
      cutOnce(story, engine, flash, cut, tally, whole.includes(byte));
      if (story.operations.length <= plan.pairsUpTo && byte === whole[1]) cutTwice(story, engine, flash, cut, tally);
    }
  });
}
