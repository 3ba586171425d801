/** What a part's options must be among themselves; the ranges of each alone are the schema's. */
import { Board, BoardParts } from "../../hal/board";
import { Key } from "../../hal/roles";
import { Findings, Note } from "./findings";
import { Soc } from "./soc";

/** By number, as in roles.ts. */
export const keyNames = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "cancel", "ok", "away", "bell", "low"];

/** Highest voltage of a pack, mV. */
const fullMv = { "lithium-2s": 8400, "lithium-2s-rested": 8400, "alkaline-4": 6500 };

/** What the ESP32's converter bears, and up to where it is straight, mV. */
const enum Adc { Most = 3100, Straight = 2450 }

export function checkParts(name: string, board: Board, soc: Soc): Findings {
  const parts = board.parts;
  const keys = checkKeys(parts.keys);
  const battery = checkBattery(parts.battery);
  return {
    mistakes: [
      ...(board.name === name ? [] : [`name: it says "${board.name}", and the file is ${name}.json.`]),
      ...checkFlash(board, soc), ...keys.mistakes, ...checkLights(parts), ...checkBolt(parts.bolt),
      ...checkFinger(parts.finger), ...battery.mistakes,
    ],
    notes: [...keys.notes, ...battery.notes],
  };
}

function checkFlash(board: Board, soc: Soc): string[] {
  const { pageSize, pages } = board.flash;
  const { pageSize: real, bytes } = soc.store;
  return [
    ...(pageSize === real ? [] : [`flash.pageSize: the flash is erased in pages of ${real}, not ${pageSize}.`]),
    ...(pageSize * pages <= bytes ? [] : [`flash.pages: ${pages} pages of ${pageSize} are more than the ${bytes} bytes that the store may have.`]),
  ];
}

/** Where each key is, by its number. */
export function placesOfKeys(keys: BoardParts["keys"]): { key: number; place: string }[] {
  if (keys.driver === "matrix") return keys.keys.map((key, i) => ({ key, place: `parts.keys.keys[${i}]` }));
  return keys.chips.flatMap((chip, c) => chip.keys.map((key, e) => ({ key, place: `parts.keys.chips[${c}].keys[${e}]` })));
}

function checkKeys(keys: BoardParts["keys"]): Findings {
  const places = placesOfKeys(keys);
  const field = keys.driver === "matrix" ? "parts.keys.keys" : "parts.keys.chips";
  const mistakes = places.filter((one) => one.key === Key.Low).map((one) => `${one.place}: 14 is the low-battery light, and no key.`);
  const notes: Note[] = [];
  for (let key: number = Key.Digit0; key <= Key.Bell; key++) {
    const there = places.filter((one) => one.key === key);
    if (there.length > 1) mistakes.push(`${field}: the key ${keyName(key)} is there ${there.length} times: ${there.map((one) => one.place).join(", ")}.`);
    if (there.length > 0) continue;
    // A keypad of 4 × 3 contacts has no room for these two; the lock can do without.
    if (keys.driver === "matrix" && key >= Key.Away) notes.push({ pin: -1, text: `the keypad has no key ${keyNames[key]}` });
    else mistakes.push(`${field}: the key ${keyName(key)} is nowhere.`);
  }
  return { mistakes: [...mistakes, ...checkTouch(keys)], notes };
}

function checkTouch(keys: BoardParts["keys"]): string[] {
  if (keys.driver === "matrix") {
    const contacts = keys.rowPins.length * keys.columnPins.length;
    if (keys.keys.length === contacts) return [];
    return [`parts.keys.keys: ${keys.rowPins.length} rows and ${keys.columnPins.length} columns are ${contacts} contacts, and ${keys.keys.length} have a key (15 is none).`];
  }
  if (keys.releaseThreshold < keys.touchThreshold) return [];
  return [`parts.keys.releaseThreshold: ${keys.releaseThreshold} must be less than touchThreshold, which is ${keys.touchThreshold}.`];
}

function keyName(key: number): string {
  return key <= Key.Digit9 ? `${key}` : `${keyNames[key]} (${key})`;
}

/** Every key that there is has a light, and so has the battery. */
function checkLights({ keys, keyLights: lights }: BoardParts): string[] {
  const there = [...placesOfKeys(keys).map((one) => one.key), Key.Low];
  const [field, outputs] = lights.driver === "aw9523b" ? ["pins", lights.pins] : ["outputs", lights.outputs];
  const dark = outputs.flatMap((output, key) => output < 0 && there.includes(key) ? [`parts.keyLights.${field}[${key}]: the key ${keyName(key)} has no light.`] : []);
  const shared = outputs.flatMap((output, key) => {
    const first = outputs.indexOf(output);
    return output < 0 || first === key ? [] : [`parts.keyLights.${field}: output ${output} is the light of ${keyName(first)} and of ${keyName(key)}.`];
  });
  return [...dark, ...shared];
}

function checkBolt(bolt: BoardParts["bolt"]): string[] {
  return [
    ...(bolt.mode === "clutch" && bolt.pulseMs === 0 ? ["parts.bolt.pulseMs: 0 moves no clutch; 300 is a start."] : []),
    ...(bolt.sensePin >= 0 && bolt.stallMv === 0 ? ["parts.bolt.stallMv: 0 would take every run for a motor that stands."] : []),
  ];
}

function checkFinger(finger: BoardParts["finger"]): string[] {
  if (finger === undefined || finger.powerPin < 0 || finger.wakePin >= 0) return [];
  return ["parts.finger.powerPin: the supply can only be switched with a wake pin (wakePin), or no finger would ever switch it on."];
}

function checkBattery(battery: BoardParts["battery"]): Findings {
  const full = fullMv[battery.cells];
  const mv = Math.round(full * battery.lowerOhms / (battery.upperOhms + battery.lowerOhms));
  const at = `a full pack of ${full} mV is ${mv} mV at the pin`;
  if (mv > Adc.Most) return { mistakes: [`parts.battery.upperOhms: ${at}, and the chip bears ${Adc.Most}; take more above or less below.`], notes: [] };
  return { mistakes: [], notes: mv > Adc.Straight ? [{ pin: battery.adcPin, text: `${at}, and the converter is straight up to ${Adc.Straight}` }] : [] };
}
