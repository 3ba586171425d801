/** What a Lua compiler refuses a function for: counted in the functions of a bundle. */

/** As fengari has a function, which is as the C compiler of Lua 5.3 makes it. */
interface Proto {
  p: Proto[];
  upvalues: unknown[];
  locvars: { startpc: number; endpc: number }[];
  linedefined: number;
}

export interface Limits {
  /** At one time, in one function. */
  locals: number;
  /** Of one function. */
  upvalues: number;
}

/** What each may have, NodeMCU 5.1 less than Lua 5.1 (LUAI_MAXVARS, LUAI_MAXUPVALUES). */
export const limits = {
  "Lua 5.3": { locals: 200, upvalues: 255 },
  "Lua 5.1": { locals: 200, upvalues: 60 },
  "NodeMCU 5.1": { locals: 50, upvalues: 60 },
};

/** @returns the most that any function has, each with the line where it begins */
export function countLua(text: string): { [limit in keyof Limits]: { count: number; line: number } } {
  const most = { locals: { count: 0, line: 0 }, upvalues: { count: 0, line: 0 } };
  const visit = (proto: Proto): void => {
    for (const [limit, count] of [["locals", atOnce(proto)], ["upvalues", proto.upvalues.length]] as const) {
      if (count > most[limit].count) most[limit] = { count, line: proto.linedefined };
    }
    proto.p.forEach(visit);
  };
  visit(compiled(text));
  return most;
}

/** @throws Error where the text is no Lua */
function compiled(text: string): Proto {
  const { lua, lauxlib, to_luastring } = require("fengari");
  const state = lauxlib.luaL_newstate();
  if (lauxlib.luaL_loadstring(state, to_luastring(text)) !== lua.LUA_OK) throw new Error(lua.lua_tojsstring(state, -1));
  return state.stack[state.top - 1].value.p;
}

/** A local lives from one instruction to another. */
function atOnce({ locvars }: Proto): number {
  return Math.max(0, ...locvars.map(({ startpc }) => locvars.filter((other) => other.startpc <= startpc && startpc < other.endpc).length));
}
