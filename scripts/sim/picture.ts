import { Beep, Direction, Key, Lamp } from "../../hal/roles";
import { travelMs, World } from "../../hal/platform/sim/world";
import { promptWords } from "./lock";

/** Rows of the picture. */
export const pictureRows = 9;
const width = 76;
const keypadWidth = 30;
const barLength = 8;

const pad: [Key, string][][] = [
  [[Key.Digit0 + 1, "1"], [Key.Digit0 + 2, "2"], [Key.Digit0 + 3, "3"], [Key.Cancel, "cancel"]],
  [[Key.Digit0 + 4, "4"], [Key.Digit0 + 5, "5"], [Key.Digit0 + 6, "6"], [Key.Away, "away"]],
  [[Key.Digit0 + 7, "7"], [Key.Digit0 + 8, "8"], [Key.Digit9, "9"], [Key.Bell, "bell"]],
  [[Key.Low, "low"], [Key.Digit0, "0"], [Key.Ok, "ok"]],
];

const beepWords: { [beep: number]: string } = { 0: "none yet", [Beep.Key]: "key", [Beep.Success]: "success", [Beep.Failure]: "failure" };
const lit = (text: string): string => `\x1b[1;7m${text}\x1b[0m`;
const dark = (text: string): string => `\x1b[2m${text}\x1b[0m`;

/** The lock and its surroundings as they are now: `pictureRows` lines for a terminal of at least 76 columns. */
export function picture(world: World): string[] {
  const sides = [
    `bolt     ${boltText(world)}`,
    `motor    ${motorText(world)}`,
    `door     ${world.doorOpen ? "open" : "closed"}${world.tamperOpen ? ", tamper switch open" : ""}`,
    `battery  ${world.battery.mv} mV${world.battery.usb ? ", USB power" : ""}`,
    `lights   ${lampsText(world)}`,
    `sensors  ${sensorsText(world)}`,
  ];
  const keys = [...pad.map((row) => keyRow(world, row)), "", powerText(world)];
  const rows = sides.map((side, i) => ` ${padTo(keys[i], keypadWidth)}${side}`);
  return ["─".repeat(width), ...rows, ` ${voiceText(world)}`, "─".repeat(width)];
}

function keyRow(world: World, row: [Key, string][]): string {
  return row.map(([key, name]) => {
    const show = world.keypad.isLit(key) ? lit : dark;
    return show(` ${name} `) + " ".repeat(Math.max(0, 3 - name.length));
  }).join("");
}

/** Pads by what is seen: colour codes take no room. */
function padTo(text: string, length: number): string {
  const seen = text.replace(/\x1b\[[\d;]*m/g, "").length;
  return text + " ".repeat(Math.max(0, length - seen));
}

function boltText(world: World): string {
  const place = world.bolt.position();
  const out = Math.round(place / travelMs * barLength);
  const name = place <= 0 ? "withdrawn" : place >= travelMs ? "thrown" : "between";
  return `${name.padEnd(10)}[${"█".repeat(out)}${"·".repeat(barLength - out)}]${world.bolt.jammed ? " stuck" : ""}`;
}

function motorText(world: World): string {
  if (world.bolt.driven === Direction.Withdraw) return "withdraws";
  return world.bolt.driven === Direction.Throw ? "throws" : "stands";
}

function lampsText(world: World): string {
  const state = (lamp: Lamp): string => world.lamps.isLit(lamp) ? "on" : "off";
  return `guide ${state(Lamp.Guide)}, IR ${state(Lamp.Ir)}, rear ${state(Lamp.Rear)}`;
}

function sensorsText(world: World): string {
  const { finger, palmFace } = world;
  const sensors = { ...(finger === null ? {} : { finger }), ...(palmFace === null ? {} : { palm: palmFace.palm, face: palmFace.face }) };
  return Object.entries(sensors).map(([name, sensor]) => `${name} ${sensor.presence ?? "-"}`).join(", ");
}

function powerText(world: World): string {
  return world.machine.powered ? `on for ${Math.floor(world.machine.now() / 1000)} s` : "NO POWER";
}

function voiceText(world: World): string {
  const { prompt, promptNumber, speaking } = world.speaker;
  const { lastBeep, siren } = world.beeper;
  const number = promptNumber >= 0 ? ` ${promptNumber}` : "";
  const said = prompt === 0 ? "nothing yet" : `"${promptWords(prompt)}${number}"${speaking ? " …" : ""}`;
  return `${padTo(`voice ${said}`, 40)}beep ${beepWords[lastBeep]}${siren ? "  SIREN" : ""}`;
}
