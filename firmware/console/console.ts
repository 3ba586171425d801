import { LockBoard } from "../../hal/makers";
import { Platform, Timer, Uart } from "../../hal/ports";
import { Command, Event, Reply } from "../core/events";
import { Limit } from "../limits";
import { Runtime, post, readTime, run } from "../runtime/runtime";
import { digest, isSame } from "../runtime/vault";
import { storePreferences } from "../store/store";
import { Commands, CommandRow, findCommand, isSecretAfter, nearest, shapeOf } from "./table";
import { Editor, clearLine, newEditor, takeText, typed } from "./line";
import { Announced } from "./update";
import { parseNumber, words } from "./words";

/** One serial console: lines in, answers and trace lines out. See README.md beside this file. */
export interface Console {
  readonly runtime: Runtime;
  readonly uart: Uart;
  readonly commands: Commands;
  readonly editor: Editor;
  /** Is what is typed behind these words secret? Only asked while somebody looks: a program's lines are not kept and not shown. */
  readonly isSecret: (this: void, line: string) => boolean;
  /** Runs while a guarded console is open. */
  readonly silence: Timer;
  /** What the board says of itself; printed by `board`. */
  readonly board: LockBoard;
  readonly version: string;
  /** The image starts with the console closed (Access). */
  readonly guarded: boolean;
  open: boolean;
  /** Seconds until which no password is taken. */
  blockedUntilS: number;
  wrong: number;
  /** A line is being answered: the prompt is not on the screen. */
  answering: boolean;
  readonly update: Announced;
  /** Made of the password at `login`, "" while nobody is logged in. */
  updateKey: string;
  /** Restarts the chip a moment after it is started. */
  readonly restart: Timer;
  /** The end of the command that the core was asked for last. */
  reply: Reply;
  replyNumber: number;
}

export function newConsole(runtime: Runtime, platform: Platform, commands: Commands, board: LockBoard, version: string): Console {
  const uart = platform.uart(board.consoleUart, 115200, (bytes) => {
    // A program's lines are taken whole, which is what makes an update bearable.
    let i = interactive(c) ? 0 : takeText(c.editor, bytes);
    for (; i < bytes.length; i++) {
      const echo = typed(c.editor, bytes.charCodeAt(i), c.isSecret);
      if (interactive(c) && echo.length > 0) c.uart.write(echo);
      if (c.editor.ready) finishLine(c);
    }
  });
  const c: Console = {
    runtime, uart, commands, editor: newEditor(), isSecret: (line) => !interactive(c) || isSecretAfter(commands, line),
    silence: platform.timer(() => { close(c); }), board, version, guarded: !board.open, open: board.open,
    blockedUntilS: 0, wrong: 0, answering: false, update: { size: 0, digest: "" }, updateKey: "", restart: platform.timer(() => { platform.restart(); }),
    reply: Reply.None, replyNumber: 0,
  };
  runtime.onReply = (reply, number) => {
    c.reply = reply;
    c.replyNumber = number;
  };
  return c;
}

/** Prints one line of an answer; a terminal that a person looks at wants a carriage return too. */
export function print(c: Console, text: string): void {
  c.uart.write(text + (interactive(c) ? "\r\n" : "\n"));
}

/** Prints a line that nobody asked for; the line being typed goes on below it. */
export function printTrace(c: Console, text: string): void {
  const typing = interactive(c) && !c.answering;
  print(c, typing ? "\r\x1b[K" + text : text);
  if (typing) c.uart.write("lock> " + c.editor.shown);
}

export function interactive(c: Console): boolean {
  return c.runtime.store.prefs.interactive === 1;
}

export function prompt(c: Console): void {
  if (interactive(c)) c.uart.write("lock> ");
}

/** One line: exactly one `ok` or `error` ends its answer; an empty line has none. */
function finishLine(c: Console): void {
  const given = words(c.editor.line);
  const tooLong = c.editor.tooLong;
  clearLine(c.editor);
  c.answering = true;
  if (tooLong) print(c, "error too-long a line holds at most " + Limit.lineMax.toString() + " characters; nothing was done");
  const row = tooLong || given.length === 0 ? null : rowOf(c, given);
  if (row !== null) {
    // From here, not from deeper: what a command sets off is the longest chain of calls there is.
    const error = row.run(c, given.slice(shapeOf(row.usage).words));
    print(c, error === "" ? "ok" : "error " + error);
  }
  c.answering = false;
  prompt(c);
}

