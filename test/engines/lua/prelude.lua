-- A strict model of the NodeMCU modules that the platform uses, over the mailbox of guest.ts, for
-- Lua 5.1 and 5.3. The image runs in a coroutine: a question is yielded and resumed with its
-- answer, so nothing of it may stand inside sort or gsub on Lua 5.1.

local host_load = loadstring or load
local lines = {}
local now = 0
local image
local watches, listeners, timers, tasks = {}, {}, {}, {}
local pageSize = 4096

local function tell(line)
  lines[#lines + 1] = line
end

local function flush()
  local text = table.concat(lines, "\n")
  lines = {}
  return text
end

local function ask(line)
  tell(line)
  return coroutine.yield(flush())
end

local toHex, fromHex = {}, {}
for code = 0, 255 do
  local digits = string.format("%02x", code)
  toHex[string.char(code)] = digits
  fromHex[digits] = string.char(code)
end

local function hex(bytes)
  return (string.gsub(bytes, ".", toHex))
end

local function unhex(digits)
  return (string.gsub(digits, "..", fromHex))
end

-- What makes a table raise for members it has not got, and take no new ones.
local function strictness(name, members)
  return {
    __index = function(_, key)
      local member = members[key]
      if member == nil then error("NodeMCU (or its model) has no " .. name .. "." .. tostring(key), 2) end
      return member
    end,
    __newindex = function(_, key)
      error("nothing may be added to " .. name .. ": " .. tostring(key), 2)
    end,
  }
end

local function strict(name, members) return setmetatable({}, strictness(name, members)) end

local function want(kind, value, what)
  if type(value) ~= kind then error(what .. " must be a " .. kind .. ", not a " .. type(value), 3) end
  return value
end

local function whole(value, what)
  want("number", value, what)
  if value ~= math.floor(value) then error(what .. " must be a whole number, not " .. tostring(value), 3) end
  return string.format("%d", value)
end

local gpioModel = strict("gpio", {
  IN = 1, OUT = 2, FLOATING = 0, PULL_UP = 1, PULL_DOWN = 2, INTR_UP_DOWN = 3,
  config = function(pin)
    whole(pin.gpio, "the pin")
    want("number", pin.dir, "the direction")
  end,
  read = function(pin) return tonumber(ask("r " .. whole(pin, "the pin"))) end,
  write = function(pin, level)
    if level ~= 0 and level ~= 1 then error("the level must be 0 or 1, not " .. tostring(level), 2) end
    tell("w " .. whole(pin, "the pin") .. " " .. whole(level, "the level"))
  end,
  trig = function(pin, edges, onEdge)
    if edges ~= 3 then error("only INTR_UP_DOWN is modelled", 2) end
    if watches[whole(pin, "the pin")] then error("pin " .. pin .. " is watched twice", 2) end
    watches[whole(pin, "the pin")] = want("function", onEdge, "the callback")
  end,
})

local ports = {}
local uartModel = strict("uart", {
  PARITY_NONE = 0, STOPBITS_1 = 1,
  setup = function(port, baud, bits, parity, stop, last)
    if bits ~= 8 or parity ~= 0 or stop ~= 1 then error("only 8N1 is modelled", 2) end
    whole(baud, "the baud rate")
    if port == 0 then want("number", last, "the echo") else whole(last.tx, "tx") whole(last.rx, "rx") end
    ports[port] = "set up"
    return baud
  end,
  on = function(port, event, count, heard, toLua)
    -- The console is set up before anything runs.
    if (port ~= 0 and not ports[port]) or event ~= "data" or count ~= 0 or toLua ~= 0 then error("uart.on: not modelled so", 2) end
    listeners[whole(port, "the port")] = want("function", heard, "the callback")
  end,
  start = function(port)
    ports[port] = "started"
    return port ~= 0
  end,
  write = function(port, bytes)
    if ports[port] ~= "started" then error("uart " .. tostring(port) .. " is not started", 2) end
    if #want("string", bytes, "what is sent") > 0 then tell("s " .. whole(port, "the port") .. " " .. hex(bytes)) end
  end,
})

-- One for all timers: a lock has thirty, what each takes is counted as the image's, and NodeMCU's take little.
local timerModel = strictness("the timer", {
  alarm = function(timer, ms, mode, onFire)
    -- Below a tick FreeRTOS stops the chip; above, tmr raises.
    if mode ~= 0 or ms < 10 or ms > 6870947 then error("tmr.alarm of " .. tostring(ms) .. " ms", 2) end
    local id = string.format("%d", rawget(timer, 1))
    timers[id] = want("function", onFire, "the callback")
    tell("t " .. id .. " " .. whole(ms, "the time"))
    return true
  end,
  unregister = function(timer)
    local id = string.format("%d", rawget(timer, 1))
    if timers[id] then tell("t " .. id .. " -1") end
    timers[id] = nil
  end,
})

local lastTimer = 0
local tmrModel = strict("tmr", {
  ALARM_SINGLE = 0,
  create = function()
    lastTimer = lastTimer + 1
    return setmetatable({ lastTimer }, timerModel)
  end,
})

-- By boot cause: raw code, reset cause of the chip plus 7, panic.
local reasons = { [0] = { 1, 8 }, { 2, 19, 0 }, { 3, 15 }, { 2, 19, 1 } }

local nodeModel = strict("node", {
  uptime = function() return now * 1000.0, 0 end,
  restart = function() tell("R") end,
  bootreason = function()
    local reason = reasons[tonumber(ask("b"))]
    return reason[1], reason[2], reason[3]
  end,
  info = function(group)
    if group ~= "sw_version" then error("node.info: only of sw_version is modelled", 2) end
    return strict("node.info", { git_commit_dts = "202410240512" })
  end,
  task = strict("node.task", {
    MEDIUM_PRIORITY = 1,
    post = function(priority, run)
      want("number", priority, "the priority")
      tasks[#tasks + 1] = want("function", run, "the task")
    end,
  }),
})

local cryptoModel = strict("crypto", {
  new_hash = function(algorithm)
    if algorithm ~= "SHA256" then error("only SHA256 is modelled", 2) end
    local parts = {}
    return strict("the hash", {
      update = function(_, bytes) parts[#parts + 1] = want("string", bytes, "what is hashed") end,
      finalize = function() return unhex(ask("h " .. hex(table.concat(parts)))) end,
    })
  end,
})

local sodiumModel = strict("sodium", {
  random = strict("sodium.random", {
    buf = function(count) return unhex(ask("n " .. whole(count, "the count"))) end,
  }),
})

-- A page of the chip's flash as the file that holds it.
local function openPage(page, mode)
  local start, at, written = page * pageSize, 0, ""
  return strict("the file", {
    seek = function(_, from, offset)
      if from ~= "set" then error("file:seek: only from set is modelled", 2) end
      at = offset
      return at
    end,
    read = function(_, count)
      local length = math.min(count, pageSize - at)
      if length <= 0 then return nil end
      local bytes = unhex(ask("f " .. whole(start + at, "the address") .. " " .. whole(length, "the length")))
      at = at + length
      return bytes
    end,
    write = function(_, bytes)
      if mode == "r" then error("the file is open for reading", 2) end
      if mode == "w" then written = written .. bytes return end
      if at + #bytes > pageSize then error("a write past the end of the page", 2) end
      if #bytes > 0 then tell("W " .. whole(start + at, "the address") .. " " .. hex(bytes)) end
      at = at + #bytes
    end,
    close = function()
      if mode ~= "w" then return end
      if written ~= string.rep("\255", pageSize) then error("a page file is written anew by one page of 0xFF only", 2) end
      tell("E " .. whole(page, "the page"))
    end,
  })
end

local ioModel = strict("io", {
  open = function(name, mode)
    local page = string.match(name, "^store(%d+)$")
    if not page or not ({ ["r"] = true, ["r+"] = true, ["w"] = true })[mode] then
      error("io.open: not modelled: " .. tostring(name) .. " " .. tostring(mode), 2)
    end
    return openPage(tonumber(page), mode)
  end,
})

-- Lua 5.1 of NodeMCU has a C module for this; 5.3 has operators.
local function bitwise(a, b, keep)
  local result, power = 0, 1
  while a > 0 or b > 0 do
    local bitA, bitB = a % 2, b % 2
    if keep(bitA, bitB) then result = result + power end
    a, b, power = (a - bitA) / 2, (b - bitB) / 2, power * 2
  end
  return result
end

local function positive(a, b)
  if a < 0 or b < 0 or a >= 2 ^ 31 or b >= 2 ^ 31 then error("bit operations want 0 to 2^31-1", 3) end
end

local bitModel = strict("bit", {
  band = function(a, b) positive(a, b) return bitwise(a, b, function(x, y) return x + y == 2 end) end,
  bor = function(a, b) positive(a, b) return bitwise(a, b, function(x, y) return x + y > 0 end) end,
  lshift = function(a, n) positive(a * 2 ^ n, n) return a * 2 ^ n end,
  bxor = function(a, b) positive(a, b) return bitwise(a, b, function(x, y) return x ~= y end) end,
})

local function memory()
  local ok, kilobytes = pcall(collectgarbage, "count")
  return ok and math.floor(kilobytes * 1024) or -1
end

local function dispatch(event)
  local words = {}
  for word in string.gmatch(event, "%S+") do words[#words + 1] = word end
  now = tonumber(words[2])
  if words[1] == "start" then image()
  elseif words[1] == "timer" then
    local onFire = timers[words[3]]
    timers[words[3]] = nil
    if onFire then onFire() end
  elseif words[1] == "pin" then
    if watches[words[3]] then watches[words[3]](tonumber(words[3]), tonumber(words[4])) end
  elseif words[1] == "uart" then
    -- NodeMCU calls for every byte.
    local bytes, heard = unhex(words[4] or ""), listeners[words[3]]
    for at = 1, heard and #bytes or 0 do heard(string.sub(bytes, at, at)) end
  elseif words[1] == "memory" then tell("m " .. string.format("%d", memory()))
  else error("unknown event " .. tostring(words[1])) end
  while #tasks > 0 do table.remove(tasks, 1)() end
end

local turns = coroutine.create(function(event)
  while true do
    dispatch(event)
    tell(".")
    event = coroutine.yield(flush())
  end
end)

-- Called by the host: loads the image, "" or what is wrong with it.
local function hostLoad(text)
  local failure
  image, failure = host_load(text, "=image")
  return failure or ""
end

local traceback, resume = debug.traceback, coroutine.resume

-- Called by the host: an event or an answer in, lines out.
local function hostResume(text)
  local ok, out = resume(turns, text)
  if ok then return out end
  local failure = type(out) == "string" and out or type(out) == "table" and tostring(out) or "an error without a text"
  tell("! " .. hex(traceback(turns, failure)))
  tell(".")
  return flush()
end

-- For buses.lua, which adds modules, and sandbox.lua, which makes them the globals of the image.
host_globals = {
  gpio = gpioModel, uart = uartModel, tmr = tmrModel, node = nodeModel, crypto = cryptoModel, sodium = sodiumModel,
  io = ioModel, bit = _VERSION == "Lua 5.1" and bitModel or nil,
  debug = strict("debug", { traceback = debug.traceback, getinfo = debug.getinfo }),
  collectgarbage = memory() < 0 and function() return 0 end or collectgarbage,
  host_load_text = host_load, host_load = hostLoad, host_resume = hostResume, host_strict = strict,
  host_mailbox = { tell = tell, ask = ask, hex = hex, unhex = unhex, want = want, whole = whole },
}
