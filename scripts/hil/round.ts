import { UserError } from "../build/user-error";
import { Place } from "./place";
import { Plan } from "./plan";
import { delay, HilResult, runOnBench, unplayed, withSeen } from "./run";

const mostPlays = 3;
const waited = "the bench stopped";

/** All files of a command line, on as many benches as there are jobs. */
export class Round {
  /** In the order of the files; after `play` there is one for each. */
  readonly results: HilResult[] = [];
  /** Why it ended before the last file, in a sentence. */
  stopped: string | null = null;
  /** From outside. */
  interrupted = false;
  private readonly waiting: { file: string; index: number }[];
  private readonly places: Place[];

  /** @param onResult told of each file as it ends, in the order of their ends, but not of what the bench or somebody stopped @param note prints */
  constructor(private readonly plan: Plan, private readonly onResult: (result: HilResult) => void, private readonly note: (text: string) => void) {
    this.waiting = plan.files.map((file, index) => ({ file, index }));
    this.places = Array.from({ length: Math.min(plan.jobs, plan.files.length) }, () => new Place(plan));
  }

  async play(): Promise<void> {
    await Promise.all(this.places.map((place) => this.work(place)));
    this.plan.files.forEach((file, index) => { this.results[index] ??= unplayed(file, "skipped", waited); });
  }

  /** Ends it at once, in the midst of what is played. */
  interrupt(why: string): void {
    this.interrupted = true;
    this.stop(why);
    for (const place of this.places) place.stop(new UserError(why));
  }

  /** What is played on other places goes on to its end. */
  private stop(why: string): void {
    this.stopped ??= why;
    this.waiting.length = 0;
  }

  private async work(place: Place): Promise<void> {
    try {
      for (let next = this.waiting.shift(); next !== undefined; next = this.waiting.shift()) {
        const result = await this.playFile(next.file, place);
        this.results[next.index] = result;
        if (result.outcome === "error") this.stop(result.failure?.seen ?? result.reason);
        else this.onResult(result);
      }
    } finally {
      place.close();
    }
  }

  private async playFile(file: string, place: Place): Promise<HilResult> {
    for (let plays = 1; ; plays++) {
      const result = await this.playOnce(file, place);
      if (result.outcome !== "slow" || plays === mostPlays || this.stopped !== null) return result;
      this.note(`slow     ${file}: ${delay(result)}; it is played once more\n`);
    }
  }

  private async playOnce(file: string, place: Place): Promise<HilResult> {
    const { options } = this.plan;
    try {
      const seat = await place.seat();
      if (this.stopped !== null) return unplayed(file, "skipped", waited);
      const result = await runOnBench(file, seat, options);
      const isOver = result.outcome === "passed" || result.outcome === "skipped" || this.interrupted;
      const words = isOver ? null : await place.lastWords();
      return words === null ? result : withSeen(result, words, options.colour);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return unplayed(file, "error", await place.lastWords() ?? error.message);
    }
  }
}
