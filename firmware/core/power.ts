import { Limit } from "../limits";
import { Journal, Method, Power, Save, Sensor } from "./events";
import { enrolBrokenOff } from "./menu/credentials";
import { Out, note, say } from "./outputs";
import { Prompt } from "./prompts";
import { Lock, MotorPhase, Phase } from "./state";
import { goDark, stopLooking } from "./wake";

/** B2, B3: a measurement of the battery. @param percent 0 to 100 */
export function onBattery(s: Lock, out: Out, percent: number): void {
  s.battery = percent;
  const before = s.low;
  const low = percent < Limit.lowBattery || (s.low === 1 && percent < Limit.recoveredBattery) ? 1 : 0;
  if (low !== s.low) {
    s.low = low;
    // Kept, so that one discharge is told once whatever the power does meanwhile.
    out.save = out.save | Save.Counters;
  }
  powerChanged(s, out, before === low);
}

/** B4: power came to the front inlet, or went. */
export function onUsb(s: Lock, out: Out, on: number): void {
  s.usb = on;
  if (s.motor === MotorPhase.Resting) out.measure = 1;
  powerChanged(s, out, true);
}

function powerNow(s: Lock): Power {
  const empty = s.battery >= 0 && s.battery < Limit.criticalBattery;
  if (empty) return s.usb === 1 ? Power.Emergency : Power.Critical;
  return s.low === 1 ? Power.Low : Power.Normal;
}

/** @param known whether the battery was low before, too: then a start with it is no news (B2) */
function powerChanged(s: Lock, out: Out, known: boolean): void {
  if (s.battery < 0) return;
  const power = powerNow(s);
  if (power === s.power) return;
  const first = s.power === Power.None;
  s.power = power;
  s.critical = power === Power.Critical ? 1 : 0;
  out.power = power;
  const present = s.phase !== Phase.Asleep;
  if (s.critical === 1) powerDown(s, out);
  // A start with the power that was there before is no change (E1).
  if (!first || power > Power.Low || !known) note(out, Journal.Power, 0, Method.None);
  if (s.critical === 1 && present) say(out, Prompt.BatteryCritical);
}

/** B3: what needs a module or a radio that is not powered any more. */
function powerDown(s: Lock, out: Out): void {
  stopLooking(s, out);
  if (s.phase === Phase.Pairing) goDark(s, out);
  else if (s.phase === Phase.Enrolling && s.sensor !== Sensor.Finger) enrolBrokenOff(s, out);
}
