/** A log as lanes over time: what the page draws. */
import { FrameReader, isModuleLine } from "./frames";
import { Log, LogLine } from "./log";

/** A bar from `from` to `to` (s), or a mark where both are the same. */
export interface Item {
  from: number;
  to: number;
  label: string;
  /** More, for who points at it. */
  hover: string;
  /** A name of the page's palette. */
  colour: string;
}

export interface Lane { name: string; group: string; items: Item[] }

export interface Timeline {
  title: string;
  board: string;
  endS: number;
  lanes: Lane[];
  /** Lines of the lock and of who drove it: s, lock's ms, text, given. */
  lines: { s: number; lockMs: number | null; text: string; given: boolean }[];
}

/** Bars that last until the next word of their lane; the words that are not told here end one. */
const states: { [subject: string]: { lane: string; group: string; colours: { [word: string]: string }; ends: readonly string[] } } = {
  motor: { lane: "motor", group: "Bolt", colours: { withdraw: "blue", throw: "violet" }, ends: ["stop"] },
  bolt: { lane: "bolt", group: "Bolt", colours: { locked: "green", unlocked: "orange", unlocking: "blue", locking: "violet", jammed: "red", unknown: "grey" }, ends: [] },
  door: { lane: "door", group: "Bolt", colours: { open: "orange" }, ends: ["closed"] },
  lockout: { lane: "lockout", group: "Decisions", colours: { on: "red" }, ends: ["off"] },
  menu: { lane: "menu", group: "Keypad", colours: {}, ends: ["closed"] },
  power: { lane: "battery", group: "Supply", colours: { normal: "green", low: "orange", critical: "red", emergency: "red" }, ends: [] },
};

/** Marks: a point in time and a word. */
const marks: { [subject: string]: { lane: string; group: string; colour: string } } = {
  key: { lane: "keys", group: "Keypad", colour: "blue" },
  beep: { lane: "beeps", group: "Voice", colour: "grey" },
  grant: { lane: "grants", group: "Decisions", colour: "green" },
  refuse: { lane: "refusals", group: "Decisions", colour: "red" },
  fail: { lane: "refusals", group: "Decisions", colour: "orange" },
  user: { lane: "users", group: "Decisions", colour: "blue" },
  credential: { lane: "users", group: "Decisions", colour: "violet" },
  event: { lane: "journal", group: "Decisions", colour: "grey" },
  boot: { lane: "starts", group: "Supply", colour: "blue" },
};

/** Chosen: how long a prompt is drawn; the lock does not tell when it ends. */
const promptS = 1.2;

export function timelineOf(log: Log): Timeline {
  const builder = new Builder(log.lines.at(-1)?.s ?? 0, new Set(log.activeLow));
  for (const line of log.lines) builder.take(line);
  return { title: log.title, board: log.board, endS: builder.endS, lanes: builder.finish(), lines: builder.lines };
}

/** Lanes in this order; those of wires and lines follow. */
const order = ["Steps", "Keypad", "Voice", "Bolt", "Decisions", "Supply", "Wires", "Lines"];

class Builder {
  readonly lines: Timeline["lines"] = [];
  private readonly lanes = new Map<string, Lane>();
  private readonly open = new Map<string, Item>();
  private readonly readers = new Map<string, FrameReader>();

  constructor(readonly endS: number, private readonly activeLow: ReadonlySet<string>) {}

  take(line: LogLine): void {
    const { s, subject, text } = line;
    if (subject === "lock>" || subject === "lock<") this.lines.push({ s, lockMs: line.lockMs, text, given: subject === "lock>" });
    if (subject === "lock>") this.mark("Steps", "given", s, text, text, "blue");
    else if (subject === "lock<") this.said(s, text);
    else if (subject === "pin") this.pin(s, text);
    else if (subject === "wave") this.wave(s, text);
    else if (subject === "power") this.bar("Supply", "supply", s, text === "on" ? "on" : null, "lock has its supply", "green");
    else if (subject === "uart") this.uart(s, text);
    else if (subject === "i2c") this.i2c(s, text);
  }

  finish(): Lane[] {
    for (const item of this.open.values()) item.to = this.endS;
    const lanes = [...this.lanes.values()];
    // The order in which wires and lines spoke first says nothing: by name, modules before chips.
    const byName = (a: Lane, b: Lane): number => Number(a.name.startsWith("I²C")) - Number(b.name.startsWith("I²C")) || (a.name < b.name ? -1 : 1);
    return order.flatMap((group) => {
      const found = lanes.filter((lane) => lane.group === group);
      return group === "Wires" || group === "Lines" ? found.sort(byName) : found;
    });
  }

