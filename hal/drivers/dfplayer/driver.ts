import { InputPin, Platform, Pull, Timer } from "../../ports";
import { SpeechEvents } from "../../roles";
import { InPin, NotWired, UartPort } from "../../wires";
import { Speech } from "../voice/halves";
import { Command, encode, Fault, playParameter } from "./frames";
import { age, Link, newLink } from "./link";

export interface DfPlayerOptions {
  /** 9600 baud; 1 kΩ in the line to RX of the module. */
  uart: UartPort;
  /** BUSY of the module, low while it plays; -1 = not wired. @pullUp */
  busyPin: InPin | NotWired;
}

const enum Figure {
  OnlineMs = 4000,    // manual: 1.5 to 3 s from reset to "online", by the card
  SettleMs = 200,     // after "online" commands are still lost
  AnswerMs = 500,
  GapMs = 20,         // at least 10 ms between commands
  BusyMs = 100,       // chosen: how long a busy module is left alone
  Tries = 3,
  FreshMs = 200,      // chosen: "finished" so early speaks of the file before; no prompt is as short
  DigitGapMs = 120,   // chosen: longer than the module takes to say "finished" twice
  LongestMs = 15000,  // chosen: longer than any prompt; its end was lost
  HoldMs = 4500,      // chosen: longer than a start; a prompt that could not be begun by then is of no use
  QuietFailures = 2,  // the first is a bad moment, the second a silent module
  PauseMs = 1000,
  PauseMaxMs = 60000,
  FailuresMax = 10,
  LastPrompt = 199,
  DigitFile = 200,    // files 200 to 209
}

/** Of the module's 0 to 30, by level. Chosen: 28 is where small speakers begin to rattle. */
const VOLUMES = [0, 14, 21, 28];

const enum Phase { Starting, Settling, Ready, Asked, Gap, Resting }

interface Player {
  readonly platform: Platform;
  readonly events: SpeechEvents;
  readonly link: Link;
  readonly busy: InputPin | null;
  /** Of the command under way. */
  readonly timer: Timer;
  /** Of the prompt under way. */
  readonly speech: Timer;
  phase: Phase;
  failures: number;
  silent: boolean;
  frame: string;
  tries: number;
  level: number;
  /** What the module was told, -1 after its start. */
  levelTold: number;
  folder: number;
  /** Somebody waits for `done`. */
  saying: boolean;
  /** The file that is to be begun, 0 = none: the queue of one. */
  next: number;
  /** Digits behind it. */
  digits: string;
  /** The module plays, as far as it was told to. */
  playing: boolean;
  startedAt: number;
  /** What plays must end without another to follow. */
  stopping: boolean;
}

/** DFPlayer Mini: files `/<language + 1>/<prompt>.mp3` on its card. Nothing here waits. */
export function newDfPlayer(platform: Platform, options: DfPlayerOptions, events: SpeechEvents): Speech {
  const p: Player = {
    platform, events,
    link: newLink(platform, options.uart, (command, parameter) => { onFrame(p, command, parameter); }),
    busy: options.busyPin < 0 ? null : platform.input(options.busyPin, Pull.Up, (level) => { onBusy(p, level); }),
    timer: platform.timer(() => { onTimer(p); }),
    speech: platform.timer(() => { onSpeechTimer(p); }),
    phase: Phase.Starting, failures: 0, silent: false, frame: "", tries: 0,
    level: 3, levelTold: -1, folder: 1, saying: false, next: 0, digits: "", playing: false, startedAt: 0, stopping: false,
  };
  start(p);
  return {
    say: (prompt, number) => {
      const known = prompt >= 1 && prompt <= Figure.LastPrompt && !p.silent;
      p.saying = true;
      p.next = known ? prompt : 0;
      p.digits = known && number >= 0 ? number.toString() : "";
      p.stopping = !known && p.playing;
      // Without a voice the prompt ends at once: nothing in the lock waits for a dead module.
      p.speech.start(known ? Figure.HoldMs : 1);
      pump(p);
    },
    hush: () => { hush(p); },
    volume: (level) => {
      p.level = Math.max(0, Math.min(level, VOLUMES.length - 1));
      pump(p);
    },
    language: (language) => { p.folder = 1 + Math.max(0, Math.min(language, 98)); },
    speaks: () => !p.silent,
  };
}

// ---- prompts

function hush(p: Player): void {
  p.saying = false;
  p.next = 0;
  p.digits = "";
  p.speech.stop();
  p.stopping = p.playing;
  pump(p);
}

/** The file under way has ended, or cannot be had. */
function ended(p: Player): void {
  p.playing = false;
  if (!p.saying || p.next > 0) return;
  p.speech.start(p.digits === "" ? 1 : Figure.DigitGapMs);
}

/** Time for the next digit, or the prompt is over in one way or another. */
function onSpeechTimer(p: Player): void {
  if (!p.saying) return;
  if (!p.playing && p.next === 0 && p.digits !== "" && !p.silent) {
    p.next = Figure.DigitFile + p.digits.charCodeAt(0) - 48;
    p.digits = p.digits.substring(1);
    p.speech.start(Figure.HoldMs);
    pump(p);
    return;
  }
  p.stopping = p.playing;
  p.saying = false;
  p.next = 0;
  p.digits = "";
  pump(p);
  p.events.done();
}

