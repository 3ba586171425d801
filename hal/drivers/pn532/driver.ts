import { Platform, Timer, Uart } from "../../ports";
import { answerAt, cardOf, Command, commandFrame, Found, frameAt, sizeAt, startAt, WAKE } from "./frames";

/** A reader that tells a card's number and no more: numbers can be read and copied by anybody near the card. */
export interface CardReader {
  /** Look for cards, or rest. */
  look(on: boolean): void;
}

export interface CardReaderEvents {
  /** A card is there, once a presence. @param id 8 to 20 hexadecimal digits, by the kind of card */
  card(id: string): void;
  /** It has gone. */
  gone(): void;
  /** The reader does not answer (true), or answers again (false). */
  silent(silent: boolean): void;
}

export interface Pn532Options { uart: number }

const enum Figure {
  Baud = 115200,
  WakeMs = 5,         // the chip's clock starts within 2 ms
  AnswerMs = 300,     // acknowledge within 30 ms; a look with two retries takes 100 ms at most
  Tries = 3,
  LookMs = 250,       // chosen: from look to look
  Absences = 2,       // chosen: a card at the edge of the field is not gone with one look
  PartMs = 50,
  QuietFailures = 2,
  PauseMs = 1000,
  PauseMaxMs = 60000,
  FailuresMax = 10,
  Wrap = 1073741824,
}

/** The commands of a start, then the look. `RadioOff` ends looking. */
const enum Step { Firmware, Sam, Retries, Look, RadioOff }

const COMMANDS = [Command.GetFirmware, Command.SamConfiguration, Command.RfConfiguration, Command.ListTargets, Command.RfConfiguration];
const DATA: readonly (readonly number[])[] = [[], [1, 0x14, 1], [5, 0xff, 1, 2], [1, 0], [1, 0]];

const enum Phase { Waking, Asked, Idle, Resting }

interface Reader {
  readonly platform: Platform;
  readonly events: CardReaderEvents;
  readonly uart: Uart;
  readonly timer: Timer;
  readonly frames: string[];
  phase: Phase;
  step: Step;
  tries: number;
  acknowledged: boolean;
  wanted: boolean;
  /** The field is on. */
  radio: boolean;
  failures: number;
  silent: boolean;
  partial: string;
  partialAt: number;
  /** Seen in the last look; told only when the next look sees the same. */
  seen: string;
  /** Told and not gone. */
  card: string;
  absences: number;
}

export function newPn532(platform: Platform, options: Pn532Options, events: CardReaderEvents): CardReader {
  const r: Reader = {
    platform, events,
    uart: platform.uart(options.uart, Figure.Baud, (bytes) => { onBytes(r, bytes); }),
    timer: platform.timer(() => { onTimer(r); }),
    frames: newFrames(), phase: Phase.Waking, step: Step.Firmware, tries: 0, acknowledged: false, wanted: false, radio: false,
    failures: 0, silent: false, partial: "", partialAt: 0, seen: "", card: "", absences: 0,
  };
  start(r);
  return {
    look: (on) => {
      r.wanted = on;
      if (r.phase === Phase.Idle) next(r);
    },
  };
}

function newFrames(): string[] {
  const frames: string[] = [];
  for (let step = 0; step < COMMANDS.length; step++) {
    let data = "";
    for (let i = 0; i < DATA[step].length; i++) data = data + String.fromCharCode(DATA[step][i]);
    frames.push(commandFrame(COMMANDS[step], data));
  }
  return frames;
}

function start(r: Reader): void {
  r.phase = Phase.Waking;
  r.radio = false;
  r.seen = "";
  r.uart.write(WAKE);
  r.timer.start(Figure.WakeMs);
}

function ask(r: Reader, step: Step): void {
  r.step = step;
  r.tries = Figure.Tries;
  transmit(r);
}

