import { readFileSync } from "node:fs";
import { join } from "node:path";
import { boardNames, readBoard, root } from "../build/sources";
import { checkBoard } from "./check";
import { checkPins } from "./pins";
import { boardSchema } from "./schema";
import { readSoc } from "./soc";
import { usesOf } from "./uses";

const schema = boardSchema();
const full = "esp32-devkitc-espruino";
const cheap = "esp32-cheap-espruino";

function content(name: string): unknown {
  return JSON.parse(readFileSync(join(root, "board-configs", `${name}.json`), "utf8"));
}

/** Sets, or with undefined takes away, what stands at a place such as "parts.keys.chips.0.address". */
function change(board: unknown, place: string, value: unknown): void {
  const words = place.split(".");
  const last = words.pop() ?? "";
  const group = words.reduce((object, word) => (object as { [word: string]: unknown })[word], board) as { [word: string]: unknown };
  if (value === undefined) delete group[last];
  else group[last] = value;
}

type Changes = [place: string, value: unknown][];

function mistakesOf(name: string, changes: Changes): string[] {
  const board = content(name);
  for (const [place, value] of changes) change(board, place, value);
  return checkBoard(name, board, schema).mistakes;
}

test.each(boardNames())("%s passes", (name) => {
  expect(checkBoard(name, content(name), schema).mistakes).toEqual([]);
});

test("the boards of one wiring differ in their platform only", () => {
  const differences = { name: "esp32-devkitc-nodemcu", title: "Full lock on an ESP32-DevKitC, NodeMCU", platform: "nodemcu" };
  expect(content("esp32-devkitc-nodemcu")).toEqual({ ...content(full) as object, ...differences });
});

const shapes: [what: string, board: string, changes: Changes, sentence: string][] = [
  ["an unknown option", full, [["parts.lamps.colour", 1]],
    'parts.lamps: there is no option "colour"; options are: driver, guidePin, irPin, rearPin, activeLevel.'],
  ["an unknown role", full, [["parts.camera", {}]],
    'parts: there is no role "camera"; roles are: contacts, bolt, keys'],
  ["an unknown field", full, [["colour", 1]], 'there is no option "colour"; options are: '],
  ["a missing option", full, [["parts.finger.wakePin", undefined]],
    'parts.finger: the option "wakePin" is missing (Input that tells a finger, -1 if there is none).'],
  ["a missing role", full, [["parts.bolt", undefined]], 'parts: the role "bolt" is missing.'],
  ["a missing field", full, [["soc", undefined]], 'the option "soc" is missing (The chip: a file of board-configs/soc).'],
  ["a number out of range", full, [["parts.finger.placements", 9]],
    "parts.finger.placements: 9 is not allowed here; it must be a whole number from 2 to 6."],
  ["no whole number", full, [["parts.contacts.settleMs", 2.5]],
    "parts.contacts.settleMs: 2.5 is not allowed here; it must be a whole number from 1 to 200."],
  ["a pin that is no number", full, [["parts.finger.wakePin", "D34"]],
    'parts.finger.wakePin: "D34" is not allowed here; it must be a whole number or -1.'],
  ["an unknown word", full, [["parts.finger.ring", "rgb"]],
    'parts.finger.ring: "rgb" is not allowed here; it must be one of: aura, bln, none.'],
  ["a password that is none", full, [["parts.finger.password", "secret"]],
    'parts.finger.password: "secret" is not allowed here; it must be a text: Four bytes as hex digits; the factory\'s is 00000000.'],
  ["a chip that nobody knows", full, [["soc", "esp8266"]], 'soc: "esp8266" is not allowed here; it must be one of: esp32, sim.'],
  ["a driver of a role with one", full, [["parts.bolt", { driver: "drv8838", phasePin: 4 }]],
    'parts.bolt.driver: there is no driver "drv8838" for it; there is drv8833.'],
  ["a driver of a role with two", full, [["parts.keys", { driver: "ttp229", bus: 0 }]],
    'parts.keys.driver: there is no driver "ttp229" for it; there are: mpr121, matrix.'],
  ["no driver", full, [["parts.keys.driver", undefined]], 'parts.keys: the option "driver" is missing; it is one of: mpr121, matrix.'],
  ["an option of the other driver", full, [["parts.keys.rowPins", [32]]],
    'parts.keys: there is no option "rowPins"; options are: chips, irqPin, touchThreshold, releaseThreshold, samplePeriod, driver, bus.'],
  ["an unknown kind", full, [["parts.bolt.inputs.kind", "servo"]],
    'parts.bolt.inputs.kind: "servo" is not allowed here; it must be one of: plain, pwm.'],
  ["a role that is no group", full, [["parts.lamps", 5]], "parts.lamps: 5 is not allowed here; it must be a group of options in braces"],
  ["a list that is too short", full, [["parts.keyLights.pins", [0, 1]]],
    "parts.keyLights.pins: [0,1] is not allowed here; it must be a list of 15."],
  ["no UART at all", full, [["uarts", []]], "uarts: [] is not allowed here; it must be a list of 1 to 3."],
  ["a key that there is not", full, [["parts.keys.chips.0.keys.3", 16]],
    "parts.keys.chips[0].keys[3]: 16 is not allowed here; it must be a whole number from 0 to 15."],
  ["a brightness of 0", full, [["parts.keyLights.brightness.2", 0]],
    "parts.keyLights.brightness[2]: 0 is not allowed here; it must be a whole number from 1 to 255."],
  ["an address that the part cannot have", full, [["parts.keys.chips.1.address", 94]],
    "parts.keys.chips[1].address: 94 is not allowed here; it must be a whole number from 90 to 93."],
  ["an address that no part can have", full, [["parts.keys.chips.1.address", 200]],
    "parts.keys.chips[1].address: 200 is not allowed here; it must be a whole number from 90 to 93."],
  ["an I2C bus that the chip has not", full, [["parts.clock.bus", 2]], "parts.clock.bus: 2 is not allowed here; it must be one of: 0, 1."],
];

