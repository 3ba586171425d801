/** The bench's own picture of the lock's surroundings: the board as far as this bench is its world. */
import { Board } from "../../hal/board";
import { Sight } from "../trace/recording";
import { contactNames, keyNames, ModuleName, Rig } from "./rig";

/** Numbers of no pin: the bench's keypad has a wire for each key, which the helper closes. */
const firstKeyPin = 200;
export const keyColumnPin = 299;

export function keyPin(key: number): number {
  return firstKeyPin + key;
}

export function keyAt(pin: number): number {
  return pin - firstKeyPin;
}

/** Which UART of the lock a module is at, -1 = none that comes out of the board. */
export function uartOf(board: Board, module: ModuleName): number {
  const part = board.parts[module];
  return part === undefined || part.uart === board.parts.bridge?.port ? -1 : part.uart;
}

/** Is the module emulated here? */
export function carries(board: Board, rig: Rig | null, module: ModuleName): boolean {
  return rig?.modules?.[module] !== undefined && uartOf(board, module) >= 0;
}

/**
 * The board with what the bench plays, and without what is real there: a world made from it emulates the
 * modules, the bolt and the hands of people; its pins are the lock's.
 */
export function mirrorBoard(board: Board, rig: Rig | null): Board {
  const { parts } = board;
  const { helper } = rig ?? {};
  const keys = keyNames.flatMap((name, key) => helper?.keys?.[name] === undefined ? [] : [key]);
  const { finger, palmFace, speech } = parts;
  const watched = (pin: number, wire: number | undefined): number => wire === undefined ? -1 : pin;
  return {
    ...board,
    parts: {
      contacts: parts.contacts,
      bolt: { ...parts.bolt, inputs: { kind: "plain", in1Pin: parts.bolt.inputs.in1Pin, in2Pin: parts.bolt.inputs.in2Pin }, sleepPin: -1, sensePin: -1 },
      keys: { driver: "matrix", rowPins: keys.map(keyPin), columnPins: [keyColumnPin], keys, scanMs: 10, settleScans: 2 },
      keyLights: parts.keyLights,
      lamps: parts.lamps,
      battery: { ...parts.battery, enablePin: -1 },
      beeper: parts.beeper,
      ...finger !== undefined && carries(board, rig, "finger") ? {
        finger: { ...finger, wakePin: watched(finger.wakePin, helper?.fingerWake), powerPin: watched(finger.powerPin, helper?.fingerPower) },
      } : {},
      ...palmFace !== undefined && carries(board, rig, "palmFace") ? {
        palmFace: { ...palmFace, nearPin: watched(palmFace.nearPin, helper?.palmNear), powerPin: watched(palmFace.powerPin, helper?.palmPower) },
      } : {},
      ...speech !== undefined && carries(board, rig, "speech") ? { speech } : {},
    },
  };
}

/** A wire from the helper to an input of the lock. */
export interface InputWire {
  helperPin: number;
  /** As the lock's pin is called in the mirror. */
  lockPin: number;
  /** contact: pulled low or released; push: both levels driven; key: closed at the lock's 0. */
  kind: "contact" | "push" | "key";
}

/** A wire from an output of the lock to the helper. */
export interface OutputWire {
  helperPin: number;
  lockPin: number;
  /** At this level nothing is driven or supplied. */
  rest: number;
  /** How long it is high counts: the motor's way is as long as its drive. */
  spaced: boolean;
}

export function inputWires(board: Board, { helper }: Rig): InputWire[] {
  if (helper === undefined) return [];
  const { parts } = board;
  const wires: InputWire[] = [];
  const add = (helperPin: number | undefined, lockPin: number | undefined, kind: InputWire["kind"]): void => {
    if (helperPin !== undefined && lockPin !== undefined && lockPin >= 0) wires.push({ helperPin, lockPin, kind });
  };
  for (const name of contactNames) add(helper.contacts?.[name], parts.contacts[name].pin, "contact");
  keyNames.forEach((name, key) => { if (name !== "") add(helper.keys?.[name], keyPin(key), "key"); });
  add(helper.usb, parts.battery.usbPin, "push");
  add(helper.fingerWake, parts.finger?.wakePin, "push");
  add(helper.palmNear, parts.palmFace?.nearPin, "push");
  return wires;
}

export function outputWires(board: Board, { helper }: Rig): OutputWire[] {
  const { bolt, finger, palmFace } = board.parts;
  const wires: [number | undefined, number | undefined, number, boolean][] = [
    [helper?.motor?.withdraw, bolt.inputs.in1Pin, 0, true],
    [helper?.motor?.throw, bolt.inputs.in2Pin, 0, true],
    [helper?.fingerPower, finger?.powerPin, 1 - (finger?.powerActiveLevel ?? 0), false],
    [helper?.palmPower, palmFace?.powerPin, 0, false],
  ];
  return wires.flatMap(([helperPin, lockPin, rest, spaced]) => helperPin === undefined || lockPin === undefined || lockPin < 0 ? [] : [{ helperPin, lockPin, rest, spaced }]);
}

/** What of the lock's wires passes through the bench. @param ports UARTs whose lines are open */
export function sightOf(board: Board, rig: Rig | null, ports: Iterable<number>): Sight {
  const wires = rig === null ? [] : [...inputWires(board, rig), ...outputWires(board, rig)];
  // The wires of keys are the bench's own.
  const pins = wires.map(({ lockPin }) => lockPin).filter((pin) => pin < firstKeyPin);
  return { pins: new Set(pins), ports: new Set(ports), supply: rig?.helper?.supply !== undefined, i2c: false };
}

/** What the divider gives at a battery's voltage, mV. */
export function dividedMv({ upperOhms, lowerOhms }: { upperOhms: number; lowerOhms: number }, batteryMv: number): number {
  return Math.min(3300, Math.max(0, Math.round(batteryMv * lowerOhms / (upperOhms + lowerOhms))));
}
