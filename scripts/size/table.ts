/** Figures beside their budgets. */
import { Figures } from "./figures";

/** As size.json has it: by name, the most it may be, and what it was when it was written. */
export type Budgets = Record<string, { budget: number; was: number }>;

export interface Judged {
  lines: string[];
  /** A sentence for each that is over. */
  over: string[];
}

const columns = ["", "budget", "was", "is", "difference"];

export function judge(budgets: Budgets, figures: Figures): Judged {
  const rows = Object.entries(figures).map(([name, is]) => {
    const { budget, was } = budgets[name] ?? { budget: NaN, was: NaN };
    return [name, ...[budget, was].map(String), ...is === null ? ["not counted", ""] : [String(is), signed(is - was)]];
  });
  const widths = columns.map((column, i) => Math.max(column.length, ...rows.map((row) => row[i].length)));
  const lines = [columns, ...rows].map((row) => row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join("  ").trimEnd());
  const over = Object.entries(figures).flatMap(([name, is]) => {
    const budget = budgets[name]?.budget;
    if (budget === undefined) return [`size.json has no budget for "${name}": give it one, with the reason in the commit.`];
    return is === null || is <= budget ? [] : [`${name}: ${is} is more than the budget of ${budget}. Make it smaller, or raise the budget in size.json and say why in the commit.`];
  });
  return { lines, over };
}

function signed(difference: number): string {
  return difference > 0 ? `+${difference}` : String(difference);
}

/** @returns the budgets with what was counted as what was. */
export function written(budgets: Budgets, figures: Figures): Budgets {
  const next = { ...budgets };
  for (const [name, is] of Object.entries(figures)) {
    if (is !== null) next[name] = { budget: budgets[name]?.budget ?? is, was: is };
  }
  return next;
}
