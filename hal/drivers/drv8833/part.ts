import { Platform } from "../../ports";
import { Bolt, BoltParts, MotorEvents } from "../../roles";
import { AdcPin, NotWired, OutPin, PwmPin } from "../../wires";
import { MotorSupply, newDrv8833 } from "./driver";

export interface Drv8833Part {
  driver: "drv8833";
  /** Exchange IN1 and IN2 for a motor that turns the other way round. */
  inputs: PlainInputs | PwmInputs;
  /** nSLEEP, -1 where it is tied to the supply. @atReset low */
  sleepPin: OutPin | NotWired;
  /** The voltage over the sense resistor. */
  sensePin: AdcPin | NotWired;
  /** More than this is a motor that stands: 70 to 80 % of what was measured with the bolt held. @minimum 0 @maximum 3300 */
  stallMv: number;
  /** "clutch": the motor moves a coupling against a spring for `pulseMs`, and no end switch stops it. */
  mode: "bolt" | "clutch";
  /** @asType integer @minimum 0 @maximum 5000 */
  pulseMs: number;
}

/** Full speed. */
export interface PlainInputs {
  kind: "plain";
  /** To IN1; withdraws at 1. @quiet @atReset low */
  in1Pin: OutPin;
  /** To IN2; throws at 1. @quiet @atReset low */
  in2Pin: OutPin;
}

/** A share of full speed by each supply. */
export interface PwmInputs {
  kind: "pwm";
  /** To IN1; withdraws. @quiet @atReset low */
  in1Pin: PwmPin;
  /** To IN2; throws. @quiet @atReset low */
  in2Pin: PwmPin;
  /** @asType integer @minimum 1 @maximum 1000 */
  batteryPermille: number;
  /** @asType integer @minimum 1 @maximum 1000 */
  usbPermille: number;
}

export function newPart(platform: Platform, part: Drv8833Part, lock: BoltParts, events: MotorEvents): Bolt {
  const inputs = part.inputs;
  const pwm = inputs.kind === "pwm";
  return newDrv8833(platform, {
    in1Pin: inputs.in1Pin, in2Pin: inputs.in2Pin, sleepPin: part.sleepPin,
    pwm: pwm ? [platform.pwm(inputs.in1Pin), platform.pwm(inputs.in2Pin)] : [], mode: part.mode,
    battery: supplyOf(part, lock.limitMs, pwm ? inputs.batteryPermille : 1000),
    usb: supplyOf(part, lock.limitUsbMs, pwm ? inputs.usbPermille : 1000),
    runs: lock.runs, sense: part.sensePin < 0 ? null : platform.adc(part.sensePin), stallMv: part.stallMv,
  }, () => lock.position(), () => lock.onInlet(), {
    // To the lock both are a run that did not end in time.
    stalled: () => { events.ended(); },
    guarded: () => { events.ended(); },
  });
}

function supplyOf(part: Drv8833Part, limitMs: number, permille: number): MotorSupply {
  const ms = part.mode === "clutch" ? part.pulseMs : limitMs;
  return { withdrawMs: ms, throwMs: ms, permille };
}
