/** Every page full of noise, and every bit of every byte that is written. */
import { Board } from "../../hal/board";
import { Damage, flip, Furnished, noise } from "./damage";

const seeds = [1, 2, 3];

/** @param every one bit in so many */
export function allDamages(lock: Furnished, board: Board, every: number): Damage[] {
  const { pageSize, pages } = board.flash;
  const found = [...Array(pages).keys()].flatMap((page) => seeds.map((seed) => noise(page, seed, pageSize)));
  let count = 0;
  lock.flash.forEach((byte, address) => {
    if (byte === 0xff && lock.writers[address] === -1) return;
    for (let bit = 0; bit < 8; bit++) if (count++ % every === 0 && !isLastLength(lock, address)) found.push(flip(lock.flash, address, bit));
  });
  return found;
}

/**
 * The one failure of the state that cannot be told from a cut (FORMAT.md): the length of the very last record, with which the
 * record seems to end behind what is written.
 */
function isLastLength({ writers }: Furnished, address: number): boolean {
  const last = writers[address];
  return last >= 0 && writers[address - 1] !== last && !writers.subarray(0, address).includes(last) && !writers.subarray(address, address + 4096).some((line) => line > last);
}
