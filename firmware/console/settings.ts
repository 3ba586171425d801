import { Setting } from "../core/events";
import { Limit } from "../limits";
import { find, parseNumber, word } from "./words";

/** How a setting is written: words, or `off` and a number of seconds. */
interface SettingRow {
  readonly name: string;
  /** Words in the order of their values; "" where it is a number. */
  readonly words: string;
  /** `off` and seconds from least to most. */
  readonly least: number;
  readonly most: number;
}

/** In the order of Setting. */
const ROWS: readonly SettingRow[] = [
  { name: "direction", words: "unset right left", least: 0, most: 0 },
  { name: "countdown", words: "", least: Limit.countdownMinS, most: Limit.countdownMaxS },
  { name: "protection", words: "off on", least: 0, most: 0 },
  { name: "guard", words: "standard hardened", least: 0, most: 0 },
  { name: "volume", words: "0 1 2 3", least: 0, most: 0 },
  { name: "language", words: "english german chinese", least: 0, most: 0 },
  { name: "remote-unlock", words: "off on", least: 0, most: 0 },
  { name: "video", words: "off on", least: 0, most: 0 },
  { name: "wifi", words: "off on", least: 0, most: 0 },
  { name: "door-open-alarm", words: "", least: 1, most: Limit.doorLeftOpenMaxS },
];

export function findSetting(name: string): number {
  for (let i = 0; i < ROWS.length; i++) {
    if (ROWS[i].name === name) return i;
  }
  return -1;
}

export function settingName(setting: Setting): string {
  return ROWS[setting].name;
}

export function settingNames(): string {
  let names = "";
  for (let i = 0; i < ROWS.length; i++) names = names + (i > 0 ? ", " : "") + ROWS[i].name;
  return names;
}

/** `countdown 10`. */
export function settingText(setting: Setting, value: number): string {
  const row = ROWS[setting];
  return row.name + " " + (row.words !== "" ? word(row.words, value) : value === 0 ? "off" : value.toString());
}

/** The value that a word stands for, -1 if it is none. */
export function settingValue(setting: Setting, text: string): number {
  const row = ROWS[setting];
  if (row.words !== "") {
    const value = find(row.words, text);
    return setting === Setting.Direction && value === 0 ? -1 : value;
  }
  if (text === "off") return 0;
  const value = parseNumber(text);
  return value >= row.least && value <= row.most ? value : -1;
}

/** What may be written for a setting. */
export function settingRange(setting: Setting): string {
  const row = ROWS[setting];
  if (row.words === "") return "off or " + row.least.toString() + " to " + row.most.toString() + " (seconds)";
  return setting === Setting.Direction ? "right or left" : "one of: " + row.words;
}
