import { MatrixEmulator } from "../../../../drivers/matrix/emulator";
import { MatrixPart } from "../../../../drivers/matrix/part";
import { Mpr121Emulator } from "../../../../drivers/mpr121/emulator";
import { Mpr121Part } from "../../../../drivers/mpr121/part";
import { Key } from "../../../../roles";
import { Wires } from "../wires";
import { Module } from "./module";

/** The places that can be touched. */
export interface Keys {
  /** Is there a place for this key? Key.None is one that is no key. */
  has(key: Key): boolean;
  touch(key: Key): void;
  release(key: Key): void;
  /** From the supply until touches are felt. */
  readonly startMs: number;
  /** null: plain contacts, which are neither silent nor exchanged. */
  readonly module: Module | null;
}

/** Reset, configuration and first baseline, and some. */
const electrodesStartMs = 200;
const contactsStartMs = 20;

export function newKeys(wires: Wires, part: Mpr121Part | MatrixPart): Keys {
  return part.driver === "mpr121" ? newElectrodes(wires, part) : newContacts(wires, part);
}

function newElectrodes(wires: Wires, part: Mpr121Part): Keys {
  const chips = part.chips.map(({ address }) => {
    const chip = new Mpr121Emulator(wires.scheduler);
    wires.i2c(part.bus, address, chip);
    return chip;
  });
  // Open drain: any chip pulls the line.
  const pull = (): void => wires.input(part.irqPin, chips.every((chip) => chip.irqLevel === 1) ? 1 : 0);
  const turn = (on: boolean): void => { for (const chip of chips) chip.power(on); };
  for (const chip of chips) chip.onIrq = pull;
  pull();
  turn(false);
  wires.onPower(turn);
  const each = (key: Key, act: (chip: Mpr121Emulator, electrode: number) => void): void => {
    const at = part.chips.findIndex(({ keys }) => keys.includes(key));
    if (at >= 0) act(chips[at], part.chips[at].keys.indexOf(key));
  };
  return {
    has: (key) => part.chips.some(({ keys }) => keys.includes(key)),
    touch: (key) => each(key, (chip, electrode) => chip.touch(electrode)),
    release: (key) => each(key, (chip, electrode) => chip.release(electrode)),
    startMs: electrodesStartMs,
    module: {
      silence: (silent) => { for (const chip of chips) chip.silent = silent; },
      // Others know nothing of what these were told.
      swap: () => turn(wires.powered),
    },
  };
}

function newContacts(wires: Wires, part: MatrixPart): Keys {
  const columns = part.columnPins.length;
  const contacts = new MatrixEmulator(wires.scheduler, part.rowPins.length, columns);
  contacts.onRow = (row, level) => wires.input(part.rowPins[row], level);
  for (const pin of part.rowPins) wires.input(pin, 1);
  for (const [column, pin] of part.columnPins.entries()) wires.onOutput(pin, (level) => contacts.drive(column, level));
  const each = (key: Key, act: (row: number, column: number) => void): void => {
    const at = part.keys.indexOf(key);
    if (at >= 0) act(Math.floor(at / columns), at % columns);
  };
  return {
    has: (key) => part.keys.includes(key),
    touch: (key) => each(key, (row, column) => contacts.press(row, column)),
    release: (key) => each(key, (row, column) => contacts.release(row, column)),
    startMs: contactsStartMs,
    module: null,
  };
}
