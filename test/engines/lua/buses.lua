-- A strict model of NodeMCU's modules i2c, adc and ledc. Runs after prelude.lua, before sandbox.lua.

local mailbox = host_globals.host_mailbox
local tell, ask, hex, unhex = mailbox.tell, mailbox.ask, mailbox.hex, mailbox.unhex
local strict, want, whole = host_globals.host_strict, mailbox.want, mailbox.whole

-- What is queued on each hardware bus: the operations as one text, and their data.
local queues = {}

local function queue(id)
  if not queues[id] then error("i2c bus " .. tostring(id) .. " is not set up", 3) end
  return queues[id]
end

local function enqueue(id, operation, datum)
  local of = queue(id)
  of.operations = of.operations .. operation .. " "
  of[#of + 1] = datum
end

local function acknowledgedWrite(bus, of)
  return nil, ask("i " .. bus .. " " .. of[1] .. " " .. hex(of[2])) == "1"
end

local function acknowledgedRead(bus, of)
  if of[1] ~= of[3] then error("a register of one part is named, another part is read", 3) end
  local bytes = unhex(ask("I " .. bus .. " " .. of[1] .. " " .. of[2] .. " " .. of[4]))
  if bytes == "" then return nil, false end
  return bytes, true
end

-- The two transactions that the platform makes.
local transactions = {
  ["start to write stop "] = acknowledgedWrite,
  ["start to register start from read stop "] = acknowledgedRead,
}

host_globals.i2c = strict("i2c", {
  HW0 = 1, HW1 = 2, FAST = 400000, TRANSMITTER = 0, RECEIVER = 1,
  setup = function(id, sda, scl, speed)
    if queues[id] or (id ~= 1 and id ~= 2) then error("i2c.setup of bus " .. tostring(id) .. ": panic", 2) end
    whole(sda, "sda")
    whole(scl, "scl")
    if speed > 400000 then error("i2c at " .. tostring(speed) .. " Hz", 2) end
    queues[id] = { operations = "" }
    return 1600
  end,
  start = function(id) enqueue(id, "start") end,
  stop = function(id) enqueue(id, "stop") end,
  address = function(id, address, direction)
    if address < 0 or address > 127 then error("i2c address out of 7-bit range", 2) end
    enqueue(id, direction == 0 and "to" or "from", whole(address, "the address"))
    return true
  end,
  write = function(id, data)
    if type(data) ~= "number" then
      if #want("string", data, "what is written") == 0 then error("a write of nothing is nothing on other platforms", 2) end
      enqueue(id, "write", data)
      return #data
    end
    if data < 0 or data > 255 then error("numeric value for i2c.write does not fit in 1 byte", 2) end
    enqueue(id, "register", whole(data, "the register"))
    return 1
  end,
  read = function(id, count)
    if count < 1 then error("i2c read size of 0 is invalid", 2) end
    enqueue(id, "read", whole(count, "the count"))
  end,
  -- What raises in here is an error of the bus to the image: what is wrong with the image ends the turn instead.
  transfer = function(id, timeout)
    local of = queue(id)
    queues[id] = { operations = "" }
    local transaction = transactions[of.operations]
    if not transaction or timeout < 10 then ask("! " .. hex("i2c.transfer: not modelled so: " .. of.operations)) end
    return transaction(whole(id - 1, "the bus"), of)
  end,
})

local width
local attenuated = {}
local pinOf = { [0] = 36, 37, 38, 39, 32, 33, 34, 35 }

host_globals.adc = strict("adc", {
  ADC1 = 1, ATTEN_11db = 3,
  setwidth = function(number, bits)
    if number ~= 1 or bits ~= 12 then error("adc.setwidth: only 12 bits of ADC1 are modelled", 2) end
    width = bits
  end,
  setup = function(number, channel, attenuation)
    if number ~= 1 or not pinOf[channel] or attenuation ~= 3 then error("adc.setup: not modelled so", 2) end
    attenuated[channel] = true
  end,
  read = function(number, channel)
    if number ~= 1 or not width or not attenuated[channel] then error("adc.read: the channel is not set up", 2) end
    return math.floor(tonumber(ask("a " .. whole(pinOf[channel], "the pin"))) * 4095 / 3300 + 0.5)
  end,
})

-- Which pin each timer, with the channel of the same number, works for.
local pinOfTimer = {}

host_globals.ledc = strict("ledc", {
  TIMER_10_BIT = 10, HIGH_SPEED = 0, TIMER_0 = 0, CHANNEL_0 = 0, IDLE_LOW = 0,
  newChannel = function(settings)
    local pin, timer = whole(settings.gpio, "the pin"), settings.timer
    if settings.bits ~= 10 or settings.mode ~= 0 or settings.channel ~= timer then error("ledc.newChannel: not modelled so", 2) end
    if timer ~= 0 and timer ~= 1 and timer ~= 2 then error("ledc has no timer " .. tostring(timer), 2) end
    if (pinOfTimer[timer] or pin) ~= pin then error("timer " .. timer .. " works for another pin", 2) end
    if settings.frequency < 1 or settings.duty < 0 or settings.duty > 1024 then error("ledc.newChannel: out of range", 2) end
    pinOfTimer[timer] = pin
    -- The one permille that gives this duty.
    local permille = math.ceil(want("number", settings.duty, "the duty") * 1000 / 1024)
    tell("p " .. pin .. " " .. whole(settings.frequency, "the frequency") .. " " .. whole(permille, "the share"))
    return strict("the channel", {
      stop = function(_, idle)
        if idle ~= 0 then error("a channel is stopped low", 2) end
        tell("p " .. pin .. " 0 0")
      end,
    })
  end,
})

-- Lua 5.1 cannot yield through its pcall, as a question inside it does: there it runs in a coroutine of its own.
if _VERSION == "Lua 5.1" then
  pcall = function(run, ...)
    local thread = coroutine.create(run)
    local function goOn(ok, ...)
      if not ok or coroutine.status(thread) == "dead" then return ok, ... end
      return goOn(coroutine.resume(thread, coroutine.yield(...)))
    end
    return goOn(coroutine.resume(thread, ...))
  end
end
