import { Board } from "../hal/board";
import { BootCause, Platform } from "../hal/ports";
import { Contacts, newContacts } from "../hal/drivers/contacts/driver";
import { MotorBolt, newDrv8833 } from "../hal/drivers/drv8833/driver";
import { newStandins, Standins } from "../hal/drivers/standin/driver";
import { BoltPosition, Key, ReaderEvents } from "../hal/roles";
import { newConsole, onBytes, print, printTrace, prompt } from "./console/console";
import { ROWS } from "./console/rows";
import { BOOTS, word } from "./console/words";
import { Trace } from "./console/trace";
import { Command, Event, Pack, Sensor, Timer as TimerOfCore } from "./core/events";
import { BootArg } from "./core/lock";
import { newLock } from "./core/state";
import { newUsers } from "./core/users/table";
import { BoardLimits, Limit, newBoardLimits } from "./limits";
import { Part, Roles, Runtime, newRuntime, onSaid, post } from "./runtime/runtime";
import { applySettings } from "./runtime/apply";
import { newTouches, onRelease, onTouch } from "./runtime/touch";
import { newVault } from "./runtime/vault";
import { Found, newStore, openStore, readDigest } from "./store/store";
import { VERSION, IDENTITY } from "./version";

/** The contacts, in the order in which their changes are told: the handle before the bolt that it moves (O9). */
const enum At { Handle, Withdrawn, Thrown, Door, Tamper, Set, LockButton }

/** Composition root: board and platform become a running lock. Nothing else constructs parts. */
export function startLock(platform: Platform, board: Board): void {
  const limits = boardLimits(board);
  const lock = newLock(limits);
  lock.users = newUsers();
  const vault = newVault(platform, lock, (address) => readDigest(platform, address));
  const store = newStore(platform, lock, vault);
  const console = platform.uart(board.uarts.console, 115200, (bytes) => { onBytes(c, bytes); });
  const trace: Trace = { on: false, line: (text) => { printTrace(c, "@" + platform.now().toString() + " " + text); } };
  const standins = newParts(platform, board, () => r);
  const contacts = newContacts(platform, contactPins(board), Limit.contactSettleMs, (at, level) => { contactChanged(r, contacts, at, level); });
  const roles: Roles = {
    keypad: standins.keypad, lights: standins.lights, voice: standins.voice, battery: standins.battery,
    bolt: newMotor(platform, board, contacts, () => r),
    readers: [standins.face, standins.palm, standins.finger],
  };
  const r = newRuntime(platform, lock, trace, vault, store, roles, IDENTITY);
  const c = newConsole(r, console, platform, ROWS, boardLines(board), VERSION, board.console === "closed");
  const found = openStore(store);
  if (found === Found.Newer) {
    r.halted = true;
    print(c, "error newer-store a newer firmware wrote this lock's store; flash that firmware again, nothing was changed");
    return;
  }
  // Templates of a life before belong to nobody (C5).
  if (found === Found.Nothing) roles.readers.forEach((reader) => { reader.removeAll(); });
  trace.on = board.console === "open" && store.prefs.trace === 1;
  lock.doorOpen = contacts.level(At.Door);
  lock.tamperOpen = contacts.level(At.Tamper);
  lock.bolt = boltPosition(contacts);
  applySettings(r);
  const cause = platform.bootCause();
  print(c, "@" + platform.now().toString() + " boot cause=" + word(BOOTS, cause) + " version=" + VERSION);
  post(r, Event.Boot, cause + (contacts.level(At.Set) === 1 && cause === BootCause.Power ? BootArg.SetHeld : 0));
  // R1: a reset that was cut is carried out before anything else can happen.
  if (found === Found.Wiping) post(r, Event.Command, Command.FactoryReset);
  prompt(c);
}

function contactPins(board: Board): number[] {
  const pins = board.pins;
  return [pins.handle, pins.boltWithdrawn, pins.boltThrown, pins.doorOpen, pins.tamperOpen, pins.setButton, pins.lockButton];
}

/** O6: both ends at once is a fault of a switch, and no position. */
function boltPosition(contacts: Contacts): BoltPosition {
  const withdrawn = contacts.level(At.Withdrawn);
  if (withdrawn === contacts.level(At.Thrown)) return BoltPosition.Between;
  return withdrawn === 1 ? BoltPosition.Withdrawn : BoltPosition.Thrown;
}

const CONTACT_EVENTS = [Event.Handle, Event.Bolt, Event.Bolt, Event.Door, Event.Tamper, Event.Set, Event.LockButton];

function contactChanged(r: Runtime, contacts: Contacts, at: number, level: number): void {
  if (at !== At.Withdrawn && at !== At.Thrown) {
    post(r, CONTACT_EVENTS[at], level);
    return;
  }
  // Both switches may have changed at once: the position is told once.
  const position = boltPosition(contacts);
  if (position !== r.lock.bolt) post(r, Event.Bolt, position);
}

