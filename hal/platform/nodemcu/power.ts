import { BootCause } from "../../ports";

/** The second result of `node.bootreason`: the chip's reset cause plus 7. */
const enum Reset { PowerOn = 8, Software = 10, DeepSleep = 12, SoftwareCpu = 19, ExternalCpu = 21, BrownOut = 22 }

/** A restart that was wanted and one after an error leave the same cause: the wanted one is marked in RTC memory. */
const enum Mark {
  Word = 0,
  /** "LOCK". After the supply has come RTC memory holds anything, and is not asked. */
  Wanted = 0x4C4F434B,
}

function readCause(): BootCause {
  const [, reset] = node.bootreason();
  const wanted = rtcmem.read32(Mark.Word) === Mark.Wanted;
  rtcmem.write32(Mark.Word, 0);
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
  const kilobytes = collectgarbage("count");
  return kilobytes > 0 ? Math.floor(kilobytes * 1024) : -1;
}

export function restart(): void {
  rtcmem.write32(Mark.Word, Mark.Wanted);
  node.restart();
}