/** "Finished" comes once or twice, and a late one must not end the file after it. */
function onFinished(p: Player): void {
  if (!p.playing || age(p.platform, p.startedAt) < Figure.FreshMs) return;
  if (p.busy !== null && p.busy.read() === 0) return;
  ended(p);
}

function onBusy(p: Player, level: number): void {
  if (level === 1 && p.playing && age(p.platform, p.startedAt) >= Figure.FreshMs) ended(p);
}

// ---- commands, one at a time

function pump(p: Player): void {
  if (p.phase !== Phase.Ready) return;
  if (p.levelTold !== p.level) {
    p.levelTold = p.level;
    ask(p, Command.Volume, VOLUMES[p.level]);
  } else if (p.next > 0) {
    const file = p.next;
    p.next = 0;
    p.stopping = false;
    p.playing = true;
    p.startedAt = p.platform.now();
    p.speech.start(Figure.LongestMs);
    ask(p, Command.Play, playParameter(p.folder, file));
  } else if (p.stopping) {
    p.stopping = false;
    p.playing = false;
    ask(p, Command.Stop, 0);
  }
}

function ask(p: Player, command: Command, parameter: number): void {
  p.frame = encode(command, 1, parameter);
  p.tries = Figure.Tries;
  transmit(p);
}

function transmit(p: Player): void {
  p.tries = p.tries - 1;
  p.phase = Phase.Asked;
  p.timer.start(Figure.AnswerMs);
  p.link.uart.write(p.frame);
}

function onTaken(p: Player): void {
  if (p.phase !== Phase.Asked) return;
  p.failures = 0;
  p.tries = 0;
  if (p.silent) {
    p.silent = false;
    p.events.silent(false);
  }
  gap(p, Figure.GapMs);
}

/** @param ms after which the next command goes out, or this one again while it has tries left */
function gap(p: Player, ms: number): void {
  p.phase = Phase.Gap;
  p.timer.start(ms);
}

function onError(p: Player, fault: number): void {
  if (fault === Fault.OutOfRange || fault === Fault.NotFound) {
    // There is no such file: the prompt is left out. The module lives.
    onTaken(p);
    if (p.playing) ended(p);
  } else if (fault === Fault.Sleeping) {
    recover(p);
  } else if (p.phase === Phase.Asked && p.tries > 0) {
    gap(p, Figure.BusyMs);
  }
}

function onTimer(p: Player): void {
  if (p.phase === Phase.Resting) {
    start(p);
  } else if (p.phase === Phase.Settling) {
    p.phase = Phase.Ready;
    p.levelTold = -1;
    pump(p);
  } else if (p.phase === Phase.Starting || (p.phase === Phase.Asked && p.tries === 0)) {
    recover(p);
  } else if (p.phase === Phase.Asked || (p.phase === Phase.Gap && p.tries > 0)) {
    transmit(p);
  } else {
    p.phase = Phase.Ready;
    pump(p);
  }
}

// ---- start and faults

function start(p: Player): void {
  p.phase = Phase.Starting;
  p.timer.start(Figure.OnlineMs);
  p.link.uart.write(encode(Command.Reset, 0, 0));
}

/** @param pauseMs before it */
function restart(p: Player, pauseMs: number): void {
  lose(p);
  p.phase = Phase.Resting;
  p.timer.start(pauseMs);
}

/** What was under way has ended with the module; what has not begun waits for its start. */
function lose(p: Player): void {
  p.playing = false;
  p.stopping = false;
  if (!p.saying || p.next > 0) return;
  p.digits = "";
  p.speech.start(1);
}

/** @param devices bit 0 a stick, bit 1 a card, bit 3 its own flash; 0: it has nothing to play */
function onOnline(p: Player, devices: number): void {
  if (p.phase === Phase.Settling || devices === 0) return;
  // Unasked: it has started anew and forgotten what it was doing.
  if (p.phase !== Phase.Starting) lose(p);
  p.phase = Phase.Settling;
  p.timer.start(Figure.SettleMs);
}

function recover(p: Player): void {
  p.failures = Math.min(p.failures + 1, Figure.FailuresMax);
  if (p.failures < Figure.QuietFailures) {
    restart(p, Figure.GapMs);
    return;
  }
  let pauseMs: number = Figure.PauseMs;
  for (let i = Figure.QuietFailures; i < p.failures; i++) pauseMs = pauseMs * 2;
  p.next = 0;
  restart(p, Math.min(pauseMs, Figure.PauseMaxMs));
  if (p.silent) return;
  p.silent = true;
  p.events.silent(true);
}

function onFrame(p: Player, command: number, parameter: number): void {
  if (command === Command.Taken) onTaken(p);
  else if (command === Command.FinishedCard || command === Command.FinishedUsb) onFinished(p);
  else if (command === Command.Error) onError(p, parameter);
  else if (command === Command.Online) onOnline(p, parameter);
  else if (command === Command.MediaIn && p.phase !== Phase.Starting && p.phase !== Phase.Settling) restart(p, Figure.GapMs);
  else if (command === Command.MediaOut && p.phase !== Phase.Resting) recover(p);
}