/** O5: the driver's own timer stops a motor that the core forgot; where a current is sensed, a motor that stands too. */
function newMotor(platform: Platform, board: Board, contacts: Contacts, runtime: () => Runtime): MotorBolt {
  const limitMs = boardLimits(board).motorTimeoutMs;
  const supply = { withdrawMs: limitMs, throwMs: limitMs, permille: 1000 };
  return newDrv8833(platform, {
    in1Pin: board.pins.motorWithdraw, in2Pin: board.pins.motorThrow, sleepPin: -1, pwm: [], mode: "bolt",
    battery: supply, usb: supply, runs: 1 + Limit.motorRetries, sense: null, stallMv: 0,
  }, () => boltPosition(contacts), () => runtime().lock.usb === 1, {
    // To the core both are a run that did not end in time.
    stalled: () => { post(runtime(), Event.Expired, TimerOfCore.Motor); },
    guarded: () => { post(runtime(), Event.Expired, TimerOfCore.Motor); },
  });
}

/** The parts that stand in at role level, all on one UART. */
function newParts(platform: Platform, board: Board, runtime: () => Runtime): Standins {
  const touches = newTouches(platform, boardLimits(board).muteHoldMs, {
    touched: (key) => { post(runtime(), Event.Touched, key); },
    counted: (key) => { post(runtime(), Event.Key, key); },
    held: () => { post(runtime(), Event.Held, 0); },
    storm: () => { post(runtime(), Event.Storm, 0); },
  });
  const parts: Standins = newStandins(platform.uart(board.uarts.standin, 115200, (bytes) => { parts.receive(bytes); }), {
    keypad: { touched: (key) => { if (key <= Key.None) onTouch(touches, key); }, released: (key) => { onRelease(touches, key); } },
    voice: { done: () => { onSaid(runtime()); } },
    battery: {
      measured: (percent) => { post(runtime(), Event.Battery, percent); },
      usb: (on) => { post(runtime(), Event.Usb, on ? 1 : 0); },
    },
    face: readerEvents(runtime, Sensor.Face),
    palm: readerEvents(runtime, Sensor.Palm),
    finger: readerEvents(runtime, Sensor.Finger),
  });
  return parts;
}

/** What a reader says; a number that no module can have is no fact. */
function readerEvents(runtime: () => Runtime, sensor: Sensor): ReaderEvents {
  const base = sensor * Pack.Sensor;
  return {
    near: () => { post(runtime(), Event.Near, base); },
    matched: (template) => { if (template < Pack.Sensor) post(runtime(), Event.Matched, base + template); },
    unknown: () => { post(runtime(), Event.Unknown, base); },
    unreadable: () => { post(runtime(), Event.Unreadable, base); },
    gone: () => { post(runtime(), Event.Gone, base); },
    placed: (steps) => { if (steps < Pack.Sensor) post(runtime(), Event.Placed, base + steps); },
    again: () => { post(runtime(), Event.Again, base); },
    enrolled: (template) => { if (template < Pack.Sensor) post(runtime(), Event.Enrolled, base + template); },
    enrolFailed: (error) => { if (error < Pack.Sensor) post(runtime(), Event.EnrolFailed, base + error); },
    silent: (silent) => { onSilent(runtime(), sensor, silent); },
  };
}

function onSilent(r: Runtime, sensor: Sensor, silent: boolean): void {
  const part: Part = r.parts[sensor];
  if (part.silent === silent) return;
  part.silent = silent;
  if (silent) part.faults = part.faults + 1;
  post(r, Event.Silent, sensor * 2 + (silent ? 1 : 0));
}

function boardLimits(board: Board): BoardLimits {
  const limits = newBoardLimits();
  const own = board.limits;
  if (own.motorTimeoutMs !== undefined) limits.motorTimeoutMs = own.motorTimeoutMs;
  if (own.setHoldMs !== undefined) limits.setHoldMs = own.setHoldMs;
  if (own.muteHoldMs !== undefined) limits.muteHoldMs = own.muteHoldMs;
  return limits;
}

/** What the console's `board` prints. */
function boardLines(board: Board): string[] {
  const pins = board.pins;
  return [
    "board " + board.name,
    "title " + board.title,
    "console uart=" + board.uarts.console.toString(),
    "parts uart=" + board.uarts.standin.toString(),
    "door pin=" + pins.doorOpen.toString(),
    "tamper pin=" + pins.tamperOpen.toString(),
    "set pin=" + pins.setButton.toString(),
    "lock-button pin=" + pins.lockButton.toString(),
    "handle pin=" + pins.handle.toString(),
    "bolt pins=" + pins.boltWithdrawn.toString() + "," + pins.boltThrown.toString(),
    "motor pins=" + pins.motorWithdraw.toString() + "," + pins.motorThrow.toString(),
  ];
}
