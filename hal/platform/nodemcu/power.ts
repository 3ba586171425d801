import { BootCause } from "../../ports";

/** The second result of `node.bootreason`: the chip's reset cause plus 7. */
const enum Reset { PowerOn = 8, Software = 10, DeepSleep = 12, SoftwareCpu = 19, ExternalCpu = 21, BrownOut = 22 }

export function bootCause(): BootCause {
  const [, reset, panic] = node.bootreason();
  if (reset === Reset.PowerOn || reset === Reset.BrownOut || reset === Reset.DeepSleep) return BootCause.Power;
  if (reset === Reset.Software || reset === Reset.SoftwareCpu || reset === Reset.ExternalCpu) {
    // The third result is not 0 when Lua ran out of memory or panicked.
    return panic === undefined || panic === 0 ? BootCause.Restart : BootCause.Crash;
  }
  return BootCause.Watchdog;
}

export function memory(): number {
  const kilobytes = collectgarbage("count");
  return kilobytes > 0 ? Math.floor(kilobytes * 1024) : -1;
}

export function restart(): void {
  node.restart();
}
