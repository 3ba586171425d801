import { LockBoard, PartMakers } from "../hal/makers";
import { BootCause, Platform } from "../hal/ports";
import { BoltPosition, Contacts, Key, KeyLamps, PartEvents, SpeechEvents, Switch, Voice } from "../hal/roles";
import { newKeyLights } from "../hal/drivers/keylights/flash";
import { newMute, newVoice } from "../hal/drivers/voice/driver";
import { forgetLostPassword, newConsole, print, printTrace, prompt } from "./console/console";
import { COMMANDS } from "./console/rows";
import { Trace } from "./console/trace";
import { BOOTS, word } from "./console/words";
import { Command, Event, Part, Timer } from "./core/events";
import { BootArg } from "./core/lock";
import { onInlet } from "./core/locking";
import { Prompt } from "./core/prompts";
import { newLock } from "./core/state";
import { newUsers } from "./core/users/table";
import { BoardLimits, Limit, newBoardLimits } from "./limits";
import { applySettings, takeDate } from "./runtime/apply";
import { trustModules } from "./runtime/modules";
import { newReaders } from "./runtime/readers";
import { watchHealth } from "./runtime/health";
import { useGenerator } from "./runtime/random";
import { Roles, Runtime, newRuntime, onSaid, onSilent, post, run } from "./runtime/runtime";
import { newTouches, onRelease, onTouch } from "./runtime/touch";
import { newVault } from "./runtime/vault";
import { Found, newStore, openStore, readDigest } from "./store/store";
import { IDENTITY, VERSION } from "./version";

/** Composition root: a platform, a board and its parts become a running lock. Nothing else constructs what the lock is made of. */
export function startLock(platform: Platform, board: LockBoard, makers: PartMakers): void {
  const limits = boardLimits(board, makers);
  const lock = newLock(limits);
  lock.users = newUsers();
  const vault = newVault(platform, lock, (address) => readDigest(platform, address));
  const store = newStore(platform, lock, vault);
  useGenerator(platform, store.generator);
  const trace: Trace = { on: false, line: (text) => { printTrace(c, "@" + platform.now().toString() + " " + text); } };
  const contacts: Contacts = makers.contacts({ changed: (at, level) => { contactChanged(r, contacts, at, level); } });
  const roles = newRoles(platform, makers, limits, contacts, () => r);
  const r = newRuntime(platform, lock, trace, vault, store, roles, IDENTITY);
  const c = newConsole(r, platform, COMMANDS, board, VERSION);
  const found = openStore(store);
  if (found === Found.Newer) {
    r.halted = true;
    print(c, "error newer-store a newer firmware wrote this lock's store; flash that firmware again, nothing was changed");
    return;
  }
  forgetLostPassword(c);
  watchHealth(r);
  trustModules(r);
  takeDate(r);
  trace.on = board.open && store.prefs.trace === 1;
  lock.doorOpen = contacts.level(Switch.Door);
  lock.tamperOpen = contacts.level(Switch.Tamper);
  lock.bolt = boltPosition(contacts);
  applySettings(r);
  const cause = platform.bootCause();
  print(c, "@" + platform.now().toString() + " boot cause=" + word(BOOTS, cause) + " version=" + VERSION + (platform.base === "" ? "" : " base=" + platform.base));
  post(r, Event.Boot, cause + (contacts.level(Switch.Set) === 1 && cause === BootCause.Power ? BootArg.SetHeld : 0));
  // R1: a reset that was cut is carried out before anything else can happen.
  if (found === Found.Wiping) post(r, Event.Command, Command.FactoryReset);
  run(r);
  prompt(c);
}

