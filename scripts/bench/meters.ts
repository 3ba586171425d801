/** What an image can be measured by. */
import { getHeapStatistics } from "node:v8";
import { Engine, Image } from "../../hal/platform/sim/chip";
import { Meter } from "./part-table";

/** Microseconds. */
export const clock: Meter = { read: () => performance.now() * 1000, countsHost: true };

/** How the heap of an engine is looked into. */
export interface Gauge {
  /** To be used instead of the engine itself. */
  engine: Engine;
  /** Bytes that a call allocates, null where that cannot be told. */
  allocated: Meter | null;
  /** Bytes in use without garbage, null where that cannot be told. */
  inUse: ((image: Image) => number) | null;
}

interface LuaBindings {
  lua: { lua_tostring(state: unknown, index: number): string; lua_settop(state: unknown, index: number): void };
  lauxlib: { luaL_newstate(): unknown; luaL_dostring(state: unknown, text: string): number };
}

/** The collector of a Lua machine in the host's hand: it takes all garbage before a call, and none in it. */
function luaGauge(version: "51" | "53", engine: Engine): Gauge {
  const { lua, lauxlib } = require(`lua-wasm-bindings/dist/lua.${version}`) as LuaBindings;
  let state: unknown = null;
  const collect = (then: "stop" | "restart"): void => { lauxlib.luaL_dostring(state, `collectgarbage() collectgarbage("${then}")`); };
  const count = (): number => {
    lauxlib.luaL_dostring(state, 'return string.format("%d", collectgarbage("count") * 1024)');
    const bytes = Number(lua.lua_tostring(state, -1));
    lua.lua_settop(state, 0);
    return bytes;
  };
  return {
    // The engine keeps its machine to itself: it is caught where it is made.
    engine: (chip) => {
      const newState = lauxlib.luaL_newstate;
      lauxlib.luaL_newstate = () => (state = newState());
      try {
        return engine(chip);
      } finally {
        lauxlib.luaL_newstate = newState;
      }
    },
    allocated: { prepare: () => collect("stop"), read: count, countsHost: false },
    inUse: () => {
      collect("restart");
      return count();
    },
  };
}

export function gauge(name: string, engine: Engine): Gauge {
  // A call in which the collector of Node.js came by goes down: the median of many is asked.
  if (name === "sim") return { engine, allocated: { read: () => getHeapStatistics().used_heap_size, countsHost: true }, inUse: null };
  if (name === "lua53" || name === "lua51") return luaGauge(name === "lua53" ? "53" : "51", engine);
  // References are counted there: what nobody knows any more is free at once.
  return { engine, allocated: null, inUse: name === "espruino" ? (image) => image.memory() : null };
}
