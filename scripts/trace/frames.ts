/** The frames of the modules' lines, taken apart for a reader. The formats stand in the drivers' folders. */

export interface Frame {
  /** Where its last byte came, s. */
  s: number;
  /** In a few words. */
  name: string;
  /** What else is in it. */
  details: string;
  hex: string;
}

/** @returns the length of the frame that begins at `at`, 0 if none does, -1 if more bytes are needed */
type Measure = (bytes: string, at: number) => number;

interface Protocol {
  measure: Measure;
  /** @param sent by the lock @param before the frame in the other direction before it, which it may answer */
  describe(frame: string, sent: boolean, before: string): [string, string];
}

const commands01: { [code: number]: string } = {
  0x01: "take image", 0x02: "make features", 0x04: "search", 0x05: "make template", 0x06: "store template", 0x0c: "delete template",
  0x0d: "empty library", 0x0f: "read parameters", 0x13: "password", 0x18: "write notepad", 0x19: "read notepad", 0x1d: "count templates",
  0x1f: "read index", 0x33: "sleep", 0x34: "read serial number", 0x35: "ring light", 0x3c: "product information",
};
const results01: { [code: number]: string } = {
  0x00: "ok", 0x02: "no finger", 0x03: "no image", 0x06: "image too messy", 0x07: "too few features", 0x09: "not found", 0x0a: "placements differ",
  0x0b: "no such place", 0x13: "wrong password", 0x18: "flash error", 0x1f: "library full", 0x24: "library full", 0x26: "timeout", 0x27: "finger enrolled already",
};

const r503: Protocol = {
  measure: (bytes, at) => {
    if (bytes.charCodeAt(at) !== 0xef) return 0;
    if (bytes.length < at + 9) return bytes.charCodeAt(at + 1) === 0x01 || bytes.length === at + 1 ? -1 : 0;
    const length = 9 + word(bytes, at + 7);
    return bytes.charCodeAt(at + 1) !== 0x01 || length > 300 ? 0 : bytes.length < at + length ? -1 : length;
  },
  describe: (frame, sent, before) => {
    const content = frame.slice(9, -2);
    const code = content.charCodeAt(0);
    if (sent) return [commands01[code] ?? `command ${hexOf(frame[9])}`, content.length > 1 ? `parameters ${hexOf(content.slice(1))}` : ""];
    const asked = before.charCodeAt(9);
    const result = results01[code] ?? `code ${hexOf(content[0])}`;
    const found = asked === 0x04 && code === 0 ? `template ${word(content, 1)}, score ${word(content, 3)}` : asked === 0x1d && code === 0 ? `${word(content, 1)} templates` : "";
    return [found === "" ? result : `${result}: ${found}`, `answer to ${commands01[asked] ?? hexOf(before[9] ?? "")}${content.length > 1 ? `, data ${hexOf(content.slice(1))}` : ""}`];
  },
};

const idsAa: { [code: number]: string } = {
  0x10: "reset", 0x11: "status", 0x12: "verify", 0x13: "enrol", 0x1d: "enrol, single", 0x20: "delete user", 0x21: "delete all", 0x22: "user information",
  0x23: "face reset", 0x24: "list users", 0x26: "enrol", 0x27: "enrol palm", 0x30: "version", 0x35: "serial number", 0x80: "delete palm", 0x90: "light",
  0x93: "unique id", 0xed: "power down",
};
const resultsAa: { [code: number]: string } = {
  0: "ok", 1: "rejected", 2: "aborted", 4: "camera fault", 5: "unknown error", 6: "bad parameter", 7: "no memory", 8: "unknown user", 9: "full",
  10: "enrolled already", 12: "not alive", 13: "timeout", 22: "unknown palm", 239: "no palm", 241: "palm enrolled already",
};
const notesAa: { [code: number]: string } = { 0: "ready", 1: "face state" };

