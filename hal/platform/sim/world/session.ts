import { bench } from "./bench";
import type { World } from "./world";

/** A line that was given, and its answer as far as it came. */
export interface Exchange {
  readonly line: string;
  /** When it is `done` the last line is `ok` or `error …`. */
  readonly answer: string[];
  done: boolean;
}

/** An exchange under way and what ends it. */
interface Pending extends Exchange {
  /** World time after which `lateAnswer` is the answer. */
  endMs: number;
  lateAnswer: string;
  /** Ends it earlier, with `lateAnswer`. */
  ready: () => boolean;
  /** The lock answers, not the world. */
  console: boolean;
  answered: boolean;
}

/** How long a command of the lock may take to be answered. */
const consoleAnswerMs = 10000;
const traceLine = /^@\d+ /;

/**
 * The user of a world: gives bench words to the world and every other line to the lock's console,
 * and tells answers from trace lines.
 */
export class Session {
  /** Trace lines the lock printed since the session began, with their `@<ms>`. */
  readonly trace: string[] = [];
  /** Everything given and printed, in order; given lines begin with `> `. */
  readonly transcript: string[] = [];
  /** Told of every line the lock prints, and of the answers of bench words. */
  onLine: (line: string) => void = () => undefined;
  private current: Pending | null = null;

  constructor(readonly world: World) {
    world.onLine = (line) => this.printed(line);
  }

  /** Gives a line. The answer comes as time passes; the exchange before must be settled. */
  begin(line: string): Exchange {
    if (this.current !== null) throw new Error(`"${line}" was given before "${this.current.line}" was answered`);
    this.transcript.push(`> ${line}`);
    const exchange = this.actOn(line);
    this.current = exchange;
    // The clock must stand still at the end even if nothing else happens there.
    this.world.scheduler.after(exchange.endMs - this.world.nowMs, () => undefined);
    return exchange;
  }

  /** Gives a line and lets time pass until it is answered. @returns the answer. */
  perform(line: string): string[] {
    const exchange = this.begin(line);
    this.world.advance(Infinity, () => this.settle());
    return exchange.answer;
  }

  /** True once the last line given is answered and nothing more is due at this millisecond. */
  settle(): boolean {
    const exchange = this.current;
    if (exchange === null) return true;
    const { scheduler, machine } = this.world;
    if (scheduler.nextMs() <= scheduler.nowMs) return false;
    if (!exchange.answered) {
      if (exchange.console && !machine.powered) this.answer(exchange, "error no-power The power went before the lock answered.");
      else if (exchange.ready() || scheduler.nowMs >= exchange.endMs) this.answer(exchange, exchange.lateAnswer);
      else return false;
    }
    exchange.done = true;
    this.current = null;
    return true;
  }

  private actOn(line: string): Pending {
    const { world } = this;
    const act = bench(world, line);
    const exchange = { line, answer: [], done: false, answered: false };
    if (act !== null) {
      return { ...exchange, console: false, endMs: world.nowMs + act.waitMs, lateAnswer: act.answer, ready: act.ready ?? (() => false) };
    }
    if (!world.machine.powered) {
      const lateAnswer = "error no-power The lock has no power; power on gives it back.";
      return { ...exchange, console: false, endMs: world.nowMs, lateAnswer, ready: () => true };
    }
    world.type(`${line}\n`);
    const lateAnswer = `error no-answer The lock gave no answer within ${consoleAnswerMs / 1000} s.`;
    return { ...exchange, console: true, endMs: world.nowMs + consoleAnswerMs, lateAnswer, ready: () => false };
  }

  private answer(exchange: Pending, line: string): void {
    exchange.answer.push(line);
    exchange.answered = true;
    this.transcript.push(line);
    this.onLine(line);
  }

  private printed(line: string): void {
    this.transcript.push(line);
    this.onLine(line);
    if (traceLine.test(line)) {
      this.trace.push(line);
      return;
    }
    const exchange = this.current;
    if (exchange === null || !exchange.console || exchange.answered) return;
    exchange.answer.push(line);
    exchange.answered = line === "ok" || line.startsWith("error ");
  }
}