function transmit(r: Reader): void {
  r.tries = r.tries - 1;
  r.phase = Phase.Asked;
  r.acknowledged = false;
  // What has come before the command is no answer to it.
  r.partial = "";
  r.timer.start(Figure.AnswerMs);
  r.uart.write(r.frames[r.step]);
}

function onTimer(r: Reader): void {
  if (r.phase === Phase.Resting) start(r);
  else if (r.phase === Phase.Waking) ask(r, Step.Firmware);
  else if (r.phase === Phase.Idle) next(r);
  else if (r.tries > 0) transmit(r);
  else recover(r);
}

function next(r: Reader): void {
  r.timer.stop();
  r.phase = Phase.Idle;
  if (r.wanted) ask(r, Step.Look);
  else if (r.radio) ask(r, Step.RadioOff);
  else leave(r);
}

/** Is it the answer that was asked for? */
function isAwaited(r: Reader, answer: string): boolean {
  return r.phase === Phase.Asked && r.acknowledged && answer.charCodeAt(0) === COMMANDS[r.step] + 1;
}

function onAnswer(r: Reader, answer: string): void {
  if (r.step < Step.Retries) {
    ask(r, r.step + 1);
  } else if (r.step === Step.Look) {
    onLooked(r, cardOf(answer));
  } else {
    if (r.step === Step.RadioOff) r.radio = false;
    // While cards are looked for, only a look shows that it works.
    if (!r.wanted) works(r);
    next(r);
  }
}

function works(r: Reader): void {
  r.failures = 0;
  if (!r.silent) return;
  r.silent = false;
  r.events.silent(false);
}

/** One answer's sum can be right by chance: a number counts when two looks have seen it. */
function onLooked(r: Reader, id: string): void {
  r.phase = Phase.Idle;
  r.radio = true;
  works(r);
  const again = id === r.seen;
  r.seen = id;
  r.timer.start(again || id === "" || id === r.card ? Figure.LookMs : 1);
  if (!r.wanted || id === "?") return;
  if (id === "") {
    r.absences = r.absences + 1;
    if (r.absences >= Figure.Absences) leave(r);
    return;
  }
  r.absences = 0;
  if (!again || id === r.card) return;
  leave(r);
  r.card = id;
  r.events.card(id);
}

function leave(r: Reader): void {
  r.seen = "";
  r.absences = 0;
  if (r.card === "") return;
  r.card = "";
  r.events.gone();
}

/** The chip does not answer: wake it again, then with pauses that double. */
function recover(r: Reader): void {
  r.failures = Math.min(r.failures + 1, Figure.FailuresMax);
  if (r.failures < Figure.QuietFailures) {
    start(r);
    return;
  }
  let pauseMs: number = Figure.PauseMs;
  for (let i = Figure.QuietFailures; i < r.failures; i++) pauseMs = pauseMs * 2;
  r.phase = Phase.Resting;
  r.timer.start(Math.min(pauseMs, Figure.PauseMaxMs));
  leave(r);
  if (r.silent) return;
  r.silent = true;
  r.events.silent(true);
}

function onBytes(r: Reader, bytes: string): void {
  const age = (r.platform.now() - r.partialAt + Figure.Wrap) % Figure.Wrap;
  const text = age > Figure.PartMs ? bytes : r.partial + bytes;
  r.partialAt = r.platform.now();
  r.partial = "";
  let at = startAt(text, 0);
  while (at < text.length) {
    const found = frameAt(text, at);
    if (found === Found.Part) {
      r.partial = text.substring(at);
      return;
    }
    if (found === Found.Acknowledge && r.phase === Phase.Asked) r.acknowledged = true;
    if (found === Found.Answer && isAwaited(r, answerAt(text, at))) {
      // What stands behind it came before the next command: it answers nothing.
      onAnswer(r, answerAt(text, at));
      return;
    }
    at = startAt(text, at + (found === Found.Nothing ? 1 : sizeAt(text, at)));
  }
}