const efaa: Protocol = {
  measure: (bytes, at) => {
    if (bytes.charCodeAt(at) !== 0xef) return 0;
    if (bytes.length < at + 6) return bytes.length === at + 1 || bytes.charCodeAt(at + 1) === 0xaa ? -1 : 0;
    const length = 6 + word(bytes, at + 3);
    return bytes.charCodeAt(at + 1) !== 0xaa || length > 600 ? 0 : bytes.length < at + length ? -1 : length;
  },
  describe: (frame, sent) => {
    const id = frame.charCodeAt(2);
    const data = frame.slice(5, -1);
    const rest = (from: number): string => data.length > from ? `data ${hexOf(data.slice(from))}` : "";
    if (sent) return [idsAa[id] ?? `command ${hexOf(frame[2])}`, rest(0)];
    const first = data.charCodeAt(0);
    if (id === 1) return [`note: ${notesAa[first] ?? first}`, rest(1)];
    const result = data.charCodeAt(1);
    const matched = first === 0x12 && result === 0 && data.length >= 4 ? `: template ${word(data, 2)}` : "";
    return [`${resultsAa[result] ?? `result ${result}`}${matched}`, [`answer to ${idsAa[first] ?? hexOf(data[0] ?? "")}`, rest(2)].filter((text) => text !== "").join(", ")];
  },
};

const commandsPlayer: { [code: number]: string } = {
  0x06: "volume", 0x0c: "reset", 0x0f: "play", 0x16: "stop", 0x3a: "card in", 0x3b: "card out", 0x3c: "finished", 0x3d: "finished", 0x3f: "online",
  0x40: "error", 0x41: "taken",
};

const dfplayer: Protocol = {
  measure: (bytes, at) => bytes.charCodeAt(at) !== 0x7e ? 0 : bytes.length < at + 10 ? -1 : bytes.charCodeAt(at + 9) === 0xef ? 10 : 0,
  describe: (frame) => {
    const code = frame.charCodeAt(3);
    const parameter = code === 0x0f ? `${frame.charCodeAt(5)}/${frame.charCodeAt(6)}` : String(word(frame, 5));
    return [`${commandsPlayer[code] ?? `command ${hexOf(frame[3])}`} ${parameter}`, ""];
  },
};

const protocols: { [line: string]: Protocol } = { finger: r503, palm_face: efaa, speech: dfplayer };

export function isModuleLine(name: string): boolean {
  return Object.hasOwn(protocols, name);
}

/** Takes the bytes of one line, both ways, and gives its frames; what is no frame comes out as bytes. */
export class FrameReader {
  private readonly rests = { sent: "", received: "" };
  private readonly last = { sent: "", received: "" };

  /** @param line `finger`, `palm_face` or `speech` */
  constructor(private readonly line: string) {}

  take(s: number, bytes: string, sent: boolean): Frame[] {
    const way = sent ? "sent" : "received";
    const text = this.rests[way] + bytes;
    const { measure, describe } = protocols[this.line];
    const found: Frame[] = [];
    let [at, loose] = [0, 0];
    const flush = (): void => {
      if (at > loose) found.push({ s, name: `${at - loose} loose bytes`, details: "", hex: hexOf(text.slice(loose, at)) });
    };
    while (at < text.length) {
      const length = measure(text, at);
      if (length < 0) break;
      if (length === 0) {
        at++;
        continue;
      }
      flush();
      const frame = text.slice(at, at + length);
      const [name, details] = describe(frame, sent, this.last[sent ? "received" : "sent"]);
      found.push({ s, name, details, hex: hexOf(frame) });
      this.last[way] = frame;
      at += length;
      loose = at;
    }
    flush();
    this.rests[way] = text.slice(at);
    return found;
  }
}

function word(bytes: string, at: number): number {
  return bytes.charCodeAt(at) * 256 + bytes.charCodeAt(at + 1);
}

function hexOf(bytes: string): string {
  return Buffer.from(bytes, "latin1").toString("hex").replace(/..(?=.)/g, "$& ");
}
