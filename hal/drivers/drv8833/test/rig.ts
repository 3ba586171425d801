/** For tests: the driver on a platform of virtual time, with the bridge, the motor and the bolt behind it. */
import { BoltPosition } from "../../../roles";
import { TestPlatform } from "../../test/platform";
import { Drv8833Options, MotorBolt, newDrv8833 } from "../driver";
import { BridgeEmulator, BridgeOptions } from "../emulator";

export const in1 = 18;
export const in2 = 19;
export const nSleep = 21;

/** `deadTimer`: of the timers that the driver makes, this one never fires. */
export interface RigOptions { driver?: Partial<Drv8833Options>; bridge?: BridgeOptions; pwm?: boolean; sense?: boolean; deadTimer?: number }

export function newRig(options: RigOptions = {}) {
  const test = new TestPlatform();
  const said: string[] = [];
  /** What a lock does when the switches change. */
  let arrived: (position: BoltPosition) => void = () => undefined;
  const bridge = new BridgeEmulator(test.scheduler, { ...options.bridge, reached: (position) => arrived(position) });
  test.onOutput = (pin, level) => {
    if (pin === nSleep) bridge.sleep(level);
    else bridge.input(pin === in1 ? 0 : 1, level);
  };
  const { timer } = test.platform;
  test.platform.timer = (onFire) => timer(test.timers === options.deadTimer ? () => undefined : onFire);
  const bolt: MotorBolt = newDrv8833(test.platform, {
    in1Pin: in1, in2Pin: in2, sleepPin: nSleep, pwm: options.pwm === true ? [bridge.pwm(0), bridge.pwm(1)] : [], mode: "bolt",
    battery: { withdrawMs: 5000, throwMs: 5000, permille: 1000 }, usb: { withdrawMs: 9000, throwMs: 9000, permille: 1000 },
    runs: 3, sense: options.sense === true ? bridge.sense : null, stallMv: 160, ...options.driver,
  }, () => bridge.position(), () => bridge.usb, {
    stalled: (direction) => { said.push(`stalled ${direction}`); },
    guarded: () => { said.push("guarded"); },
  });
  const stopAtEnds = (): void => { arrived = (position) => { if (position !== BoltPosition.Between) bolt.stop(); }; };
  /** How long each drive lasted, ms. */
  const lengths = (): number[] => bridge.drives.map((one) => (one.endMs ?? test.nowMs) - one.startMs);
  return { test, bridge, bolt, said, stopAtEnds, lengths };
}
