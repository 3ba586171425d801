/** A lock that is nothing but the drivers of its board: it records what they tell. */
import { Board } from "../../../../board";
import { makersOf } from "../../../../drivers/all";
import { factText } from "../../../../drivers/test/reader-facts";
import { Beeper, Speech } from "../../../../drivers/voice/halves";
import { Platform } from "../../../../ports";
import {
  Battery, Bolt, BoltPosition, CalendarClock, Contacts, FingerModule, KeyLamps, Lights, PairingEvents, PalmFaceModule, PartEvents, ReaderEvents, Switch,
} from "../../../../roles";
import simulated from "../../../../../board-configs/sim.json";
import { newPlatform } from "../..";
import { Engine } from "../../chip";
import { newWorld, Session, World } from "..";

export interface Drivers {
  contacts: Contacts;
  bolt: Bolt;
  keyLights: KeyLamps;
  lamps: Lights;
  battery: Battery;
  beeper: Beeper;
  speech: Speech | undefined;
  finger: FingerModule | undefined;
  palmFace: PalmFaceModule | undefined;
  clock: CalendarClock | undefined;
}

export interface DrivenLock {
  engine: Engine;
  /** Everything the drivers told, as `<chip ms> <what>`. */
  readonly heard: string[];
  /** Those of the image that runs. */
  drivers(): Drivers;
}

/** What a lock stores of its modules, and gives the drivers at every start. */
interface Stored { finger: string; palmFace: string; templates: number }

export function newDrivenLock(board: Board): DrivenLock {
  const heard: string[] = [];
  const stored: Stored = { finger: "", palmFace: "", templates: 0 };
  let running: Drivers | null = null;
  const engine: Engine = (chip) => {
    const { platform, heard: events } = newPlatform(chip, board);
    const console = platform.uart(board.console.uart, 115200, () => console.write("ok\r\n"));
    running = startDrivers(platform, board, stored, (what) => { heard.push(`${chip.now()} ${what}`); });
    console.write(`@0 boot cause=${chip.bootCause()} version=0\r\n`);
    return { ...events, memory: () => -1, end: () => undefined };
  };
  return {
    engine, heard,
    drivers: () => {
      if (running === null) throw new Error("the lock was never started");
      return running;
    },
  };
}

export const simBoard = simulated as Board;

/** From the supply until all parts are in service and the modules paired. */
const startMs = 5000;

export interface Started {
  world: World;
  lock: DrivenLock;
  /** A bench word, and time until it is answered. @returns the answer */
  say(line: string): string[];
  /** What the drivers told since the last time, its times counted from the start. */
  heard(): string[];
  /** The same without its times. */
  told(): string[];
}

/** A world with a lock whose parts are all in service. */
export function startDriven(board: Board = simBoard): Started {
  const lock = newDrivenLock(board);
  const world = newWorld({ board, engine: lock.engine, seed: "test" });
  const session = new Session(world);
  world.powerOn();
  world.advance(startMs);
  lock.heard.length = 0;
  const heard = (): string[] => lock.heard.splice(0).map((line) => line.replace(/^\d+/, (ms) => String(Number(ms) - startMs)));
  return { world, lock, say: (line) => session.perform(line), heard, told: () => heard().map((line) => line.replace(/^-?\d+ /, "")) };
}

type Hear = (what: string) => void;

const contactNames: { [at: number]: string } = {
  [Switch.Handle]: "handle", [Switch.BoltWithdrawn]: "withdrawn", [Switch.BoltThrown]: "thrown", [Switch.Door]: "door",
  [Switch.Tamper]: "tamper", [Switch.Set]: "set", [Switch.LockButton]: "lock",
};

function startDrivers(platform: Platform, board: Board, stored: Stored, hear: Hear): Drivers {
  const make = makersOf(platform, board);
  const contacts = make.contacts({ changed: (at, level) => hear(`${contactNames[at]} ${level}`) });
  const bolt = make.bolt({ position: () => positionOf(contacts), onInlet: () => false, limitMs: 3000, limitUsbMs: 5000, runs: 3 }, {
    ended: () => hear("motor ended"),
  });
  make.keys({ touched: (key) => hear(`touch ${key}`), released: (key) => hear(`release ${key}`), ...part("keys", hear) });
  const finger = make.finger?.({ ...reader("finger", hear), ...pairing("finger", hear, stored) });
  finger?.trust(stored.finger);
  const palmFace = make.palmFace?.({ face: reader("face", hear), palm: reader("palm", hear), ...pairing("palmFace", hear, stored) });
  palmFace?.expect(stored.templates);
  palmFace?.trust(stored.palmFace);
  return {
    contacts, bolt, finger, palmFace, lamps: make.lamps(), beeper: make.beeper(), keyLights: make.keyLights(part("lights", hear)),
    battery: make.battery(() => bolt.busy(), { measured: (percent) => hear(`battery ${percent}`), usb: (on) => hear(`usb ${on ? 1 : 0}`) }),
    speech: make.speech?.({ done: () => hear("said"), ...part("speech", hear) }),
    clock: make.clock?.(part("clock", hear)),
  };
}

function positionOf(contacts: Contacts): BoltPosition {
  if (contacts.level(Switch.BoltWithdrawn) === 1) return BoltPosition.Withdrawn;
  return contacts.level(Switch.BoltThrown) === 1 ? BoltPosition.Thrown : BoltPosition.Between;
}

function part(name: string, hear: Hear): PartEvents {
  return { silent: (silent) => hear(`${name} silent ${silent ? 1 : 0}`) };
}

function reader(name: string, hear: Hear): ReaderEvents {
  return { ...part(name, hear), told: (fact, value) => hear(`${name} ${factText(fact, value)}`) };
}

function pairing(name: "finger" | "palmFace", hear: Hear, stored: Stored): PairingEvents {
  return {
    identified: (identity) => {
      stored[name] = identity;
      hear(`${name} paired`);
    },
    swapped: (swapped) => hear(`${name} swapped ${swapped ? 1 : 0}`),
    unasked: () => hear(`${name} unasked`),
  };
}
