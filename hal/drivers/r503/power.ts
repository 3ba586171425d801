import { hangUp } from "./link";
import { Command } from "./frames";
import { Figure, age, Job, Phase, request, Ring, Step, Unit, works } from "./unit";

/** Supply on, after the rest that the module needs without it; then it boots. */
export function startUp(u: Unit): void {
  if (u.power !== null) {
    const restMs = u.options.restMs - age(u, u.offAt);
    if (restMs > 0) {
      u.phase = Phase.Resting;
      u.timer.start(restMs);
      return;
    }
    u.power.write(u.options.powerActiveLevel);
  }
  u.phase = Phase.Booting;
  u.restarted = false;
  u.timer.start(Math.max(1, u.options.bootMs));
}

/** A Synochip module is told to sleep first, and loses its supply when it has answered. */
export function switchOff(u: Unit): void {
  if (u.synochip) {
    u.job = Job.Sleep;
    request(u, Step.Sleep, Command.SynSleep, "", Figure.QuickMs);
  } else {
    powerOff(u);
  }
}

export function powerOff(u: Unit): void {
  if (u.power !== null) u.power.write(1 - u.options.powerActiveLevel);
  hangUp(u.link);
  u.timer.stop();
  u.idling = false;
  u.offAt = u.platform.now();
  u.phase = Phase.Off;
  u.job = Job.None;
  u.ringShown = Ring.Dark;
  u.next();
}

/** Nothing to do: wait for the wake line, or look for a finger from time to time. */
export function idle(u: Unit): void {
  // Without a wake line it is the next image that shows it.
  if (u.wake !== null) works(u);
  if (u.foreign) u.timer.start(Figure.PauseMaxMs);
  else if (u.wake === null) u.timer.start(u.present ? Figure.PollMs : Figure.IdlePollMs);
  if (u.idling) return;
  u.idling = true;
  u.idleTimer.start(Figure.IdleMs);
}
