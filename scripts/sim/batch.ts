import { createInterface } from "node:readline";
import { benchHint } from "./hints";
import { describeStop } from "./live";
import { SimulatedLock } from "./lock";

/**
 * A simulated lock whose commands are piped in: time passes by `wait` and by what commands take,
 * nothing else. @returns the exit code.
 */
export async function runBatch(lock: SimulatedLock, input: NodeJS.ReadableStream, print: (line: string) => void): Promise<number> {
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    const bare = line.trim();
    if (bare === "" || bare.startsWith("#")) continue;
    try {
      lock.session.perform(bare);
      if (bare === "help") print(benchHint);
    } catch (error) {
      print(describeStop(error));
      return 1;
    } finally {
      lock.save();
    }
  }
  lock.end();
  return 0;
}