test.each(shapes)("%s is refused", (_what, board, changes, sentence) => {
  const mistakes = mistakesOf(board, changes);
  expect(mistakes).toHaveLength(1);
  expect(mistakes[0].startsWith(sentence) || mistakes[0]).toBe(true);
});

test("a file that holds no board at all is refused", () => {
  expect(checkBoard(full, [], schema).mistakes).toEqual([expect.stringMatching(/^\[\] is not allowed here/)]);
});

test("all mistakes are told at once", () => {
  expect(mistakesOf(full, [["parts.finger.ring", "rgb"], ["parts.lamps.rearPin", undefined], ["soc", 5]])).toHaveLength(3);
  expect(mistakesOf(full, [["parts.finger.wakePin", 6], ["parts.clock.bus", 1], ["name", "x"]])).toHaveLength(3);
});

const wiring: [what: string, board: string, changes: Changes, sentences: string[]][] = [
  ["a pin used twice", full, [["parts.contacts.set.pin", 23]],
    ["GPIO 23 is used twice: by parts.contacts.set.pin and parts.keys.irqPin."]],
  ["a pin used three times", full, [["parts.contacts.set.pin", 23], ["uarts.1.rx", 23]],
    ["GPIO 23 is used 3 times: by uarts[1].rx, parts.contacts.set.pin and parts.keys.irqPin."]],
  ["a pin beyond the last", full, [["parts.keys.irqPin", 40]], ["parts.keys.irqPin: there is no GPIO 40; pins are 0 to 39."]],
  ["-1 where a wire is needed", full, [["parts.keys.irqPin", -1]], ["parts.keys.irqPin: there is no GPIO -1; pins are 0 to 39."]],
  ["a pin that the chip has not", full, [["parts.keys.irqPin", 24]], ["parts.keys.irqPin: GPIO 24 cannot be used: the ESP32 has no such pin."]],
  ["a pin that is not led out", full, [["parts.battery.adcPin", 37]],
    ["parts.battery.adcPin: GPIO 37 cannot be used: no WROOM or WROVER module leads it out."]],
  ["a pin of the flash", full, [["parts.contacts.handle.pin", 9]],
    ["parts.contacts.handle.pin: GPIO 9 cannot be used: the module's flash is on it."]],
  ["an input that is to be driven", full, [["parts.lamps.rearPin", 34], ["parts.finger.wakePin", 15]],
    ["parts.lamps.rearPin: GPIO 34 cannot be driven: an input only."]],
  ["a bus on an input", full, [["i2c.0.sda", 34], ["parts.finger.wakePin", 21]], ["i2c[0].sda: GPIO 34 cannot be driven: an input only."]],
  ["a voltage without ADC1", full, [["parts.battery.adcPin", 25], ["parts.contacts.boltThrown.pin", 35]],
    ["parts.battery.adcPin: GPIO 25 cannot be measured: only ADC1 measures, on 32 to 39: ADC2 belongs to the radio, and Espruino has none of it."]],
  ["a beeper on the voltage converter", full, [["parts.beeper.pin", 26], ["parts.contacts.doorOpen.pin", 2]],
    ["parts.beeper.pin: GPIO 26 cannot be this: Espruino's analogWrite makes a voltage there in place of PWM: no PWM and no motor on it."]],
  ["a motor on it", full, [["parts.bolt.inputs.in1Pin", 25], ["parts.contacts.boltThrown.pin", 18]],
    ["parts.bolt.inputs.in1Pin: GPIO 25 cannot be this: Espruino's analogWrite makes a voltage there in place of PWM: no PWM and no motor on it."]],
  ["an input that cannot be watched", full, [["parts.contacts.set.pin", 12], ["parts.palmFace.powerPin", 14]], [
    "parts.contacts.set.pin: GPIO 12 wakes nobody: Espruino's setWatch cannot watch 6 to 12.",
    "parts.contacts.set.pin: GPIO 12 must be low while the chip starts, and what is on this wire may hold it high: high sets the flash's supply to 1.8 V, and the chip does not start.",
  ]],
  ["a button that holds the chip in its loader", full, [["parts.contacts.set.pin", 0], ["parts.finger.powerPin", 14]], [
    "parts.contacts.set.pin: GPIO 0 must be high while the chip starts, and what is on this wire may hold it low: low starts the loader in the chip's ROM, which waits for an image instead of running the lock.",
  ]],
  ["a supply switch that pulls the flash's strap", full, [["parts.finger.powerPin", 12], ["parts.palmFace.powerPin", -1]], [
    "parts.finger.powerPin: GPIO 12 must be low while the chip starts, and this wire is high: high sets the flash's supply to 1.8 V, and the chip does not start.",
  ]],
  ["a supply switch that pulls the loader's strap", full, [["parts.finger.powerActiveLevel", 1]], [
    "parts.finger.powerPin: GPIO 0 must be high while the chip starts, and this wire is low: low starts the loader in the chip's ROM, which waits for an image instead of running the lock.",
  ]],
  ["a motor on a strapping pin", full, [["parts.bolt.inputs.in1Pin", 2], ["parts.beeper.pin", 18]],
    ["parts.bolt.inputs.in1Pin: GPIO 2 is a strapping pin, which no motor may hang on."]],
  ["a motor on a pin that moves at the start", full, [["parts.bolt.inputs.in2Pin", 14], ["parts.contacts.set.pin", 19]],
    ["parts.bolt.inputs.in2Pin: GPIO 14 must be quiet while the chip starts, and is not: pulled up or pulsing while the chip starts."]],
  ["a console that is not on the USB adapter", full, [["uarts.0.tx", 3], ["uarts.0.rx", 1]],
    ["uarts[0]: it is on GPIO 3 and 1, but the USB adapter is on 1 (tx) and 3 (rx)."]],
  ["a UART used twice", full, [["parts.speech.uart", 1]], ["UART 1 is used by more than one part: parts.speech.uart and parts.finger.uart."]],
  ["the console's UART used twice", full, [["parts.speech.uart", 0]], ["UART 0 is used by more than one part: console.uart and parts.speech.uart."]],
  ["a UART that is not there", full, [["parts.speech.uart", 4]],
    ["parts.speech.uart: there is no UART 4; uarts has 0 to 2, and the bridge adds 3."]],
  ["a UART of a bridge that is not there", cheap, [["parts.finger.uart", 3]],
    ["parts.finger.uart: there is no UART 3; uarts has 0 to 2, and there is no bridge."]],
  ["a bridge that gives a UART of the chip", full, [["parts.bridge.port", 2], ["parts.speech.uart", 2], ["parts.palmFace", undefined]],
    ["parts.bridge.port: UART 2 is the chip's own; a bridge takes a number from 3 on."]],
  ["an I2C bus that is not there", full, [["parts.clock.bus", 1]], ["parts.clock.bus: there is no I2C bus 1; i2c has 0."]],
  ["an address used twice", full, [["parts.keys.chips.1.address", 91]],
    ["address 91 (0x5B) of I2C bus 0 is used by more than one chip: parts.keys.chips[1].address and parts.keyLights.address."]],
  ["a key that is nowhere", full, [["parts.keys.chips.1.keys", [12, 15, 15]]], ["parts.keys.chips: the key bell (13) is nowhere."]],
  ["a key that is there twice", full, [["parts.keys.chips.1.keys", [12, 13, 5]]],
    ["parts.keys.chips: the key 5 is there 2 times: parts.keys.chips[0].keys[4], parts.keys.chips[1].keys[2]."]],
  ["a light for a key", full, [["parts.keys.chips.1.keys", [12, 13, 14]]], ["parts.keys.chips[1].keys[2]: 14 is the low-battery light, and no key."]],
  ["a release above the touch", full, [["parts.keys.releaseThreshold", 12]],
    ["parts.keys.releaseThreshold: 12 must be less than touchThreshold, which is 12."]],
  ["contacts without a key", cheap, [["parts.keys.keys", [1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 11]]], [
    "parts.keys.keys: the key cancel (10) is nowhere.",
    "parts.keys.keys: 4 rows and 3 columns are 12 contacts, and 11 have a key (15 is none).",
  ]],
  ["a key without a light", full, [["parts.keyLights.pins.14", -1]], ["parts.keyLights.pins[14]: the key low (14) has no light."]],
  ["two lights on one output", cheap, [["parts.keyLights.outputs.3", 2]], ["parts.keyLights.outputs: output 2 is the light of 2 and of 3."]],
  ["a name that is not the file's", full, [["name", "mine"]], ['name: it says "mine", and the file is esp32-devkitc-espruino.json.']],
  ["a reader that nobody could switch on", full, [["parts.finger.wakePin", -1]],
    ["parts.finger.powerPin: the supply can only be switched with a wake pin (wakePin), or no finger would ever switch it on."]],
  ["a divider that lets too much through", full, [["parts.battery.upperOhms", 100000]],
    ["parts.battery.upperOhms: a full pack of 8400 mV is 4200 mV at the pin, and the chip bears 3100; take more above or less below."]],
  ["the same for alkaline cells", cheap, [["parts.battery.upperOhms", 100000]],
    ["parts.battery.upperOhms: a full pack of 6500 mV is 3250 mV at the pin, and the chip bears 3100; take more above or less below."]],
  ["a clutch that is not moved", full, [["parts.bolt.mode", "clutch"]], ["parts.bolt.pulseMs: 0 moves no clutch; 300 is a start."]],
  ["a motor that always stands", full, [["parts.bolt.sensePin", 32], ["parts.contacts.handle.pin", 35], ["parts.battery.adcPin", 39], ["parts.battery.usbPin", -1]],
    ["parts.bolt.stallMv: 0 would take every run for a motor that stands."]],
  ["pages that the flash has not", full, [["flash", { pageSize: 2048, pages: 16 }]],
    ["flash.pageSize: the flash is erased in pages of 4096, not 2048."]],
  ["more flash than there is", full, [["flash.pages", 17]],
    ["flash.pages: 17 pages of 4096 are more than the 65536 bytes that the store may have."]],
];

