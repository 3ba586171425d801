import { BootCause, Watchdog } from "../../ports";

/**
 * Two registers of the ESP32's RTC domain (reference manual, "RTC_CNTL"). A software reset and a
 * panic leave the same cause, so a wanted restart is marked in STORE0, which survives all but the
 * loss of the supply and is used by nothing else. Not proved on hardware yet.
 */
const enum Rtc {
  Store0 = 0x3FF4804C,
  ResetState = 0x3FF48034,
  /** Bits 0–5: why the first core started. */
  CauseMask = 0x3F,
  /** "LOCK". */
  RestartMark = 0x4C4F434B,
}

/** The values of `CauseMask` that matter. */
const enum Reset { PowerOn = 1, Software = 3, DeepSleep = 5, SoftwareCpu = 12, ExternalCpu = 14, BrownOut = 15 }

function readCause(): BootCause {
  const reset = peek32(Rtc.ResetState) & Rtc.CauseMask;
  const wanted = peek32(Rtc.Store0) === Rtc.RestartMark;
  poke32(Rtc.Store0, 0);
  if (reset === Reset.PowerOn || reset === Reset.BrownOut || reset === Reset.DeepSleep) return BootCause.Power;
  if (reset === Reset.Software || reset === Reset.SoftwareCpu || reset === Reset.ExternalCpu) {
    return wanted ? BootCause.Restart : BootCause.Crash;
  }
  return BootCause.Watchdog;
}

// Read once: reading takes the mark away, so that a crash after a restart is told as one.
const cause = readCause();

export function bootCause(): BootCause {
  return cause;
}

export function memory(): number {
  const counted = process.memory();
  return counted.usage * counted.blocksize;
}

export function restart(): void {
  poke32(Rtc.Store0, Rtc.RestartMark);
  E.reboot();
}

/** The interpreter's watchdog counts whole seconds. Chosen: longer than the start of a lock with a full store. */
const enum Guard { Seconds = 30, EveryMs = 10000 }

/** Without the mark of a wanted restart: the next boot tells of a crash. All pins float meanwhile, and the motor rests. */
function crash(): void {
  E.reboot();
}

/**
 * Kicked by hand, from a timer of the lock's own: without memory or stack the interpreter breaks a
 * call off, takes away the timer it came from, and would kick the watchdog for ever. Where it tells of
 * such a thing the chip is restarted at once.
 */
export function newWatchdog(): Watchdog {
  process.on("uncaughtException", crash);
  E.on("errorFlag", (flags) => {
    if (flags.indexOf("MEMORY") >= 0) crash();
  });
  let counts = false;
  return {
    everyMs: Guard.EveryMs,
    allIsWell: () => {
      if (!counts) E.enableWatchdog(Guard.Seconds, false);
      counts = true;
      E.kickWatchdog();
    },
  };
}
