/** The names of a board's wires, by their roles. */
import { Board } from "../../hal/board";

export interface Signals {
  /** By pin. */
  pins: ReadonlyMap<number, string>;
  /** By UART, the bridge's too: whose line it is, and its speed. */
  uarts: ReadonlyMap<number, { name: string; baud: number }>;
  /** By bus and address: `0 90` → `keys`. */
  i2c: ReadonlyMap<string, string>;
  /** Names of the pins that are low while what they are named for is so. */
  activeLow: ReadonlySet<string>;
}

const baud = { console: 115200, finger: 57600, palm_face: 115200, speech: 9600 };
const clockAddress = 0x68;

export function signalsOf(board: Board): Signals {
  const { parts } = board;
  const uarts = new Map<number, { name: string; baud: number }>();
  const lines = { console: board.console.uart, finger: parts.finger?.uart, palm_face: parts.palmFace?.uart, speech: parts.speech?.uart };
  for (const [name, port] of Object.entries(lines)) if (port !== undefined) uarts.set(port, { name, baud: baud[name as keyof typeof baud] });
  const i2c = new Map<string, string>();
  if (parts.keys.driver === "mpr121") for (const [i, chip] of parts.keys.chips.entries()) i2c.set(`${parts.keys.bus} ${chip.address}`, `keys_${i + 1}`);
  if (parts.keyLights.driver === "aw9523b") i2c.set(`${parts.keyLights.bus} ${parts.keyLights.address}`, "key_lights");
  if (parts.bridge !== undefined) i2c.set(`${parts.bridge.bus} ${parts.bridge.address}`, "bridge");
  if (parts.clock !== undefined) i2c.set(`${parts.clock.bus} ${clockAddress}`, "clock");
  return { ...pinsOf(board), uarts, i2c };
}

function pinsOf(board: Board): Pick<Signals, "pins" | "activeLow"> {
  const { contacts, bolt, keys, keyLights, lamps, battery, beeper, speech, bridge, finger, palmFace } = board.parts;
  const pins = new Map<number, string>();
  const activeLow = new Set<string>();
  const add = (name: string, pin: number | undefined, active = 1): void => {
    if (pin === undefined || pin < 0) return;
    pins.set(pin, name);
    if (active === 0) activeLow.add(name);
  };
  for (const name of ["handle", "boltWithdrawn", "boltThrown", "doorOpen", "tamper", "set", "lockButton"] as const) add(snake(name), contacts[name].pin, contacts[name].active);
  add("motor_withdraw", bolt.inputs.in1Pin);
  add("motor_throw", bolt.inputs.in2Pin);
  add("motor_awake", bolt.sleepPin);
  if (keys.driver === "mpr121") add("keys_irq", keys.irqPin, 0);
  else {
    keys.rowPins.forEach((pin, row) => add(`keys_row_${row}`, pin, 0));
    keys.columnPins.forEach((pin, column) => add(`keys_column_${column}`, pin, 0));
  }
  if (keyLights.driver === "hc595") {
    add("key_lights_data", keyLights.dataPin);
    add("key_lights_clock", keyLights.clockPin);
    add("key_lights_latch", keyLights.latchPin);
    add("key_lights_enable", keyLights.enablePin, 0);
  }
  add("light_guide", lamps.guidePin, lamps.activeLevel);
  add("light_ir", lamps.irPin, lamps.activeLevel);
  add("light_rear", lamps.rearPin, lamps.activeLevel);
  add("battery_enable", battery.enablePin, battery.enableLevel);
  add("usb_power", battery.usbPin, battery.usbLevel);
  add("beeper", beeper.pin);
  add("speech_busy", speech?.busyPin, 0);
  add("bridge_irq", bridge?.irqPin, 0);
  add("finger_wake", finger?.wakePin, finger?.wakeActiveLevel);
  add("finger_power", finger?.powerPin, finger?.powerActiveLevel);
  add("palm_near", palmFace?.nearPin, palmFace?.nearLevel);
  add("palm_power", palmFace?.powerPin);
  return { pins, activeLow };
}

/** `boltThrown` → `bolt_thrown` */
function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
