-- The Lua prompt of NodeMCU 5.3 as a program on the model, which runs where there is no init.lua. After files.lua, before sandbox.lua.

local load, setmetatable, select, table, string, tostring, pcall, ipairs, pairs = load, setmetatable, select, table, string, tostring, pcall, ipairs, pairs
local modules, basics = host_globals, {}
for _, name in ipairs({ "pcall", "select", "tostring", "tonumber", "type", "string", "table", "math", "ipairs", "pairs", "assert", "error" }) do
  basics[name] = _G[name]
end

-- @param lacks names of modules that the firmware was built without
host_globals.host_prompt = function(lacks)
  local uart, typed, unfinished, echo = modules.uart, "", "", true
  local env = {}
  for name, value in pairs(basics) do env[name] = value end
  for _, name in ipairs({ "gpio", "uart", "i2c", "adc", "ledc", "tmr", "node", "crypto", "sodium", "io", "file", "encoder", "rtcmem" }) do
    if not string.find(" " .. lacks .. " ", " " .. name .. " ", 1, true) then env[name] = modules[name] end
  end
  env._G = env
  local function print(...)
    local words = {}
    for at = 1, select("#", ...) do words[at] = tostring((select(at, ...))) end
    uart.write(0, table.concat(words, "\t") .. "\n")
  end
  env.print = print
  env.uart = setmetatable({
    setup = function(port, baud, bits, parity, stop, last)
      if port ~= 0 then return uart.setup(port, baud, bits, parity, stop, last) end
      echo = last > 0
      return baud
    end,
  }, { __index = uart })

  -- @returns the prompt that follows
  local function perform(line)
    local text = unfinished .. line .. "\n"
    local run, failure = load("return " .. text, "=stdin", "t", env)
    if not run then run, failure = load(text, "=stdin", "t", env) end
    if not run and string.find(failure, "<eof>$") then
      unfinished = text
      return ">> "
    end
    unfinished = ""
    if not run then print(failure) return "> " end
    local results = table.pack(pcall(run))
    if not results[1] or results.n > 1 then print(table.unpack(results, 2, results.n)) end
    return "> "
  end

  uart.setup(0, 115200, 8, 0, 1, 1)
  uart.start(0)
  uart.on(0, "data", 0, function(byte)
    if byte ~= "\n" then
      if echo then uart.write(0, byte) end
      -- A line that is too long is dropped without a word.
      if #typed + 1 >= 256 then typed = "" end
      typed = typed .. byte
      return
    end
    if echo then uart.write(0, "\n") end
    local line = typed
    typed = ""
    uart.write(0, line == "" and (unfinished == "" and "> " or ">> ") or perform(line))
  end, 0)
  uart.write(0, "\nNodeMCU ESP32 (a model of it) powered by Lua 5.3\n> ")
end
