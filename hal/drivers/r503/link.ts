import { Platform, Timer, Uart } from "../../ports";
import { Kind, kindOf } from "./codes";
import { addBytes, answers, Command, commandFrame, dropBytes, Inbox, Length, newInbox, takeAnswer } from "./frames";

/**
 * One command and its answer at a time. Answers carry no number, so that a late or doubled one can
 * be taken for the next command's; therefore
 * - what has come before a command was sent is never its answer,
 * - an answer must have the length of its command's,
 * - after silence or damage the line is cleared: ReadSysPara is sent, the module answers in order,
 *   and nothing counts until its 17 bytes have come. Then the command is sent again.
 */
export interface Link {
  readonly events: LinkEvents;
  readonly synochip: boolean;
  readonly uart: Uart;
  readonly timer: Timer;
  readonly inbox: Inbox;
  state: LinkState;
  command: number;
  frame: string;
  patienceMs: number;
  /** How often the command may still be sent. */
  tries: number;
  /** How often the line may still be cleared in vain. */
  clears: number;
  busyTurns: number;
  /** Counts whatever came and was no plain answer: while it stands still, there were as many answers as commands. */
  disturbances: number;
}

export interface LinkEvents {
  /** @param content from the code on, "" with Kind.Mute */
  answered(kind: Kind, content: string): void;
  /** The module answers nothing at all. */
  lost(): void;
  /** The module says that it has started. */
  ready(): void;
  /** A whole answer that nobody asked for, or another one than was asked for. */
  stray(content: string): void;
}

const enum LinkState { Idle, Asked, Pausing, Clearing }

const enum Figure {
  Baud = 57600,
  ClearMs = 500,      // chosen: every module answers ReadSysPara within 50 ms
  Clears = 3,
  DamageMs = 30,      // chosen: the rest of a damaged answer has come by then
  BusyMs = 100,       // chosen
  BusyTurns = 30,     // 3 s
  Wrap = 1073741824,
}

/** @param port UART of the platform */
export function newLink(platform: Platform, port: number, synochip: boolean, events: LinkEvents): Link {
  const link: Link = {
    events, synochip,
    uart: platform.uart(port, Figure.Baud, (bytes) => { onBytes(link, bytes); }),
    timer: platform.timer(() => { onTimer(link); }),
    inbox: newInbox(), state: LinkState.Idle, command: 0, frame: "", patienceMs: 0, tries: 0, clears: 0,
    busyTurns: 0, disturbances: 0,
  };
  return link;
}

/**
 * Sends a command; `answered` or `lost` follows, never from within this call.
 * @param patienceMs how long the answer may take
 * @param tries how often it may be sent in all; 1 for what must not happen twice
 */
export function ask(link: Link, command: Command, parameters: string, patienceMs: number, tries: number): void {
  link.command = command;
  link.frame = commandFrame(command, parameters);
  link.patienceMs = patienceMs;
  link.tries = tries;
  link.busyTurns = Figure.BusyTurns;
  transmit(link);
}

/** A command was sent and is not answered yet. */
export function isAsking(link: Link): boolean {
  return link.state !== LinkState.Idle;
}

/** Forgets the command under way; its answer will be noise. */
export function hangUp(link: Link): void {
  link.state = LinkState.Idle;
  link.timer.stop();
  drop(link);
}

function disturbed(link: Link): void {
  link.disturbances = (link.disturbances + 1) % Figure.Wrap;
}

/** What has come up to now answers nothing that is asked from now on. */
function drop(link: Link): void {
  if (link.inbox.buffer.length > link.inbox.at) disturbed(link);
  dropBytes(link.inbox);
}

function transmit(link: Link): void {
  link.tries = link.tries - 1;
  link.state = LinkState.Asked;
  drop(link);
  link.timer.start(link.patienceMs);
  link.uart.write(link.frame);
}

function clearLine(link: Link): void {
  link.clears = Figure.Clears;
  clearOnce(link);
}

function clearOnce(link: Link): void {
  link.clears = link.clears - 1;
  link.state = LinkState.Clearing;
  disturbed(link);
  drop(link);
  link.timer.start(Figure.ClearMs);
  link.uart.write(commandFrame(Command.ReadSysPara, ""));
}

function onTimer(link: Link): void {
  if (link.state === LinkState.Asked) {
    clearLine(link);
  } else if (link.state === LinkState.Pausing) {
    transmit(link);
  } else if (link.state === LinkState.Clearing) {
    if (link.clears > 0) {
      clearOnce(link);
      return;
    }
    hangUp(link);
    link.events.lost();
  }
}

function onBytes(link: Link, bytes: string): void {
  const inbox = link.inbox;
  addBytes(inbox, bytes);
  let content = takeAnswer(inbox);
  while (content !== "") {
    onContent(link, content);
    content = takeAnswer(inbox);
  }
  if (inbox.damaged) {
    inbox.damaged = false;
    disturbed(link);
    if (link.state === LinkState.Asked) link.timer.start(Figure.DamageMs);
  }
  if (inbox.ready) {
    inbox.ready = false;
    link.events.ready();
  }
}

function onContent(link: Link, content: string): void {
  const kind = kindOf(content.charCodeAt(0), link.synochip);
  if (kind === Kind.Note && content.length === Length.Plain) return;
  if (link.state === LinkState.Clearing) onCleared(link, kind, content);
  else if (link.state === LinkState.Asked && answers(link.command, link.synochip, content)) onAnswer(link, kind, content);
  else onStray(link, content);
}

function onAnswer(link: Link, kind: Kind, content: string): void {
  if (kind === Kind.Busy && link.busyTurns > 0) {
    link.busyTurns = link.busyTurns - 1;
    link.tries = link.tries + 1;
    link.state = LinkState.Pausing;
    link.timer.start(Figure.BusyMs);
  } else if (kind === Kind.Repeat && link.tries > 0) {
    transmit(link);
  } else {
    deliver(link, kind, content);
  }
}

/** What came behind the answer in the same piece came before the next command: it is dropped. */
function deliver(link: Link, kind: Kind, content: string): void {
  hangUp(link);
  link.events.answered(kind, content);
}

function onCleared(link: Link, kind: Kind, content: string): void {
  const locked = kind === Kind.Locked && content.length === Length.Plain;
  if (locked && link.command !== Command.VfyPwd) {
    deliver(link, kind, content);
  } else if (locked || (kind === Kind.Ok && content.length === Length.Parameters)) {
    if (link.tries > 0) transmit(link);
    else deliver(link, Kind.Mute, "");
  } else {
    link.events.stray(content);
  }
}

function onStray(link: Link, content: string): void {
  disturbed(link);
  if (link.state === LinkState.Asked) clearLine(link);
  link.events.stray(content);
}
