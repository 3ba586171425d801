import { Battery, Bolt, CalendarClock, KeyLamps, Keypad, Keys, Lights, Pairing, PalmFaceModule, Reader, Voice } from "../../hal/roles";
import { Platform, Timer } from "../../hal/ports";
import { Ask, Event, Journal, Method, Part, Reply } from "../core/events";
import { isLit } from "../core/lit";
import { step } from "../core/lock";
import { Out, newOut, note } from "../core/outputs";
import { Prompt } from "../core/prompts";
import { Lock, MotorPhase, Phase } from "../core/state";
import { Trace } from "../console/trace";
import { Store, Tidied, storeTidy } from "../store/store";
import { apply, sayPrompt } from "./apply";
import { Clock, newClock, readClock } from "./clock";
import { Queue, dequeue, enqueue, newQueue } from "./queue";
import { settle, stir } from "./random";
import { Timers, armTimers, fireOne, newTimers } from "./timers";
import { Vault, answer, answerEvent } from "./vault";

/** The parts as the lock knows them. */
export interface Roles {
  keys: Keys;
  keyLamps: KeyLamps;
  keypad: Keypad;
  lights: Lights;
  voice: Voice;
  battery: Battery;
  bolt: Bolt;
  /** By Sensor. */
  readers: Reader[];
  /** By Part; null where the board has none. */
  modules: (Pairing | null)[];
  palmFace: PalmFaceModule | null;
  /** null: the chip's own clock, which is not set after a start. */
  clock: CalendarClock | null;
}

/** The impure half: facts queue here, are put to the core one by one, and what it wishes is done. */
export interface Runtime {
  readonly platform: Platform;
  readonly lock: Lock;
  readonly out: Out;
  readonly queue: Queue;
  readonly clock: Clock;
  readonly timers: Timers;
  /** Runs while the store has work for idle times. */
  readonly tidying: Timer;
  readonly trace: Trace;
  readonly vault: Vault;
  readonly store: Store;
  readonly roles: Roles;
  /** Parts that do not answer (A3): one bit a part, bit number = Part. */
  silent: number;
  /** By Part: how often it fell silent since boot. */
  readonly faults: number[];
  /** Serial number, firmware version, verification code, as they are spoken (M7). */
  readonly identity: readonly number[];
  /** Said when the prompt under way has ended. */
  nextPrompt: Prompt;
  /** No key is lit. */
  dark: boolean;
  running: boolean;
  /** The store is not to be touched: no fact is dealt with. */
  halted: boolean;
  onReply(reply: Reply, number: number): void;
}

export function newRuntime(platform: Platform, lock: Lock, trace: Trace, vault: Vault, store: Store, roles: Roles, identity: readonly number[]): Runtime {
  const r: Runtime = {
    platform, lock, out: newOut(), queue: newQueue(), clock: newClock(platform),
    timers: newTimers(platform, () => {
      r.timers.next = -1;
      run(r);
    }),
    tidying: platform.timer(() => { run(r); }),
    trace, vault, store, roles, silent: 0, faults: [], identity, nextPrompt: Prompt.None, dark: true, running: false, halted: false,
    onReply: () => { /* nobody asked yet */ },
  };
  for (let part = 0; part < Part.Count; part++) r.faults.push(0);
  platform.afterCallbacks(() => {
    if (r.queue.items.length > 0) run(r);
  });
  return r;
}

/** A fact has come; it is dealt with when the callback that told it has returned. */
export function post(r: Runtime, event: Event, arg: number): void {
  if (r.halted) return;
  stir(r.store.generator, event);
  enqueue(r.queue, event, arg);
}

/** Lets the core know the time, where it is asked for without a fact. */
export function readTime(r: Runtime): void {
  readClock(r.clock, r.platform, r.lock);
}

/** Deals with everything that waits, then with every timer that is due. */
export function run(r: Runtime): void {
  if (r.running) return;
  r.running = true;
  settle(r.store.generator, r.vault.index === "");
  readTime(r);
  do {
    while (r.queue.items.length > 0) {
      const event = dequeue(r.queue);
      deal(r, event, dequeue(r.queue));
    }
  } while (fireOne(r.timers, r.clock.nowMs, (event, arg) => { enqueue(r.queue, event, arg); }));
  armTimers(r.timers, r.clock.nowMs);
  tidy(r);
  r.running = false;
}

/** Between two pieces of work, so that somebody who comes is not kept waiting by both. */
const TIDY_MS = 250;

/** Flash that takes long to erase is erased while nobody is at the lock: the keypad is dark, and the motor rests. */
function tidy(r: Runtime): void {
  if (r.lock.phase !== Phase.Asleep || r.lock.motor !== MotorPhase.Resting) return;
  const tidied = storeTidy(r.store);
  if (tidied !== Tidied.Nothing) r.tidying.start(TIDY_MS);
  if (tidied !== Tidied.Broken) return;
  note(r.out, Journal.JournalBroken, 0, Method.None);
  apply(r, r.out);
}

/** One fact. The core's own question is answered before anything else happens. */
function deal(r: Runtime, event: Event, arg: number): void {
  step(r.lock, r.out, event, arg);
  apply(r, r.out);
  while (r.out.ask !== Ask.None) {
    const ask = r.out.ask;
    r.out.ask = Ask.None;
    step(r.lock, r.out, answerEvent(ask), answer(r.vault, ask));
    apply(r, r.out);
  }
}

/** The voice has ended a prompt: the next one, or the core is told. */
export function onSaid(r: Runtime): void {
  if (r.nextPrompt === Prompt.None) {
    post(r, Event.Said, 0);
    return;
  }
  const prompt = r.nextPrompt;
  r.nextPrompt = Prompt.None;
  readTime(r);
  sayPrompt(r, prompt);
}

/** A3: a part does not answer (true), or answers again. Two roles of one part say it once. */
export function onSilent(r: Runtime, part: Part, silent: boolean): void {
  if (isLit(r.silent, part) === silent) return;
  r.silent = r.silent + (silent ? 1 << part : -(1 << part));
  if (silent) r.faults[part] = r.faults[part] + 1;
  post(r, Event.Silent, part * 2 + (silent ? 1 : 0));
}
