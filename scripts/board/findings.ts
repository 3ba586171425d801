/** What a check has found. */
export interface Findings {
  /** One sentence each; a board with one is refused. */
  mistakes: string[];
  /** What is allowed and has to be minded. */
  notes: Note[];
}

export interface Note {
  /** -1: it is about no pin. */
  pin: number;
  /** A sentence without a capital and a full stop. */
  text: string;
}

/** "a", "a and b", "a, b and c" */
export function joined(words: string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words[words.length - 1]}`;
}
