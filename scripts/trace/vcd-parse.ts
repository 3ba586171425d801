/** Reads a value change dump back. */

export interface ParsedSignal {
  /** Scopes and name, joined by dots. */
  name: string;
  real: boolean;
  /** Time in units of the dump's scale, and value; the first at the dump's beginning. An undefined level counts as 0. */
  changes: [number, number][];
}

export interface ParsedVcd { timescale: string; comment: string; signals: Map<string, ParsedSignal>; end: number }

/** @throws Error naming the word that has no place where it stands */
export function parseVcd(text: string): ParsedVcd {
  const words = text.split(/\s+/).filter((word) => word !== "");
  const parsed: ParsedVcd = { timescale: "", comment: "", signals: new Map(), end: 0 };
  const byCode = new Map<string, ParsedSignal>();
  let at = readHeader(words, parsed, byCode);
  const change = (code: string, value: string): void => {
    const signal = byCode.get(code);
    if (signal === undefined) throw new Error(`there is no signal "${code}"`);
    const number = Number(signal.real ? value : value.replace(/[xzXZ]/, "0"));
    if (Number.isNaN(number) || (!signal.real && number > 1)) throw new Error(`"${value}" is no value of ${signal.name}`);
    signal.changes.push([parsed.end, number]);
  };
  while (at < words.length) {
    const word = words[at++];
    if (word === "$dumpvars" || word === "$end") continue;
    if (word.startsWith("#")) {
      const time = Number(word.slice(1));
      if (!(time >= parsed.end)) throw new Error(`the time ${word} is before ${parsed.end}`);
      parsed.end = time;
    } else if (word.startsWith("r")) change(words[at++], word.slice(1));
    else if (/^[01xz]/.test(word)) change(word.slice(1), word[0]);
    else throw new Error(`"${word}" is neither a time nor a change`);
  }
  return parsed;
}

/** @returns where the changes begin */
function readHeader(words: string[], parsed: ParsedVcd, byCode: Map<string, ParsedSignal>): number {
  const scopes: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const end = words.indexOf("$end", at);
    if (end < 0) break;
    const [keyword, ...content] = words.slice(at, end);
    at = end;
    if (keyword === "$timescale") parsed.timescale = content.join(" ");
    else if (keyword === "$comment") parsed.comment = content.join(" ");
    else if (keyword === "$scope") scopes.push(content[1]);
    else if (keyword === "$upscope") scopes.pop();
    else if (keyword === "$var") {
      const [type, , code, name] = content;
      const signal = { name: [...scopes, name].join("."), real: type === "real", changes: [] };
      if (parsed.signals.has(signal.name)) throw new Error(`there are two signals ${signal.name}`);
      parsed.signals.set(signal.name, signal);
      byCode.set(code, signal);
    } else if (keyword === "$enddefinitions") return at + 1;
    else if (keyword !== "$version" && keyword !== "$date") throw new Error(`"${keyword}" has no place in the header`);
  }
  throw new Error("the header has no $enddefinitions");
}

/** The level or number at a time. */
export function valueAt({ changes }: ParsedSignal, time: number): number {
  let value = 0;
  for (const [when, now] of changes) if (when <= time) value = now;
  return value;
}

/** What a logic analyser's UART decoder reads from a line of 8N1. @throws Error for a stop bit that is low */
export function decodeUart(signal: ParsedSignal, baud: number, unitsPerSecond = 1e6): { time: number; byte: number }[] {
  const bit = unitsPerSecond / baud;
  const bytes: { time: number; byte: number }[] = [];
  let index = 0;
  /** Times only grow: the changes are walked along once. */
  const levelAt = (time: number): number => {
    while (index + 1 < signal.changes.length && signal.changes[index + 1][0] <= time) index++;
    return signal.changes[index][1];
  };
  let free = 0;
  for (const [time, level] of signal.changes) {
    if (level !== 0 || time < free) continue;
    let byte = 0;
    for (let n = 0; n < 8; n++) byte += levelAt(time + (n + 1.5) * bit) * 2 ** n;
    if (levelAt(time + 9.5 * bit) !== 1) throw new Error(`no stop bit after ${time}`);
    bytes.push({ time, byte });
    free = time + 9.5 * bit;
  }
  return bytes;
}
