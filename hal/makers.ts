import { BoardFigures } from "./board";
import { Beeper, Speech } from "./drivers/voice/halves";
import {
  Battery, BatteryEvents, Bolt, BoltParts, CalendarClock, ContactEvents, Contacts, FingerEvents, FingerModule, KeyLamps, Keys, KeysEvents,
  Lights, MotorEvents, PalmFaceEvents, PalmFaceModule, PartEvents, SpeechEvents,
} from "./roles";

/** What the lock is told of its board, besides its parts. */
export interface LockBoard {
  /** A development image starts with its console open, a release image closed. */
  open: boolean;
  consoleUart: number;
  limits: BoardFigures;
  /** The driver of each part, by Part; "" for what the board has not got. A function, so that it stays in flash until it is asked for. */
  drivers(): string[];
  /** What the console's `board` prints. */
  lines(): string[];
}

/** Makes the parts of one board on its platform, each once. What a board has not got is null. */
export interface PartMakers {
  contacts(events: ContactEvents): Contacts;
  bolt(lock: BoltParts, events: MotorEvents): Bolt;
  keys(events: KeysEvents): Keys;
  keyLights(events: PartEvents): KeyLamps;
  lamps(): Lights;
  battery(busy: () => boolean, events: BatteryEvents): Battery;
  beeper(): Beeper;
  speech: ((events: SpeechEvents) => Speech) | null;
  finger: ((events: FingerEvents) => FingerModule) | null;
  palmFace: ((events: PalmFaceEvents) => PalmFaceModule) | null;
  clock: ((events: PartEvents) => CalendarClock) | null;
}