/** @returns null for what is refused, and has its answer */
function rowOf(c: Console, given: string[]): CommandRow | null {
  readTime(c.runtime);
  if (c.guarded && c.open) c.silence.start(Limit.sessionIdleS * 1000);
  const row = findCommand(c.commands, given);
  if (row === undefined) {
    // Digits alone may be a code that went to the wrong line.
    const word = parseNumber(given[0].substring(0, 8)) < 0 ? "`" + given[0] + "`" : "of digits";
    const near = nearest(c.commands, given[0]);
    print(c, "error unknown no command " + word + (near === "" ? "" : "; the nearest is `" + near + "`") + "; `help` lists all");
    return null;
  }
  if (!c.open && !row.always) {
    print(c, "error denied the console is closed; open it with `login <password>`");
    return null;
  }
  if (c.runtime.halted && !row.always) {
    print(c, "error halted a newer firmware wrote this lock's store; flash that firmware again");
    return null;
  }
  const shape = shapeOf(row.usage);
  const count = given.length - shape.words;
  if (count >= shape.least && count <= shape.most) return row;
  print(c, "error " + usageError(row));
  return null;
}

function usageError(row: CommandRow): string {
  return "usage write `" + row.usage + "`, as in `" + row.example + "`";
}

/** By `logout`, or after ten silent minutes: nothing more is told. */
export function close(c: Console): void {
  c.open = false;
  c.updateKey = "";
  c.update.size = 0;
  c.runtime.trace.on = false;
  c.silence.stop();
}

function opened(c: Console, password: string): void {
  c.open = true;
  c.updateKey = c.runtime.platform.sha256("update" + password);
  if (c.guarded) c.silence.start(Limit.sessionIdleS * 1000);
}

/** Puts a command to the core. @returns "" or the words of an error line */
export function ask(c: Console, command: Command, operands: number[]): string {
  const lock = c.runtime.lock;
  for (let i = 0; i < operands.length; i++) lock.operand[i] = operands[i];
  c.reply = Reply.None;
  post(c.runtime, Event.Command, command);
  run(c.runtime);
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
  "last-administrator nobody could open the menu any more; give another administrator a passcode first",
  "off it is switched off, the battery is too low for it, or the board has not got it",
  "value administrators have no validity period",
  "no-such-temp no temporary passcode has this id",
];

/** Opens a closed console. @returns "" or the words of an error line */
export function login(c: Console, password: string): string {
  if (c.runtime.halted) return "halted a newer firmware wrote this lock's store; flash that firmware again";
  const now = c.runtime.clock.seconds;
  const prefs = c.runtime.store.prefs;
  if (now < c.blockedUntilS) return "denied too many wrong passwords; try again in " + (c.blockedUntilS - now).toString() + " s";
  if (prefs.password === "") return setPassword(c, password);
  if (!isSame(c.runtime.vault, digest(c.runtime.vault, "console" + password), prefs.password)) {
    c.wrong = c.wrong + 1;
    if (c.wrong >= Limit.loginFailures) {
      c.wrong = 0;
      c.blockedUntilS = now + Limit.loginPauseS;
    }
    return "denied wrong password";
  }
  c.wrong = 0;
  opened(c, password);
  return "";
}

/**
 * At the start. Who installs through the chip's own prompt has erased the image before, with the chip in
 * hand: that is the way in when the password is lost.
 */
export function forgetLostPassword(c: Console): void {
  const places = c.runtime.platform.places;
  if (places === null || !places.isFreshlyInstalled()) return;
  c.runtime.store.prefs.password = "";
  storePreferences(c.runtime.store);
  // After it: a start that is cut in between begins again.
  places.noteInstallation();
}

/** The password is stored like a passcode. @returns "" or the words of an error line */
export function setPassword(c: Console, password: string): string {
  if (password.length < Limit.passwordMin) return "weak a password has at least " + Limit.passwordMin.toString() + " characters";
  const prefs = c.runtime.store.prefs;
  prefs.password = digest(c.runtime.vault, "console" + password);
  storePreferences(c.runtime.store);
  opened(c, password);
  return "";
}