  private lane(group: string, name: string): Lane {
    const key = `${group} ${name}`;
    const known = this.lanes.get(key);
    if (known !== undefined) return known;
    const lane: Lane = { name, group, items: [] };
    this.lanes.set(key, lane);
    return lane;
  }

  private mark(group: string, lane: string, s: number, label: string, hover: string, colour: string, lengthS = 0): void {
    this.lane(group, lane).items.push({ from: s, to: s + lengthS, label, hover, colour });
  }

  /** @param label null: the bar that stands there ends */
  private bar(group: string, lane: string, s: number, label: string | null, hover: string, colour: string): void {
    const key = `${group} ${lane}`;
    const before = this.open.get(key);
    if (before !== undefined) before.to = s;
    this.open.delete(key);
    if (label === null) return;
    const item = { from: s, to: s, label, hover, colour };
    this.lane(group, lane).items.push(item);
    this.open.set(key, item);
  }

  /** A line of the lock's trace. */
  private said(s: number, text: string): void {
    const found = /^@\d+ (\S+) ?(.*)$/.exec(text);
    if (found === null) return;
    const [, subject, what] = found;
    const [word] = what.split(" ");
    if (subject === "keypad") {
      this.bar("Keypad", "lights", s, word === "on" ? what.replace("on lit=", "") : null, "lit keys", "yellow");
      // The lock does not tell that a menu has ended with what was done in it.
      if (word === "off") this.bar("Keypad", "menu", s, null, "", "");
    }
    if (subject === "light") this.bar("Voice", `light ${word}`, s, what.endsWith("off") ? null : what.slice(word.length + 1), `light ${what}`, "yellow");
    else if (subject === "flash") this.mark("Keypad", "flashes", s, what, `digits that flash: ${what}`, "yellow");
    else if (subject === "voice") this.prompt(s, what);
    else if (subject === "alarm") this.bar("Decisions", `alarm ${word}`, s, what.endsWith(" on") ? word : null, `alarm ${word}`, "red");
    else if (Object.hasOwn(states, subject)) {
      const { lane, group, colours, ends } = states[subject];
      this.bar(group, lane, s, ends.includes(word) ? null : what, `${subject} ${what}`, colours[word] ?? "blue");
    } else if (Object.hasOwn(marks, subject)) this.mark(marks[subject].group, marks[subject].lane, s, what, `${subject} ${what}`, marks[subject].colour);
  }

  /** The next prompt cuts the one before it short. */
  private prompt(s: number, what: string): void {
    const before = this.lane("Voice", "prompts").items.at(-1);
    if (before !== undefined) before.to = Math.min(before.to, s);
    this.mark("Voice", "prompts", s, what, `prompt ${what}`, "violet", promptS);
  }

  /** A bar is what the wire is named for, whichever level that has. */
  private pin(s: number, text: string): void {
    const [name, level] = text.split(" ");
    const low = this.activeLow.has(name);
    this.bar("Wires", name, s, level === (low ? "0" : "1") ? level : null, `${name} (active ${low ? "low" : "high"})`, "grey");
  }

  private wave(s: number, text: string): void {
    const [name, hertz, permille] = text.split(" ");
    this.bar("Wires", name, s, hertz === "0" ? null : `${hertz} Hz`, `${name}: ${hertz} Hz, ${Number(permille) / 10} % high`, "violet");
  }

  private uart(s: number, text: string): void {
    const [, name, way, hex] = /^(\S+)([<>]) (\S*)$/.exec(text) ?? [];
    if (name === undefined || !isModuleLine(name)) return;
    const reader = this.readers.get(name) ?? new FrameReader(name);
    this.readers.set(name, reader);
    const sent = way === "<";
    for (const frame of reader.take(s, Buffer.from(hex, "hex").toString("latin1"), sent)) {
      const hover = [`${sent ? "lock →" : "→ lock"} ${frame.name}`, frame.details, frame.hex].filter((part) => part !== "").join("\n");
      this.mark("Lines", `${name} ${sent ? "asks" : "says"}`, s, frame.name, hover, sent ? "blue" : frame.name.startsWith("ok") ? "green" : "orange");
    }
  }

  private i2c(s: number, text: string): void {
    const [part, way, ...rest] = text.split(" ");
    const colour = text.endsWith("nack") ? "red" : way === "w" ? "blue" : "grey";
    this.mark("Lines", `I²C ${part}`, s, way === "w" ? rest[0] : `${rest[0]}: ${rest[1] ?? ""}`, `${part} ${way === "w" ? "write" : "read register"} ${rest.join(" ")}`, colour);
  }
}