test.each(wiring)("%s: %s", (_what, board, changes, sentences) => {
  expect(mistakesOf(board, changes)).toEqual(sentences);
});

test("no more pins have PWM than the chip has frequencies for", () => {
  const board = readBoard(full);
  board.parts.bolt.inputs = { kind: "pwm", in1Pin: 18, in2Pin: 19, batteryPermille: 900, usbPermille: 1000 };
  const uses = usesOf(board, schema);
  expect(checkPins(uses, board, readSoc("esp32")).mistakes).toEqual([]);
  expect(checkPins(uses, board, { ...readSoc("esp32"), pwmPins: 2 }).mistakes)
    .toEqual(["3 pins want PWM, and 2 can have it: parts.bolt.inputs.in1Pin, parts.bolt.inputs.in2Pin and parts.beeper.pin."]);
});

test("Espruino's limits are not NodeMCU's", () => {
  const changes: Changes = [["parts.beeper.pin", 26], ["parts.contacts.doorOpen.pin", 2]];
  expect(mistakesOf("esp32-devkitc-nodemcu", changes)).toEqual([]);
});

function notesOf(name: string, changes: Changes): string[] {
  const board = content(name);
  for (const [place, value] of changes) change(board, place, value);
  return checkBoard(name, board, schema).notes.map((note) => `${note.pin} ${note.text}`);
}

