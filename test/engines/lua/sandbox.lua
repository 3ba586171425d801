-- Leaves the image the globals that NodeMCU has, and no others. Runs after prelude.lua and buses.lua.

local globals, strict = _G, host_globals.host_strict
local kept = host_globals
kept.host_strict, kept.host_mailbox, kept.host_load_text = nil, nil, nil
for _, name in ipairs({
  "assert", "error", "getmetatable", "ipairs", "next", "pairs", "pcall", "rawequal", "rawget",
  "rawlen", "rawset", "select", "setmetatable", "tonumber", "tostring", "type", "unpack", "xpcall", "_VERSION",
  "string", "table", "coroutine", "utf8",
}) do kept[name] = globals[name] end

local mathMembers = { "abs", "ceil", "floor", "huge", "max", "min", "pi", "random", "randomseed", "sqrt" }
if _VERSION ~= "Lua 5.1" then
  for _, name in ipairs({ "fmod", "modf", "tointeger", "type", "ult", "maxinteger", "mininteger" }) do
    mathMembers[#mathMembers + 1] = name
  end
end
kept.math = {}
for _, name in ipairs(mathMembers) do kept.math[name] = math[name] end
kept.math = strict("math", kept.math)
kept.unpack = unpack or table.unpack
kept._G = strict("_G", kept)

local names = {}
for name in pairs(globals) do names[#names + 1] = name end
for _, name in ipairs(names) do if kept[name] == nil then globals[name] = nil end end
for name, value in pairs(kept) do globals[name] = value end
setmetatable(globals, {
  __index = function(_, key) error("NodeMCU (or its model) has no global " .. tostring(key), 2) end,
  __newindex = function(_, key) error("a new global: " .. tostring(key), 2) end,
})
