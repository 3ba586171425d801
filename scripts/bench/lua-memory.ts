/**
 * What the lock takes in the memory of a chip with NodeMCU: counted in Lua 5.3 compiled to WebAssembly, which has pointers of 32 bits
 * and numbers of 64, as the chip's has. What the model of the modules takes is counted without an image, and taken away.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Engine, Image } from "../../hal/platform/sim/chip";
import { Limit } from "../../firmware/limits";
import { luaEngine } from "../../test/engines/lua";
import { ChipFiles } from "../../test/engines/lua/files";
import { simEngine } from "../../test/engines/sim";
import { freshImage } from "../build/build";
import { lockImage, products } from "../build/sources";
import { fullStore } from "./full-store";
import { adminCode, give, keep, Kept, resume, settledLock } from "./lock";
import { gauge } from "./meters";

export interface LuaMemory {
  /** Bytes in use with a full store: with the code in memory; with the code in flash, which is what is left without prototypes and their constants. */
  withCode: number;
  withoutCode: number;
  /** What a user with every credential adds. */
  perUser: number;
  /** What an unlocking leaves for the collector, the model's own share in it, by bytes; and so many calls into the image that is. */
  garbage: number;
  events: number;
}

/**
 * Before the image. Lua's table of all short texts has a power of two of places: without as many texts everywhere it would be
 * twice as large for one program as for another. On the chip the texts of the image lie in flash, with a table of their own.
 */
const texts = 'do local kept = {} for i = 1, 5000 do kept[i] = "text " .. i end table.kept = kept end ';

/** @returns bytes in use once the lock runs and its parts have answered */
function inUse(kept: Kept, program: string): number {
  const heap = gauge("lua53", luaEngine("lua53", lockImage("sim"), new ChipFiles(), program));
  const { session, image } = started(heap.engine, kept);
  const bytes = heap.inUse?.(image()) ?? NaN;
  session.world.powerOff();
  return bytes;
}

function started(engine: Engine, kept: Kept): { session: ReturnType<typeof resume>; image: () => Image } {
  const images: Image[] = [];
  const session = resume((chip) => {
    images.push(engine(chip));
    return images[images.length - 1];
  }, kept);
  return { session, image: () => images[images.length - 1] };
}

/** Of programs that do nothing: a lock that answers nothing is not resumed. */
function idle(program: string): number {
  const heap = gauge("lua53", luaEngine("lua53", lockImage("sim"), new ChipFiles(), program));
  const image = heap.engine({ now: () => 0 } as Parameters<Engine>[0]);
  const bytes = heap.inUse?.(image) ?? NaN;
  image.end();
  return bytes;
}

export function luaMemory(): LuaMemory {
  const sim = simEngine(lockImage("sim"));
  const [full, few] = [fullStore(sim), keep(settledLock(sim))];
  const bundle = readFileSync(join(freshImage(lockImage("sim")), products.lua53), "latin1");
  // Compiled whole, and over before it begins.
  const [model, code] = [idle(`${texts} return`), idle(`${texts} do return end ${bundle}`)];
  const [most, least] = [inUse(full, texts + bundle), inUse(few, texts + bundle)];
  return { withCode: most - model, withoutCode: most - code, perUser: (most - least) / (Limit.maxUsers - 1), ...garbage(few) };
}

const unlocking = ["touch", `keys ${adminCode} ok`, "wait 3s", "button lock", "wait 30s"];

/** Of one unlocking and the locking behind it. */
function garbage(kept: Kept): { garbage: number; events: number } {
  let events = 0;
  const heap = gauge("lua53", luaEngine("lua53", lockImage("sim")));
  const { session, image: running } = started((chip) => {
    const image = heap.engine(chip);
    const counted = <T extends unknown[]>(call: (...given: T) => void) => (...given: T): void => { events++; call(...given); };
    return {
      pinChanged: counted((pin, level) => image.pinChanged(pin, level)), received: counted((port, bytes) => image.received(port, bytes)),
      timerFired: counted((id) => image.timerFired(id)), memory: () => image.memory(), end: () => image.end(),
    };
  }, kept);
  const { allocated } = heap;
  const unlock = (): void => { for (const line of unlocking) give(session, line); };
  unlock();
  allocated?.prepare?.();
  const before = allocated?.read(running()) ?? NaN;
  events = 0;
  unlock();
  const bytes = (allocated?.read(running()) ?? NaN) - before;
  session.world.powerOff();
  return { garbage: bytes, events };
}

/**
 * What is in use after some unlockings, and after as many again, journal and caches being in full use before.
 * @returns by how many bytes it grew
 */
export function luaGrowth(unlockings: number, kept: Kept = keep(settledLock(simEngine(lockImage("sim"))))): number {
  const heap = gauge("lua53", luaEngine("lua53", lockImage("sim")));
  const { session, image } = started(heap.engine, kept);
  const unlock = (count: number): number => {
    for (let i = 0; i < count; i++) for (const line of unlocking) give(session, line);
    return heap.inUse?.(image()) ?? NaN;
  };
  const before = unlock(Math.ceil(unlockings / 10));
  const after = unlock(unlockings);
  session.world.powerOff();
  return after - before;
}

/** Rows of `npm run bench`. */
export function benchLua(): [string, string][] {
  const { withCode, withoutCode, perUser, garbage: bytes, events } = luaMemory();
  const growths = 10000;
  return [
    ["memory, NodeMCU, full store, code in flash", `${(withoutCode / 1000).toFixed(1)} kB (goal: 30 at most)`],
    ["memory, NodeMCU, full store, code in RAM", `${(withCode / 1000).toFixed(1)} kB`],
    ["memory, NodeMCU, a user with all credentials", `${perUser.toFixed(0)} bytes`],
    ["garbage, NodeMCU, unlock and lock", `${bytes} bytes in ${events} events, ${(bytes / events).toFixed(0)} each, with those of the modules' model`],
    [`growth, NodeMCU, over ${growths} unlockings`, `${luaGrowth(growths)} bytes (goal: 0)`],
  ];
}
