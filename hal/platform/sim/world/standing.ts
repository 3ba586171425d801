import { fullBatteryMv } from "./battery";
import { travelMs } from "./bolt";
import type { World } from "./world";

/** How the surroundings of the lock stand while nothing moves: what survives the simulator's own end. */
export interface Standing {
  version: 1;
  /** Template number and identity of each template in the modules. */
  templates: { finger: [number, number][]; palm: [number, number][]; face: [number, number][] };
  /** 0 withdrawn to `travelMs` thrown. */
  boltMs: number;
  jammed: boolean;
  doorOpen: boolean;
  tamperOpen: boolean;
  batteryMv: number;
  usb: boolean;
}

/** A new lock in a closed door, locked. */
export function newStanding(): Standing {
  return {
    version: 1, templates: { finger: [], palm: [], face: [] }, boltMs: travelMs,
    jammed: false, doorOpen: false, tamperOpen: false, batteryMv: fullBatteryMv, usb: false,
  };
}

export function standingOf(world: World): Standing {
  return {
    version: 1,
    templates: {
      finger: world.finger.templates.entries(),
      palm: world.palm.templates.entries(),
      face: world.face.templates.entries(),
    },
    boltMs: world.bolt.position(), jammed: world.bolt.jammed,
    doorOpen: world.doorOpen, tamperOpen: world.tamperOpen,
    batteryMv: world.battery.mv, usb: world.battery.usb,
  };
}

/** @returns null for anything that is not a whole standing. */
export function parseStanding(text: string): Standing | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  return isStanding(value) ? value : null;
}

function isStanding(value: unknown): value is Standing {
  if (!isRecord(value) || value.version !== 1 || !isRecord(value.templates)) return false;
  const { finger, palm, face } = value.templates;
  const place = value.boltMs;
  return [finger, palm, face].every(isTemplateList)
    && isCount(place) && place <= travelMs && isCount(value.batteryMv)
    && [value.jammed, value.doorOpen, value.tamperOpen, value.usb].every((flag) => typeof flag === "boolean");
}

function isTemplateList(value: unknown): boolean {
  return Array.isArray(value) && value.every((entry) => Array.isArray(entry) && entry.length === 2 && entry.every(isCount));
}

function isRecord(value: unknown): value is { [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0;
}
