import { OutputPin, Platform } from "../../ports";
import { Bolt, BoltPosition, Direction } from "../../roles";

/** A motor on two pins of an H-bridge: one drives each way, both low let it rest. */
export function newBolt(platform: Platform, withdrawPin: number, throwPin: number, position: () => BoltPosition): Bolt {
  const withdraw: OutputPin = platform.output(withdrawPin, 0);
  const toThrow: OutputPin = platform.output(throwPin, 0);
  return {
    drive: (direction) => {
      // The other side is low first: both high at once would brake, or short a simple bridge.
      (direction === Direction.Withdraw ? toThrow : withdraw).write(0);
      (direction === Direction.Withdraw ? withdraw : toThrow).write(1);
    },
    stop: () => {
      withdraw.write(0);
      toThrow.write(0);
    },
    position: () => position(),
  };
}
