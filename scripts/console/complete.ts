/** Tab: what can stand next in a command, read off the usages that `help` prints, as `user add <admin|user>`. */
export function completions(usages: readonly string[], line: string): string[] {
  const words = line.split(" ");
  const begun = words.pop() ?? "";
  const next = usages.map((usage) => usage.split(" "))
    .filter((parts) => parts.length > words.length && words.every((word, at) => fits(parts[at], word)))
    .flatMap((parts) => choices(parts[words.length]));
  return [...new Set(next)].filter((choice) => choice.startsWith(begun)).sort().map((choice) => [...words, choice].join(" "));
}

/** The words that may stand for a part of a usage; none if it can be anything. */
function choices(part: string): string[] {
  const inside = /^[<[](.*)[>\]]$/.exec(part)?.[1];
  if (inside === undefined) return [part];
  return inside.includes("|") ? inside.split("|").filter((choice) => /^[a-z-]+$/.test(choice)) : [];
}

function fits(part: string, word: string): boolean {
  const known = choices(part);
  return known.length === 0 ? word !== "" : known.includes(word);
}
