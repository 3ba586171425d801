import { Scenario, Step } from "./parse";
import { Target } from "./target";

/** Why a scenario did not pass. */
export interface Failure {
  /** Line in the file, 0 = before its first line. */
  line: number;
  expected: string;
  /** What was there instead, in a few words. */
  seen: string;
  /** Trace lines around it, for a reader; `matched` is the last line that an `<` took, `unexpected` came after it. */
  around: { text: string; mark: "matched" | "unexpected" | "before" }[];
}

/** How long an `<` waits, in lock time. */
const patienceMs = 10000;
const aroundLines = 10;

const preparation = {
  blank: ["interactive off", "trace on"],
  standard: ["interactive off", "set direction right", "set countdown off", "trace on"],
};

/** True if `line` (with or without its `@<ms>`) is `text` or begins with it up to a space. */
export function matches(line: string, text: string): boolean {
  const bare = line.replace(/^@\d+ /, "");
  return bare === text || bare.startsWith(`${text} `);
}

/** Plays a scenario from its standard start. @returns null if it passed. */
export async function play(scenario: Scenario, target: Target): Promise<Failure | null> {
  for (const line of preparation[scenario.blank ? "blank" : "standard"]) {
    const answer = await target.send(line);
    if (answer.at(-1) !== "ok") {
      return { line: 0, expected: `ok to "${line}" of the standard start`, seen: answer.join(" / "), around: [] };
    }
  }
  return new Player(scenario.steps, target).play();
}

class Player {
  /** Trace lines before this index are behind the last line matched. */
  private next: number;
  private matched = -1;
  /** Where the trace stood when the last line was sent. */
  private sentAt: number;
  private answer: string[] = [];
  private forbidden: Step[] = [];
  /** Trace lines from here on came within the tolerance of the end of a forbidden time. */
  private tolerated = Infinity;

  constructor(private readonly steps: Step[], private readonly target: Target) {
    this.next = target.trace.length;
    this.sentAt = this.next;
  }

  async play(): Promise<Failure | null> {
    for (let i = 0; i < this.steps.length; i++) {
      const failure = await this.step(this.steps[i], i) ?? this.findForbidden();
      if (failure !== null) return failure;
    }
    return null;
  }

  private async step(step: Step, index: number): Promise<Failure | null> {
    switch (step.kind) {
      case "send": return this.send(step, index);
      case "expect": return this.expect(step);
      case "answer": return this.expectAnswer(step);
      case "pass":
        await this.pass(step.ms, index);
        return null;
      case "forbid":
        this.forbidden.push(step);
        return null;
    }
  }

  private async send(step: Step & { kind: "send" }, index: number): Promise<Failure | null> {
    this.forbidden = [];
    this.tolerated = Infinity;
    this.sentAt = this.target.trace.length;
    this.answer = await this.target.send(step.text);
    const last = this.answer.at(-1) ?? "no answer";
    if (last === "ok" || this.refusalExpected(index)) return null;
    return this.failure(step.line, `ok to > ${step.text}`, last);
  }

  /** Where time cannot be met exactly, what comes at the end of the time that `!` lines are about is neither early nor late. */
  private async pass(ms: number, index: number): Promise<void> {
    const rest = this.steps.slice(index + 1);
    const next = rest.findIndex((step) => step.kind !== "forbid" && step.kind !== "answer");
    const isEnd = next < 0 || rest[next].kind === "send";
    const slackMs = isEnd ? Math.min(ms, this.target.toleranceMs?.(ms) ?? 0) : 0;
    await this.target.advance(ms - slackMs);
    if (slackMs === 0) return;
    this.tolerated = this.target.trace.length;
    await this.target.advance(slackMs);
  }

  /** Whether an `= error …` stands between this send and the next one. */
  private refusalExpected(index: number): boolean {
    for (const step of this.steps.slice(index + 1)) {
      if (step.kind === "send") return false;
      if (step.kind === "answer" && matches(step.text, "error")) return true;
    }
    return false;
  }

  private async expect(step: Step & { kind: "expect" }): Promise<Failure | null> {
    const { trace } = this.target;
    let looked = this.next;
    const found = (): boolean => {
      while (looked < trace.length && !matches(trace[looked], step.text)) looked++;
      return looked < trace.length;
    };
    if (!found()) await this.target.advance(patienceMs + (this.target.toleranceMs?.(patienceMs) ?? 0), found);
    if (!found()) {
      const seen = trace.length === this.next ? "nothing" : "the lines marked +";
      return this.failure(step.line, `< ${step.text}`, `${seen}, within ${patienceMs / 1000} s of lock time`);
    }
    this.matched = looked;
    this.next = looked + 1;
    return null;
  }

  private expectAnswer(step: Step & { kind: "answer" }): Failure | null {
    if (this.answer.some((line) => matches(line, step.text))) return null;
    return this.failure(step.line, `= ${step.text}`, `the answer ${this.answer.map((line) => `"${line}"`).join(", ")}`);
  }

  /** A forbidden line is looked for from the send above it on, whatever has been matched since. */
  private findForbidden(): Failure | null {
    const { trace } = this.target;
    for (const step of this.forbidden) {
      if (step.kind !== "forbid") continue;
      for (let i = this.sentAt; i < Math.min(trace.length, this.tolerated); i++) {
        if (matches(trace[i], step.text)) return this.failure(step.line, `! ${step.text}`, trace[i], i);
      }
    }
    return null;
  }

  /** @param at the trace line it is about; left out = the first one after the last match. */
  private failure(line: number, expected: string, seen: string, at = this.next): Failure {
    const { trace } = this.target;
    const from = Math.max(0, Math.min(at - aroundLines / 2, trace.length - aroundLines));
    const around = trace.slice(from, from + aroundLines).map((text, i) => {
      const index = from + i;
      const mark = index === this.matched ? "matched" : index >= this.next ? "unexpected" : "before";
      return { text, mark } as const;
    });
    return { line, expected, seen, around };
  }
}
