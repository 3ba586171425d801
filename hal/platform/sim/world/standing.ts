import { ClockMemory, isClockMemory } from "../../../drivers/ds3231/emulator";
import { isModuleMemory as isPalmFaceMemory, ModuleMemory as PalmFaceMemory } from "../../../drivers/efaa/emulator";
import { isModuleMemory as isFingerMemory, ModuleMemory as FingerMemory } from "../../../drivers/r503/emulator-sensor";
import { travelMs } from "./bolt";
import { Modules } from "./parts/module";
import type { World } from "./world";

/** Two lithium cells in series, full. */
const fullBatteryMv = 8400;

/** How the surroundings of the lock stand while nothing moves: what survives the simulator's own end. */
export interface Standing {
  version: 2;
  /** 0 withdrawn to `travelMs` thrown. */
  boltMs: number;
  jammed: boolean;
  doorOpen: boolean;
  tamperOpen: boolean;
  batteryMv: number;
  usb: boolean;
  /** null: as they come out of their box, or the board has none. */
  modules: { finger: Modules<FingerMemory> | null; palmFace: Modules<PalmFaceMemory> | null };
  /** Its time is counted from the world's beginning. null: never set, or the board has none. */
  clock: ClockMemory | null;
}

/** A new lock in a closed door, locked. */
export function newStanding(): Standing {
  return {
    version: 2, boltMs: travelMs, jammed: false, doorOpen: false, tamperOpen: false, batteryMv: fullBatteryMv, usb: false,
    modules: { finger: null, palmFace: null }, clock: null,
  };
}

export function standingOf(world: World): Standing {
  return {
    version: 2,
    boltMs: world.bolt.position(), jammed: world.bolt.jammed,
    doorOpen: world.doorOpen, tamperOpen: world.tamperOpen,
    batteryMv: world.battery.mv, usb: world.battery.usb,
    modules: { finger: world.finger?.save() ?? null, palmFace: world.palmFace?.save() ?? null },
    clock: world.clock?.save() ?? null,
  };
}

/** @returns null for anything that is not a whole standing of this version. */
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
  if (!isRecord(value) || value.version !== 2 || !isRecord(value.modules)) return false;
  const { modules, boltMs, clock } = value;
  return isModules(modules.finger, isFingerMemory) && isModules(modules.palmFace, isPalmFaceMemory)
    && (clock === null || (isRecord(clock) && isClockMemory(clock)))
    && isCount(boltMs) && boltMs <= travelMs && isCount(value.batteryMv)
    && [value.jammed, value.doorOpen, value.tamperOpen, value.usb].every((flag) => typeof flag === "boolean");
}

function isModules(value: unknown, isMemory: (one: object) => boolean): boolean {
  if (value === null) return true;
  if (!isRecord(value) || !Array.isArray(value.all)) return false;
  const { present, all } = value;
  return (present === 0 || present === 1) && all.length > present && all.length <= 2 && all.every((one) => isRecord(one) && isMemory(one));
}

function isRecord(value: unknown): value is { [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0;
}
