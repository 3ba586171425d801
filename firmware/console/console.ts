import { Uart } from "../../hal/ports";
import { Command, Event, Reply } from "../core/events";
import { Limit } from "../limits";
import { Runtime, post, readTime } from "../runtime/runtime";
import { digest } from "../runtime/vault";
import { storePreferences } from "../store/store";
import { CommandRow, findCommand, nearest } from "./table";
import { Editor, clearLine, newEditor, typed } from "./line";
import { words } from "./words";

/** One serial console: lines in, answers and trace lines out. See README.md beside this file. */
export interface Console {
  readonly runtime: Runtime;
  readonly uart: Uart;
  readonly rows: CommandRow[];
  readonly editor: Editor;
  /** What the board says of itself; printed by `board`. */
  readonly board: string[];
  readonly version: string;
  /** The image starts with the console closed (Access). */
  readonly guarded: boolean;
  open: boolean;
  /** Seconds at which the last line came, and until which no password is taken. */
  lastS: number;
  blockedUntilS: number;
  wrong: number;
  /** A line is being answered: the prompt is not on the screen. */
  answering: boolean;
  /** The end of the command that the core was asked for last. */
  reply: Reply;
  replyNumber: number;
}

export function newConsole(runtime: Runtime, uart: Uart, rows: CommandRow[], board: string[], version: string, guarded: boolean): Console {
  const c: Console = {
    runtime, uart, rows, editor: newEditor(), board, version, guarded, open: !guarded,
    lastS: 0, blockedUntilS: 0, wrong: 0, answering: false, reply: Reply.None, replyNumber: 0,
  };
  runtime.onReply = (reply, number) => {
    c.reply = reply;
    c.replyNumber = number;
  };
  return c;
}

/** Prints one line of an answer. */
export function print(c: Console, text: string): void {
  c.uart.write(text + "\n");
}

/** Prints a line that nobody asked for; the line being typed goes on below it. */
export function printTrace(c: Console, text: string): void {
  const typing = interactive(c) && !c.answering;
  print(c, typing ? "\r\x1b[K" + text : text);
  if (typing) c.uart.write("lock> " + c.editor.shown);
}

/** Bytes from the serial line. */
export function onBytes(c: Console, bytes: string): void {
  for (let i = 0; i < bytes.length; i++) {
    const echo = typed(c.editor, bytes.charCodeAt(i), (line) => secretAt(c, line));
    if (interactive(c) && echo.length > 0) c.uart.write(echo);
    if (c.editor.ready) finishLine(c);
  }
}

export function interactive(c: Console): boolean {
  return c.runtime.store.prefs.interactive === 1;
}

export function prompt(c: Console): void {
  if (interactive(c)) c.uart.write("lock> ");
}

/** The position at which a line becomes secret, -1 if it does not. */
function secretAt(c: Console, line: string): number {
  const row = findCommand(c.rows, words(line));
  if (row === undefined || row.secret === 0) return -1;
  let word = 0;
  for (let i = 0; i < line.length; i++) {
    if (line.charAt(i) !== " " && (i === 0 || line.charAt(i - 1) === " ")) word++;
    if (word > row.secret) return i;
  }
  return -1;
}

function finishLine(c: Console): void {
  const line = c.editor.line;
  const tooLong = c.editor.tooLong;
  clearLine(c.editor);
  c.answering = true;
  if (tooLong) print(c, "error too-long a line holds at most " + Limit.lineMax.toString() + " characters; nothing was done");
  else execute(c, line);
  c.answering = false;
  prompt(c);
}

/** One line: exactly one `ok` or `error` ends its answer; an empty line has none. */
function execute(c: Console, line: string): void {
  const given = words(line);
  if (given.length === 0) return;
  readTime(c.runtime);
  closeIfSilent(c);
  const row = findCommand(c.rows, given);
  if (row === undefined) {
    print(c, "error unknown no command `" + given[0] + "`; the nearest is `" + nearest(c.rows, given[0]) + "`, `help` lists all");
    return;
  }
  if (!c.open && !row.always) {
    print(c, "error denied the console is closed; open it with `login <password>`");
    return;
  }
  const args = given.slice(row.length);
  const count = args.length;
  const error = count < row.least || count > row.most ? usageError(row) : row.run(c, args);
  print(c, error === "" ? "ok" : "error " + error);
}

export function usageError(row: CommandRow): string {
  return "usage write `" + row.usage + "`, as in `" + row.example + "`";
}

function closeIfSilent(c: Console): void {
  const now = c.runtime.clock.seconds;
  if (c.guarded && now - c.lastS >= Limit.sessionIdleS) c.open = false;
  c.lastS = now;
}

/** Puts a command to the core. @returns "" or the words of an error line */
export function ask(c: Console, command: Command, operands: number[]): string {
  const lock = c.runtime.lock;
  for (let i = 0; i < operands.length; i++) lock.operand[i] = operands[i];
  c.reply = Reply.None;
  post(c.runtime, Event.Command, command);
  return ERRORS[c.reply];
}

/** By Reply: the word of an error line and how to go on. */
const ERRORS: string[] = [
  "failed the lock gave no answer; try again",
  "", // Reply.Ok
  "no-such-user no user has this number; `users` lists them",
  "full there is no room for one more",
  "weak the code is too easy or has not 6 to 10 digits; choose another",
  "taken the code is, or contains, one that the lock has; choose another",
  "locked the system is locked; wait, or `lockout end`",
  "door-open the door is open; close it first",
  "busy the keypad is in use for this; try again when it is dark",
  "last-administrator the last administrator and the last user cannot be deleted",
  "expired it is not valid now",
  "off it is switched off, or the battery is too low for it",
  "value administrators have no validity period",
  "no-such-temp no temporary passcode has this id",
];

/** Opens a closed console. @returns "" or the words of an error line */
export function login(c: Console, password: string): string {
  const now = c.runtime.clock.seconds;
  const prefs = c.runtime.store.prefs;
  if (now < c.blockedUntilS) return "denied too many wrong passwords; try again in " + (c.blockedUntilS - now).toString() + " s";
  if (prefs.password === "") return setPassword(c, password);
  if (digest(c.runtime.vault, "console" + password) !== prefs.password) {
    c.wrong = c.wrong + 1;
    if (c.wrong >= Limit.loginFailures) {
      c.wrong = 0;
      c.blockedUntilS = now + Limit.loginPauseS;
    }
    return "denied wrong password";
  }
  c.wrong = 0;
  c.open = true;
  return "";
}

/** The password is stored like a passcode. @returns "" or the words of an error line */
export function setPassword(c: Console, password: string): string {
  if (password.length < Limit.passwordMin) return "weak a password has at least " + Limit.passwordMin.toString() + " characters";
  const prefs = c.runtime.store.prefs;
  prefs.password = digest(c.runtime.vault, "console" + password);
  storePreferences(c.runtime.store);
  c.open = true;
  return "";
}
