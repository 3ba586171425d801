import { Command } from "./frames";
import { Figure, request, Step, Unit } from "./unit";

/**
 * The light ring. GROW AuraLedConfig: what, speed, colour, times. Synochip ControlBLN: what, first
 * colour, last colour, times. The two number the colours differently, hence two tables.
 */
const enum Light { Breathe = 1, Flash, On, Off }
const enum Aura { Red = 1, Blue, Purple, Green, Yellow }
const enum Bln { Blue = 1, Green, Cyan, Red, Purple, Yellow }

// In the order of `Ring`.
const AURA: readonly (readonly number[])[] = [
  [Light.Off, 0, Aura.Red, 0],
  [Light.On, 0, Aura.Blue, 0],
  [Light.On, 0, Aura.Green, 0],
  [Light.Flash, 25, Aura.Red, 3],
  [Light.Breathe, 100, Aura.Blue, 0],
  [Light.On, 0, Aura.Yellow, 0],
];
const BLN: readonly (readonly number[])[] = [
  [Light.Off, 0, 0, 0],
  [Light.On, Bln.Blue, Bln.Blue, 0],
  [Light.On, Bln.Green, Bln.Green, 0],
  [Light.Flash, Bln.Red, Bln.Red, 3],
  [Light.Breathe, Bln.Blue, Bln.Blue, 0],
  [Light.On, Bln.Yellow, Bln.Yellow, 0],
];

/** @returns true if the ring is being changed first; its answer belongs to `step`, and a refusal matters to nobody. */
export function ringFirst(u: Unit, step: Step): boolean {
  if (u.options.ring === "none" || u.ring === u.ringShown) return false;
  u.ringShown = u.ring;
  const aura = u.options.ring === "aura";
  const row = aura ? AURA[u.ring] : BLN[u.ring];
  let parameters = "";
  for (let i = 0; i < row.length; i++) parameters = parameters + String.fromCharCode(row[i]);
  request(u, step, aura ? Command.GrowAura : Command.SynRing, parameters, Figure.QuickMs);
  return true;
}