function boardLimits(board: LockBoard, makers: PartMakers): BoardLimits {
  const limits = newBoardLimits();
  const own = board.limits;
  if (own.motorTimeoutMs !== undefined) limits.motorTimeoutMs = own.motorTimeoutMs;
  if (own.motorTimeoutUsbMs !== undefined) limits.motorTimeoutUsbMs = own.motorTimeoutUsbMs;
  if (own.setHoldMs !== undefined) limits.setHoldMs = own.setHoldMs;
  if (own.muteHoldMs !== undefined) limits.muteHoldMs = own.muteHoldMs;
  limits.modules = (makers.palmFace === null ? 0 : 1 << Part.PalmFace) + (makers.finger === null ? 0 : 1 << Part.Finger);
  return limits;
}

// ---- contacts and bolt

/** O6: both ends at once is a fault of a switch, and no position. */
function boltPosition(contacts: Contacts): BoltPosition {
  const withdrawn = contacts.level(Switch.BoltWithdrawn);
  if (withdrawn === contacts.level(Switch.BoltThrown)) return BoltPosition.Between;
  return withdrawn === 1 ? BoltPosition.Withdrawn : BoltPosition.Thrown;
}

/** In the order of Switch. */
const CONTACT_EVENTS = [Event.Handle, Event.Bolt, Event.Bolt, Event.Door, Event.Tamper, Event.Set, Event.LockButton];

function contactChanged(r: Runtime, contacts: Contacts, at: Switch, level: number): void {
  if (at !== Switch.BoltWithdrawn && at !== Switch.BoltThrown) {
    post(r, CONTACT_EVENTS[at], level);
    return;
  }
  post(r, Event.Bolt, boltPosition(contacts));
}

// ---- parts

type Late = () => Runtime;

function newRoles(platform: Platform, makers: PartMakers, limits: BoardLimits, contacts: Contacts, runtime: Late): Roles {
  const bolt = makers.bolt({
    position: () => boltPosition(contacts), onInlet: () => onInlet(runtime().lock),
    limitMs: limits.motorTimeoutMs, limitUsbMs: limits.motorTimeoutUsbMs, runs: 1 + Limit.motorRetries,
  }, { ended: () => { post(runtime(), Event.Expired, Timer.Motor); } });
  const keyLamps: KeyLamps = makers.keyLights(partEvents(runtime, Part.KeyLights));
  const keypad = newKeyLights(platform, (keys) => { keyLamps.show(keys); });
  const readers = newReaders(makers, runtime);
  const touches = newTouches(platform, limits.muteHoldMs, {
    touched: (key) => {
      keypad.settle();
      post(runtime(), Event.Touched, key);
    },
    counted: (key) => { post(runtime(), Event.Key, key); },
    held: () => { post(runtime(), Event.Held, 0); },
    storm: () => { post(runtime(), Event.Storm, 0); },
  });
  return {
    bolt, keyLamps, keypad, readers: readers.bySensor, modules: readers.modules, palmFace: readers.palmFace,
    keys: makers.keys({
      touched: (key) => { if (key <= Key.None) onTouch(touches, key); },
      released: (key) => { onRelease(touches, key); },
      silent: (silent) => { onSilent(runtime(), Part.Keys, silent); },
    }),
    lights: makers.lamps(),
    voice: newSound(platform, makers, runtime),
    battery: makers.battery(() => bolt.busy(), {
      measured: (percent) => { post(runtime(), Event.Battery, percent); },
      usb: (on) => { post(runtime(), Event.Usb, on ? 1 : 0); },
    }),
    clock: makers.clock === null ? null : makers.clock(partEvents(runtime, Part.Clock)),
  };
}

/** A lock without a voice chip beeps, and each prompt is over as soon as it began. */
function newSound(platform: Platform, makers: PartMakers, runtime: Late): Voice {
  const events: SpeechEvents = { done: () => { onSaid(runtime()); }, silent: (silent) => { onSilent(runtime(), Part.Voice, silent); } };
  const speech = makers.speech === null ? newMute(platform, events) : makers.speech(events);
  return newVoice(makers.beeper(), speech, Prompt.Chime);
}

function partEvents(runtime: Late, part: Part): PartEvents {
  return { silent: (silent) => { onSilent(runtime(), part, silent); } };
}
