-- The first thing that runs on the chip, as `init.lua` of its file system. For Lua 5.1 and 5.3.
--
-- Closes the Lua prompt (the lock's console takes the UART), then starts the image of one of two places.
-- Place n is the files headn (written last: "LOCK1", sequence in 6 digits, length in 8, SHA-256 of the image
-- in 64, the first 8 of SHA-256 over all that), lockn (the image), triesn (a byte for each start on trial, three
-- when its minute is over), worksn (the image has been confirmed) and loadsn (a byte for each time that it did not
-- become a function: LFS did not take it, or its text is no Lua or too long). The highest sequence that works or is
-- still on trial is started. Before it is confirmed its digest is looked at.
--
-- An image that hangs starves the idle task, for which NodeMCU's own watchdog restarts the chip after seconds: one trial.
--
-- An image is an LFS image of luac.cross with 16 digits behind it, which its module `lockid` returns too: LFS holds
-- one image, and so it is known which. Or it is Lua text, where there is memory for it.
uart.on(0, "data", 0, function() end, 0)

local MINUTE, CRASHES = 60000, 0x4C4F0000
local runs, sequence, onTrial = -1, -1, false

-- Errors since the supply came or the image ran for a minute. Any other value is what RTC memory begins with.
local crashes = rtcmem.read32(1) - CRASHES
if crashes < 0 or crashes > 3 then crashes = 0 end

-- Without the mark of a wanted restart (power.ts): the next boot tells of a crash. All pins float meanwhile.
local function crash()
  rtcmem.write32(1, CRASHES + crashes + 1)
  node.restart()
end
node.setonerror(crash)

local function rest()
  rtcmem.write32(1, CRASHES)
  tmr.create():alarm(MINUTE, tmr.ALARM_SINGLE, function() node.restart() end)
end

local function read(name, from, count)
  local file = io.open(name, "r")
  if not file then return "" end
  file:seek(from < 0 and "end" or "set", from)
  local bytes = file:read(count) or ""
  file:close()
  return bytes
end

local function marks(name) return #read(name, 0, 3) end

-- Three marks say everything.
local function mark(name)
  local file = marks(name) < 3 and io.open(name, "a")
  if not file then return end
  file:write("x")
  file:close()
end

local function hash(name, length)
  local hasher, file, left = crypto.new_hash("SHA256"), io.open(name, "r"), length
  if not file then return "" end
  while left > 0 do
    local bytes = file:read(left < 1024 and left or 1024)
    if not bytes then break end
    hasher:update(bytes)
    left = left - #bytes
  end
  file:close()
  return left == 0 and encoder.toHex(hasher:finalize()) or ""
end

local function check(text)
  local hasher = crypto.new_hash("SHA256")
  hasher:update(text)
  return string.sub(encoder.toHex(hasher:finalize()), 1, 8)
end

local function look(place, lastChance)
  local head = read("head" .. place, 0, 128)
  local text = string.sub(head, 1, 83)
  if #head ~= 91 or string.sub(text, 1, 5) ~= "LOCK1" or check(text) ~= string.sub(head, 84) then return end
  local number, works = tonumber(string.sub(text, 6, 11)), file.exists("works" .. place)
  if number <= sequence then return end
  if not lastChance and (marks("loads" .. place) > 2 or (not works and marks("tries" .. place) > 2)) then return end
  if not works and hash("lock" .. place, tonumber(string.sub(text, 12, 19))) ~= string.sub(text, 20, 83) then return end
  runs, sequence, onTrial = place, number, not works
end

local function choose()
  look("0", false)
  look("1", false)
  if sequence >= 0 then return end
  look("0", true)
  look("1", true)
end

-- The image as a function; none when the chip is to rest or restarts by itself. Marked before what may fail, or end in a restart.
local function image()
  local name, loads = "lock" .. runs, "loads" .. runs
  if read(name, 0, 4) ~= "\27Lua" then
    mark(loads)
    local run = assert(loadfile(name))
    file.remove(loads)
    return run
  end
  local id = node.LFS.get("lockid")
  local run = id and id() == read(name, -16, 16) and node.LFS.get("lock")
  if run then
    if file.exists(loads) then file.remove(loads) end
    return run
  end
  mark(loads)
  -- Erases LFS, copies the image and restarts; a cut in between leaves an LFS that is none. Returns only if it cannot.
  node.LFS.reload(name)
end

-- A minute without a word that it works, and its trials are used up: the other place's image is the next to start.
local function ranForAMinute()
  rtcmem.write32(1, CRASHES)
  if not onTrial or file.exists("works" .. runs) then return end
  for _ = 1, 3 do mark("tries" .. runs) end
  node.restart()
end

local function start()
  choose()
  local run = sequence >= 0 and image()
  if not run then return rest() end
  if onTrial then mark("tries" .. runs) end
  placeRuns, placeSequence = tonumber(runs), sequence
  tmr.create():alarm(MINUTE, tmr.ALARM_SINGLE, ranForAMinute)
  run()
end

-- Three errors in a row, and the chip rests for a minute with nothing driven.
if crashes > 2 then rest() elseif not pcall(start) then crash() end
