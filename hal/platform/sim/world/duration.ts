const units: { [unit: string]: number } = { ms: 1, s: 1000, m: 60000, h: 3600000, d: 86400000 };

/** `500ms`, `20s`, `2m50s`. @returns milliseconds, -1 for anything else. */
export function parseDuration(text: string): number {
  if (!/^(\d+(ms|s|m|h|d))+$/.test(text)) return -1;
  let total = 0;
  for (const [, count, unit] of text.matchAll(/(\d+)(ms|s|m|h|d)/g)) total += Number(count) * units[unit];
  return Number.isSafeInteger(total) ? total : -1;
}