test("what is allowed with care is told", () => {
  const notes = notesOf(full, [["parts.contacts.handle.pin", 36], ["parts.palmFace.nearPin", 32]]);
  expect(notes).toContain("36 no pull-up in the chip, so 10 to 47 kΩ to 3.3 V are needed");
  expect(notes).toContain("16 free on WROOM modules only, a WROVER has its PSRAM there");
  expect(notes.filter((note) => note.includes("strapping pin")).map((note) => Number(note.split(" ")[0])).sort((a, b) => a - b)).toEqual([0, 2, 5, 12, 15]);
  expect(notesOf(full, [["parts.lamps.rearPin", 14], ["parts.contacts.set.pin", 15]])).toContain("14 pulled up or pulsing while the chip starts");
  expect(notesOf(full, [["parts.lamps.rearPin", 2], ["parts.beeper.pin", 15]]).join()).toContain("keep this wire low or off while loading one");
  expect(notesOf(full, [["parts.battery.upperOhms", 200000]])).toContain("35 a full pack of 8400 mV is 2800 mV at the pin, and the converter is straight up to 2450");
  expect(notesOf(cheap, [])).toContain("-1 the keypad has no key bell");
  expect(notesOf(full, [["parts.palmFace", undefined]])).toContain("-1 uarts[2] has pins, and no part uses it");
});
