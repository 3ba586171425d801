import { hex } from "../../digits";
import { Kind } from "./codes";
import { Command, wordAt } from "./frames";
import { Figure, giveUp, Job, Phase, request, Ring, Step, Unit } from "./unit";

/**
 * What is done with every module that has started: password, identity (A4), figures. The answers
 * that follow one another have different lengths, so that no late one passes for the next.
 */
export function open(u: Unit): void {
  u.timer.stop();
  u.idleTimer.stop();
  u.phase = Phase.Opening;
  u.job = Job.None;
  u.notepad = "";
  u.serial = "";
  u.foreign = false;
  u.ringShown = Ring.Dark;
  u.calm = u.link.disturbances;
  request(u, Step.VerifyPassword, Command.VfyPwd, bytesOf(u.options.password), Figure.QuickMs);
}

/** @param digits hex, two a byte */
function bytesOf(digits: string): string {
  let bytes = "";
  for (let i = 0; i + 1 < digits.length; i = i + 2) bytes = bytes + String.fromCharCode(parseInt(digits.substring(i, i + 2), 16));
  return bytes;
}

export function onPassword(u: Unit, kind: Kind): void {
  if (kind === Kind.WrongPassword) {
    // Not our module: it refuses all else, and needs no more of us.
    u.foreign = true;
    judge(u);
  } else if (kind === Kind.Ok) {
    readNotepad(u, Step.ReadNotepad);
  } else {
    u.recover();
  }
}

function readNotepad(u: Unit, step: Step): void {
  request(u, step, Command.ReadNotepad, String.fromCharCode(Figure.NotepadPage), Figure.QuickMs);
}

function readSerial(u: Unit, step: Step): void {
  if (u.synochip) request(u, step, Command.SynChipSerial, String.fromCharCode(0), Figure.QuickMs);
  else request(u, step, Command.GrowProductInfo, "", Figure.QuickMs);
}

export function onNotepad(u: Unit, kind: Kind, content: string): void {
  if (kind === Kind.Locked) {
    giveUp(u, kind);
    return;
  }
  // A module without a notepad says so, and is known by its serial number alone.
  u.notepad = kind === Kind.Ok ? content.substring(1) : "";
  request(u, Step.ReadParameters, Command.ReadSysPara, "", Figure.QuickMs);
}

export function onParameters(u: Unit, kind: Kind, content: string): void {
  if (kind !== Kind.Ok) {
    giveUp(u, kind);
    return;
  }
  u.capacity = Math.min(wordAt(content, 5), 1024);
  if (u.options.serial) readSerial(u, Step.ReadSerial);
  else count(u);
}

export function onSerial(u: Unit, kind: Kind, content: string): void {
  if (kind === Kind.Locked) {
    giveUp(u, kind);
    return;
  }
  u.serial = kind === Kind.Ok ? content.substring(1) : "";
  count(u);
}

function count(u: Unit): void {
  request(u, Step.Count, Command.TemplateNum, "", Figure.QuickMs);
}

export function onCount(u: Unit, kind: Kind, content: string): void {
  if (kind !== Kind.Ok) {
    giveUp(u, kind);
    return;
  }
  u.templates = wordAt(content, 1);
  judge(u);
}

/** A4: is it the module the lock was paired with? */
function judge(u: Unit): void {
  if (u.link.disturbances !== u.calm) {
    // Figures that may be another answer's are not worked with.
    u.reopen();
    return;
  }
  identify(u);
  if (u.written !== "") {
    finishPairing(u);
  } else if (u.trusted !== "" && u.identity !== u.trusted && !u.rechecked) {
    // One wrong reading may be the line's fault; a swapped module stays another one.
    u.rechecked = true;
    open(u);
    return;
  }
  u.rechecked = false;
  // What was stored last is in the other module.
  if (isStranger(u)) u.leftover = -1;
  u.phase = Phase.Ready;
  if (!u.pairing) tellSwapped(u, isStranger(u));
  u.next();
}

function identify(u: Unit): void {
  const raw = u.foreign ? "" : u.notepad + u.serial;
  if (raw === u.hashed) return;
  u.hashed = raw;
  // The digest does not tell the value, so that console and store may have it.
  u.identity = raw === "" ? "" : hex(u.platform.sha256(raw).substring(0, 16));
}

/** The module must be empty, and show the value written or have at least a serial number. */
function finishPairing(u: Unit): void {
  const done = u.templates === 0 && u.identity !== "" && (u.notepad === u.written || (u.notepad === "" && u.serial !== ""));
  if (!done) {
    refusePairing(u);
    return;
  }
  u.written = "";
  u.pairing = false;
  u.trusted = u.identity;
  u.events.identified(u.identity);
}

export function refusePairing(u: Unit): void {
  u.written = "";
  u.pairing = false;
  u.swapped = true;
  u.events.swapped(true);
}

/** A4: is it still the module that was opened? Its mark is read, and its serial number where there is one. */
export function proveModule(u: Unit, step: Step): void {
  u.proved = "";
  if (u.notepad !== "") readNotepad(u, step);
  else readSerial(u, step);
}

/** An answer to that. @returns true once all is as it was; else the rest is being read, or the module opened anew */
export function isProved(u: Unit, kind: Kind, content: string): boolean {
  const all = u.notepad + u.serial;
  u.proved = u.proved + content.substring(1);
  if (kind !== Kind.Ok || u.proved !== all.substring(0, u.proved.length) || isStranger(u)) {
    u.reopen();
    return false;
  }
  if (u.proved === all) return true;
  readSerial(u, u.step);
  return false;
}

export function isStranger(u: Unit): boolean {
  return u.identity === "" || u.identity !== u.trusted;
}

/** Told once a change. */
export function tellSwapped(u: Unit, swapped: boolean): void {
  if (swapped === u.swapped) return;
  u.swapped = swapped;
  u.events.swapped(swapped);
}
