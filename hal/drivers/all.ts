/**
 * Every driver, for a host that learns its board at run time. An image has only the drivers of its
 * board: its entry is written by scripts/build/entry.ts.
 */
import { Board } from "../board";
import { PartMakers } from "../makers";
import { Platform } from "../ports";
import * as aw9523b from "./aw9523b/part";
import * as battery from "./battery/part";
import * as contacts from "./contacts/part";
import * as dfplayer from "./dfplayer/part";
import * as drv8833 from "./drv8833/part";
import * as ds3231 from "./ds3231/part";
import * as efaa from "./efaa/part";
import * as hc595 from "./hc595/part";
import * as lamps from "./lamps/part";
import * as matrix from "./matrix/part";
import * as mpr121 from "./mpr121/part";
import * as piezo from "./piezo/part";
import * as r503 from "./r503/part";
import * as sc16is750 from "./sc16is750/part";

export function makersOf(chip: Platform, board: Board): PartMakers {
  const parts = board.parts;
  const bridge = parts.bridge;
  const keys = parts.keys;
  const keyLights = parts.keyLights;
  const speech = parts.speech;
  const finger = parts.finger;
  const palmFace = parts.palmFace;
  const clock = parts.clock;
  const platform = bridge === undefined ? chip : sc16is750.newPart(chip, bridge);
  return {
    contacts: (events) => contacts.newPart(platform, parts.contacts, events),
    bolt: (lock, events) => drv8833.newPart(platform, parts.bolt, lock, events),
    keys: (events) => keys.driver === "mpr121" ? mpr121.newPart(platform, keys, events) : matrix.newPart(platform, keys, events),
    keyLights: (events) => keyLights.driver === "aw9523b" ? aw9523b.newPart(platform, keyLights, events) : hc595.newPart(platform, keyLights, events),
    lamps: () => lamps.newPart(platform, parts.lamps),
    battery: (busy, events) => battery.newPart(platform, parts.battery, busy, events),
    beeper: () => piezo.newPart(platform, parts.beeper),
    speech: speech === undefined ? null : (events) => dfplayer.newPart(platform, speech, events),
    finger: finger === undefined ? null : (events) => r503.newPart(platform, finger, events),
    palmFace: palmFace === undefined ? null : (events) => efaa.newPart(platform, palmFace, events),
    clock: clock === undefined ? null : (events) => ds3231.newPart(platform, clock, events),
  };
}
