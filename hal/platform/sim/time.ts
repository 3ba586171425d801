import { Timer } from "../../ports";
import { Chip } from "./chip";

const wrap = 2 ** 30;

export function newTime(chip: Chip) {
  const fires: (() => void)[] = [];
  return {
    now: (): number => chip.now() % wrap,
    newTimer(onFire: () => void): Timer {
      const id = fires.push(onFire) - 1;
      return { start: (ms) => chip.setTimer(id, ms), stop: () => chip.setTimer(id, -1) };
    },
    fired(id: number): void {
      fires[id]();
    },
  };
}
