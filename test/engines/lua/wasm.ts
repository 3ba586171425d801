/** Lua 5.1 and 5.3 in C, compiled to WebAssembly. */
import { LauxLib, Lua, LUA_OK, LuaLib } from "lua-wasm-bindings/dist/lua";
import { LuaState } from "./state";

interface Bindings {
  lua: Lua;
  lauxlib: LauxLib;
  lualib: LuaLib;
}

// Loaded when they are needed: loading takes time, and hangs the process's handler of uncaught
// errors on a printer of its own source text.
export function openLua51(): LuaState {
  return open(require("lua-wasm-bindings/dist/lua.51") as Bindings);
}

export function openLua53(): LuaState {
  return open(require("lua-wasm-bindings/dist/lua.53") as Bindings);
}

function open({ lua, lauxlib, lualib }: Bindings): LuaState {
  const state = lauxlib.luaL_newstate();
  lualib.luaL_openlibs(state);
  return {
    run(text) {
      if (lauxlib.luaL_dostring(state, text) !== LUA_OK) throw new Error(lua.lua_tostring(state, -1));
    },
    call(name, argument) {
      lua.lua_getglobal(state, name);
      lua.lua_pushstring(state, argument);
      if (lua.lua_pcall(state, 1, 1, 0) !== LUA_OK) throw new Error(lua.lua_tostring(state, -1));
      const result = lua.lua_tostring(state, -1);
      lua.lua_settop(state, 0);
      return result;
    },
    close: () => lua.lua_close(state),
  };
}
