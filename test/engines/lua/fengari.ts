/** Lua 5.3 with 32-bit integers and doubles: the number model of NodeMCU's stock builds. */
import { LuaState } from "./state";

export function openFengari(): LuaState {
  const { lua, lauxlib, lualib, to_luastring } = require("fengari");
  const state = lauxlib.luaL_newstate();
  lualib.luaL_openlibs(state);
  const fail = (): never => { throw new Error(lua.lua_tojsstring(state, -1)); };
  return {
    run(text) {
      if (lauxlib.luaL_dostring(state, to_luastring(text)) !== lua.LUA_OK) fail();
    },
    call(name, argument) {
      lua.lua_getglobal(state, to_luastring(name));
      lua.lua_pushstring(state, to_luastring(argument));
      if (lua.lua_pcall(state, 1, 1, 0) !== lua.LUA_OK) fail();
      const result: string = lua.lua_tojsstring(state, -1);
      lua.lua_settop(state, 0);
      return result;
    },
    close: () => undefined,
  };
}
