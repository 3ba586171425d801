import { Limit } from "../limits";
import { Runtime } from "./runtime";

/**
 * Tells the chip that the lock is well: the watchdog again and again, and once, when it has run for a
 * while, the trial of a new image. A step that was broken off, as without memory, is never taken up
 * again and leaves the runtime running for ever: that is not well, and the chip restarts.
 */
export function watchHealth(r: Runtime): void {
  const watchdog = r.platform.watchdog;
  const places = r.platform.places;
  if (watchdog !== null) {
    const beat = r.platform.timer(() => {
      if (r.running) return;
      watchdog.allIsWell();
      beat.start(watchdog.everyMs);
    });
    watchdog.allIsWell();
    beat.start(watchdog.everyMs);
  }
  if (places !== null) {
    const trial = r.platform.timer(() => {
      if (!r.running && !r.halted) places.confirm();
    });
    trial.start(Limit.trialMs);
  }
}
