import { parseDuration } from "../../hal/platform/sim/world/duration";

/** One line of a scenario file that does something. */
export type Step =
  | { kind: "send"; line: number; text: string }
  | { kind: "expect"; line: number; text: string }
  | { kind: "forbid"; line: number; text: string }
  | { kind: "answer"; line: number; text: string }
  | { kind: "pass"; line: number; ms: number };

export interface Scenario {
  /** As it was named when it was opened. */
  file: string;
  /** The rules its first comment names, for example `U3`. */
  rules: string[];
  /** `# start: blank`: the door direction is unset. */
  blank: boolean;
  /** What `# needs:` lines say a bench must have. */
  needs: string[];
  steps: Step[];
}

/** A scenario file that cannot be read as one; the message names file and line. */
export class ScenarioError extends Error {}

/** A comment that counts: what a bench must have. */
export const needsLine = /^# ?needs:/;

const kinds = { ">": "send", "<": "expect", "!": "forbid", "=": "answer" } as const;

/** Reads the text of a scenario file. Format: docs of the serial console, "Scenario files". */
export function parseScenario(file: string, text: string): Scenario {
  const lines = text.split("\n").map((line) => line.trim());
  const needs = lines.filter((line) => needsLine.test(line));
  const comments = lines.filter((line) => line.startsWith("#") && !needs.includes(line));
  const blank = lines[0] === "# start: blank";
  const first = comments[blank ? 1 : 0] ?? "";
  const steps: Step[] = [];
  lines.forEach((line, index) => {
    if (line === "" || line.startsWith("#")) return;
    steps.push(parseLine(file, index + 1, line));
  });
  checkOrder(file, steps);
  const scenario = { file, rules: first.match(/\b[A-Z]\d+\b/g) ?? [], blank, needs: needs.flatMap((line) => line.replace(needsLine, "").split(/[\s,]+/)).filter((word) => word !== ""), steps };
  checkWhole(scenario);
  return scenario;
}

function parseLine(file: string, line: number, text: string): Step {
  const sign = text[0];
  const quoted = quote(text);
  if (sign === "+") {
    const ms = parseDuration(text.slice(1));
    if (ms < 0) fail(file, line, `${quoted} is no time; write it like +20s, +500ms or +2m50s`);
    return { kind: "pass", line, ms };
  }
  if (sign !== ">" && sign !== "<" && sign !== "!" && sign !== "=") {
    fail(file, line, `${quoted} begins with none of > < ! = + #`);
  }
  const rest = text.slice(1).trim();
  if (rest === "" || text[1] !== " ") fail(file, line, `${quoted} needs a space and a text after its ${sign}`);
  if ((sign === "<" || sign === "!") && rest.startsWith("@")) {
    fail(file, line, "the @<ms> of a trace line is left out of what is expected");
  }
  return { kind: kinds[sign], line, text: rest };
}

function checkOrder(file: string, steps: Step[]): void {
  let sent = false;
  for (const step of steps) {
    if (step.kind === "send") sent = true;
    else if (step.kind === "answer" && !sent) fail(file, step.line, "there is no > line before this = whose answer it could be in");
  }
}

/** What shows nothing, or can only pass, is no scenario. */
function checkWhole({ file, rules, steps }: Scenario): void {
  const refuse = (what: string): never => { throw new ScenarioError(`${file}: ${what}.`); };
  if (rules.length === 0) refuse("its first comment names no rule of firmware/SPEC.md, such as # U3: the code hidden in a longer entry");
  if (!steps.some((step) => step.kind === "send")) refuse("it has no > line, so nothing happens in it");
  if (!steps.some((step) => step.kind === "expect" || step.kind === "answer" || step.kind === "forbid")) {
    refuse("it has no line that begins with <, = or !, so it expects nothing");
  }
}

const longestQuote = 60;

/** A file may hold anything: what a terminal would not print as it is, is escaped. */
function quote(text: string): string {
  const begin = text.length > longestQuote ? `${text.slice(0, longestQuote)}…` : text;
  return `"${begin.replace(/[\p{C}\ufffd]/gu, escaped)}"`;
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
}

function fail(file: string, line: number, what: string): never {
  throw new ScenarioError(`${file}:${line}: ${what}.`);
}
