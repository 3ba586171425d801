import { Failure } from "./play";

const signs = { matched: "=", unexpected: "+", before: " " };
const colours = { red: 31, green: 32, dim: 2 };

/** @param colour whether the text goes to a terminal. */
export function paint(text: string, tint: keyof typeof colours, colour: boolean): string {
  return colour ? `\x1b[${colours[tint]}m${text}\x1b[0m` : text;
}

/** A failure as a few lines to read: what was expected, what came, and the trace around it. */
export function describeFailure(file: string, failure: Failure, colour = false): string {
  const place = failure.line > 0 ? `${file}:${failure.line}` : file;
  const lines = [
    `FAIL ${place}`,
    paint(`  - expected  ${failure.expected}`, "green", colour),
    paint(`  + seen      ${failure.seen}`, "red", colour),
  ];
  for (const { text, mark } of failure.around) {
    const row = `    ${signs[mark]} ${text}${mark === "matched" ? "   (matched last)" : ""}`;
    lines.push(paint(row, mark === "unexpected" ? "red" : "dim", colour));
  }
  return lines.join("\n");
}

/** Lines of `version` that only a chip has: the firmware below, and the places for images. */
const ofChips = /^(?:base|place)=/;

/** The first place where two transcripts part, as lines to read. @returns null if they are the same. */
export function describeDifference(reference: string, all: readonly string[], other: string, allOthers: readonly string[]): string | null {
  const [ours, theirs] = [all, allOthers].map((lines) => lines.filter((line) => !ofChips.test(line)));
  const length = Math.max(ours.length, theirs.length);
  for (let i = 0; i < length; i++) {
    if (comparable(ours[i]) === comparable(theirs[i])) continue;
    const before = ours.slice(Math.max(0, i - 5), i).map((line) => `      ${line}`);
    return [
      `  transcripts of ${reference} and ${other} part at line ${i + 1}:`,
      ...before,
      `    - ${reference}: ${ours[i] ?? "(ended)"}`,
      `    + ${other}: ${theirs[i] ?? "(ended)"}`,
    ].join("\n");
  }
  return null;
}

/**
 * Heap in use differs between engines, and so do times: NodeMCU's timers count in ticks of 10 ms, which
 * the drivers' waits of a few milliseconds become there; and the firmware below is another one. What is said, and in which order, may not.
 */
function comparable(line: string | undefined): string | undefined {
  return line?.replace(/\bmemory([ =:]+)(?:\d+|unknown)/g, "memory$1…").replace(/^@\d+ /, "@… ").replace(/^(@… boot .*) base=\S+$/, "$1");
}
