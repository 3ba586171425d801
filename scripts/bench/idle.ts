import { Engine } from "../../hal/platform/sim/chip";
import { simEngine } from "../../test/engines/sim";
import { lockImage } from "../build/sources";
import { give, settledLock } from "./lock";

/** How often an idle lock wakes in an hour, by what woke it. */
export function benchIdle(): [string, string][] {
  const woken = { timer: 0, pin: 0, uart: 0 };
  const inner = simEngine(lockImage("sim"));
  const engine: Engine = (chip) => {
    const image = inner(chip);
    return {
      pinChanged: (pin, level) => { woken.pin++; image.pinChanged(pin, level); },
      received: (port, bytes) => { woken.uart++; image.received(port, bytes); },
      timerFired: (id) => { woken.timer++; image.timerFired(id); },
      memory: () => image.memory(),
      end: () => { image.end(); },
    };
  };
  const session = settledLock(engine);
  give(session, "wait 2h");
  woken.timer = woken.pin = woken.uart = 0;
  give(session, "wait 10h");
  const perHour = (count: number): string => (count / 10).toString();
  return [["wake-ups of an idle hour", `${perHour(woken.timer)} timer (the battery's look), ${perHour(woken.uart)} UART (its answer), ${perHour(woken.pin)} pin`]];
}
