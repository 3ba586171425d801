/** From a scenario that fails to the fewest of its lines that fail in the same way (delta debugging). */
import { needsLine, parseScenario, Scenario, ScenarioError, Step } from "./parse";
import { Failure, play } from "./play";
import { newSimTarget } from "./target";
import { RunOptions, settleMs } from "./run";

/**
 * How it failed: what was expected, the line given last, and what the lock said since, without what changes as lines
 * go. Otherwise a line that is waited for would soon fail for want of anybody who makes it come.
 */
type Kind = string;

export interface Shrunk {
  /** The text of a scenario file that fails in the same way. */
  text: string;
  /** Lines that do something, before and after. */
  before: number;
  after: number;
  /** How often a scenario was played to find it. */
  plays: number;
}

const stopped = "it stopped: ";

/** Why there is nothing to shrink. */
export type Whole = "passes" | "unreadable";

export async function shrink(file: string, text: string, options: RunOptions): Promise<Shrunk | Whole> {
  let scenario: Scenario;
  try {
    scenario = parseScenario(file, text);
  } catch (error) {
    if (error instanceof ScenarioError) return "unreadable";
    throw error;
  }
  const search = new Search(scenario, options);
  const kind = await search.failure(scenario.steps);
  if (kind === null) return "passes";
  const steps = await search.fewest(kind);
  return { text: textOf(text, scenario, steps), before: scenario.steps.length, after: steps.length, plays: search.plays };
}

/** The result, for a terminal. */
export function describeShrunk(file: string, { text, before, after, plays }: Shrunk): string {
  return `SHRUNK ${file}: ${after} of its ${before} lines fail in the same way (${plays} plays):\n${text.replace(/^/gm, "    ").trimEnd()}\n`;
}

class Search {
  plays = 0;

  constructor(private readonly scenario: Scenario, private readonly options: RunOptions) {}

  /** Leaves out ever smaller parts of the lines, as long as what is left fails in this way. */
  async fewest(kind: Kind): Promise<Step[]> {
    let steps = this.scenario.steps;
    for (let size = Math.ceil(steps.length / 2); size >= 1;) {
      const smaller = await this.without(steps, size, kind);
      if (smaller !== null) steps = smaller;
      if (size === 1 && smaller === null) break;
      size = smaller !== null ? Math.min(size, Math.ceil(steps.length / 2)) : Math.floor(size / 2);
    }
    return this.shorter(steps, kind);
  }

  /** @returns how the lock fails at these lines, null if it does not */
  async failure(steps: Step[]): Promise<Kind | null> {
    this.plays++;
    const { engine, board } = this.options;
    try {
      const target = newSimTarget(engine, board);
      let given = "";
      let from = 0;
      const send = (line: string): Promise<string[]> => {
        given = line;
        from = target.trace.length;
        return target.send(line);
      };
      try {
        await target.advance(settleMs);
        const failure = await play({ ...this.scenario, steps }, { ...target, send });
        return failure === null ? null : kindOf(failure, given, target.trace.slice(from));
      } finally {
        await target.end();
      }
    } catch (error) {
      return `${stopped}${error instanceof Error ? error.message.replace(/\d+/g, "…") : String(error)}`;
    }
  }

  private async without(steps: Step[], size: number, kind: Kind): Promise<Step[] | null> {
    for (let from = 0; from < steps.length; from += size) {
      const rest = [...steps.slice(0, from), ...steps.slice(from + size)];
      if (!isScenario(rest)) continue;
      if (await this.failure(rest) === kind) return rest;
    }
    return null;
  }

  /** The same for waiting: as short as it may be, in halves. */
  private async shorter(steps: Step[], kind: Kind): Promise<Step[]> {
    let found = steps;
    for (const [at, step] of steps.entries()) {
      let kept = step;
      while (kept.kind === "pass" && kept.ms > 1) {
        const half: Step = { ...kept, ms: Math.floor(kept.ms / 2) };
        const tried = found.map((one, index) => index === at ? half : one);
        if (await this.failure(tried) !== kind) break;
        found = tried;
        kept = half;
      }
    }
    return found;
  }
}

/** What is left must be a scenario: it gives a line, before it asks for its answer, and expects something. */
function isScenario(steps: readonly Step[]): boolean {
  const [first, answer] = ["send", "answer"].map((kind) => steps.findIndex((step) => step.kind === kind));
  return first >= 0 && (answer < 0 || answer > first) && steps.some((step) => step.kind !== "send" && step.kind !== "pass");
}

function kindOf({ expected, seen }: Failure, given: string, said: readonly string[]): Kind {
  const plain = (line: string): string => line.replace(/^@\d+ /, "").replace(/^event \d+/, "event");
  return [expected, expected.startsWith("<") ? "" : plain(seen), given, ...said.map(plain)].join("\n");
}

/** The lines that are left, as they were written, with the comments that count. */
function textOf(text: string, { blank, rules }: Scenario, steps: readonly Step[]): string {
  const lines = text.split("\n");
  const head = blank ? ["# start: blank"] : [];
  const needs = lines.map((line) => line.trim()).filter((line) => needsLine.test(line));
  return [...head, `# ${rules.join(" ")}: what still fails`, ...needs, ...steps.map((step) => lineOf(step, lines)), ""].join("\n");
}

function lineOf(step: Step, lines: readonly string[]): string {
  return step.kind === "pass" ? `+${step.ms % 1000 === 0 ? `${step.ms / 1000}s` : `${step.ms}ms`}` : lines[step.line - 1].trim();
}
