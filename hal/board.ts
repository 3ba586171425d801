import { Aw9523bPart } from "./drivers/aw9523b/part";
import { DividerPart } from "./drivers/battery/part";
import { ContactsPart } from "./drivers/contacts/part";
import { DfPlayerPart } from "./drivers/dfplayer/part";
import { Drv8833Part } from "./drivers/drv8833/part";
import { Ds3231Part } from "./drivers/ds3231/part";
import { EfAaPart } from "./drivers/efaa/part";
import { Hc595Part } from "./drivers/hc595/part";
import { LampsPart } from "./drivers/lamps/part";
import { MatrixPart } from "./drivers/matrix/part";
import { Mpr121Part } from "./drivers/mpr121/part";
import { PiezoPart } from "./drivers/piezo/part";
import { R503Part } from "./drivers/r503/part";
import { Sc16is750Part } from "./drivers/sc16is750/part";
import { UartPort, Wiring } from "./wires";

/**
 * What a board file (`board-configs/<name>.json`) says: which part is where, and what this board
 * does differently. `npm run board -- check` holds it against the chip.
 */
export interface Board extends Wiring {
  /** The file's name without `.json`. */
  name: string;
  title: string;
  /** What the image runs on; `sim` is the simulated lock. */
  platform: "espruino" | "nodemcu" | "sim";
  /** The chip: a file of board-configs/soc. `sim` is an ESP32 with every pin free. */
  soc: "esp32" | "sim";
  console: {
    /** A development image starts with its console open, a release image closed. */
    start: "open" | "closed";
    uart: UartPort;
  };
  /** Overrides of the figures marked *board* in the specification, by their name in limits.ts. */
  limits: BoardFigures;
  parts: BoardParts;
}

/** Milliseconds. */
export interface BoardFigures {
  /** O5: the longest run of the motor. @minimum 100 @maximum 20000 */
  motorTimeoutMs?: number;
  /** The same on 5 V from the inlet. @minimum 100 @maximum 20000 */
  motorTimeoutUsbMs?: number;
  /** P1. @minimum 500 @maximum 20000 */
  setHoldMs?: number;
  /** Q1. @minimum 500 @maximum 20000 */
  muteHoldMs?: number;
}

/** Role → driver, pins, options. `driver` is a folder of hal/drivers. What a board has not got is left out. */
export interface BoardParts {
  contacts: ContactsPart;
  bolt: Drv8833Part;
  keys: Mpr121Part | MatrixPart;
  keyLights: Aw9523bPart | Hc595Part;
  lamps: LampsPart;
  battery: DividerPart;
  beeper: PiezoPart;
  speech?: DfPlayerPart;
  finger?: R503Part;
  palmFace?: EfAaPart;
  clock?: Ds3231Part;
  /** One more UART, on an I2C bus. */
  bridge?: Sc16is750Part;
}
