import { Limit } from "../limits";

/** A line being typed: backspace, Ctrl-U, Ctrl-C, up and down through the lines before. */
export interface Editor {
  line: string;
  /** The same as it stands on the screen, secrets as `*`. */
  shown: string;
  /** How many characters of it are known not to be secret; -1: all. */
  plain: number;
  /** The line is over its length: the rest is ignored until it ends. */
  tooLong: boolean;
  /** The line has ended and waits to be taken. */
  ready: boolean;
  readonly history: string[];
  /** A carriage return has ended the line: a line feed right behind it ends nothing more. */
  returned: boolean;
  /** How far back in the history, 0 is the line itself. */
  back: number;
  /** Characters of an escape sequence so far. */
  escape: number;
}

/** Lines remembered; chosen: what fits a small screen. */
const HISTORY = 8;

const enum Code { CtrlC = 3, Backspace = 8, LineFeed = 10, Return = 13, CtrlU = 21, Escape = 27, Space = 32, Up = 65, Down = 66, Bracket = 91, Delete = 127 }

/** The characters of Code that edit. */
const EDITING = "\x03\b\r\x15\x1b\x7f";

export function newEditor(): Editor {
  return { line: "", shown: "", plain: -1, tooLong: false, ready: false, returned: false, history: [], back: 0, escape: 0 };
}

/**
 * Takes one character. @param isSecret tells whether what comes behind some words is secret
 * @returns what an interactive terminal is to print
 */
export function typed(e: Editor, code: number, isSecret: (line: string) => boolean): string {
  if (e.escape > 0) return escaped(e, code);
  const afterReturn = e.returned;
  e.returned = code === Code.Return;
  if (code === Code.LineFeed && afterReturn) return "";
  if (code === Code.LineFeed || code === Code.Return) return endLine(e);
  if (code === Code.Escape) e.escape = 1;
  else if (code === Code.Backspace || code === Code.Delete) return backspace(e);
  else if (code === Code.CtrlU) return replace(e, "");
  else if (code === Code.CtrlC) return dropLine(e);
  else if (code >= Code.Space && code < Code.Delete) return add(e, code, isSecret);
  return "";
}

/** Plain text at the beginning of some bytes, up to the first character that does something. @returns how many were taken */
export function takeText(e: Editor, bytes: string): number {
  const end = bytes.indexOf("\n");
  const text = end < 0 ? bytes : bytes.substring(0, end);
  if (e.escape > 0 || e.line.length + text.length > Limit.lineMax) return 0;
  for (let i = 0; i < EDITING.length; i++) {
    if (text.indexOf(EDITING.charAt(i)) >= 0) return 0;
  }
  e.line = e.line + text;
  // Nobody sees it, and it is not remembered.
  e.plain = 0;
  return text.length;
}

function add(e: Editor, code: number, isSecret: (line: string) => boolean): string {
  if (e.line.length >= Limit.lineMax) {
    e.tooLong = true;
    return "";
  }
  const character = String.fromCharCode(code);
  e.line = e.line + character;
  // Asked between words, which is where a secret can begin.
  if (character === " " && e.plain < 0 && isSecret(e.line)) e.plain = e.line.length;
  const echo = e.plain >= 0 && character !== " " ? "*" : character;
  e.shown = e.shown + echo;
  return echo;
}

function endLine(e: Editor): string {
  e.ready = true;
  e.back = 0;
  if (e.line.length > 0 && e.plain < 0) {
    e.history.push(e.line);
    if (e.history.length > HISTORY) e.history.shift();
  }
  return "\r\n";
}

function backspace(e: Editor): string {
  if (e.line.length === 0) return "";
  e.tooLong = false;
  e.line = e.line.substring(0, e.line.length - 1);
  if (e.line.length < e.plain) e.plain = -1;
  e.shown = e.shown.substring(0, e.line.length);
  return "\b \b";
}

function dropLine(e: Editor): string {
  clearLine(e);
  e.back = 0;
  return "^C\r\nlock> ";
}

/** The next line begins. */
export function clearLine(e: Editor): void {
  e.line = "";
  e.shown = "";
  e.plain = -1;
  e.tooLong = false;
  e.ready = false;
}

/** The text on the screen becomes another one, which holds no secret. */
function replace(e: Editor, line: string): string {
  let erase = "";
  for (let i = 0; i < e.line.length; i++) erase = erase + "\b \b";
  e.line = line;
  e.plain = -1;
  e.tooLong = false;
  e.shown = line;
  return erase + line;
}

function escaped(e: Editor, code: number): string {
  if (e.escape === 1) {
    e.escape = code === Code.Bracket ? 2 : 0;
    return "";
  }
  e.escape = 0;
  const back = e.back + (code === Code.Up ? 1 : code === Code.Down ? -1 : 0);
  if (back < 0 || back > e.history.length || back === e.back) return "";
  e.back = back;
  return replace(e, back === 0 ? "" : e.history[e.history.length - back]);
}
