-- A strict model of NodeMCU's files, LFS, RTC memory and encoder, over files.ts. Runs after buses.lua, before sandbox.lua.

local mailbox, strict = host_globals.host_mailbox, host_globals.host_strict
local tell, ask, hex, unhex, want, whole = mailbox.tell, mailbox.ask, mailbox.hex, mailbox.unhex, mailbox.want, mailbox.whole
local load_text, openPage = host_globals.host_load_text, host_globals.io.open
local open = 0

-- `file` and `io` take what SPIFFS takes: flat names of at most 31 bytes.
local function named(name)
  want("string", name, "the name")
  if #name > 31 or string.find(name, "[^%w%.]") then error("no name of a file here: " .. name, 3) end
  return name
end

local function sizeOf(name) return tonumber(ask("@ size " .. name)) end

local function openFile(name, mode)
  if not ({ ["r"] = true, ["r+"] = true, ["w"] = true, ["a"] = true })[mode] then error("io.open: not modelled: " .. tostring(mode), 3) end
  -- SPIFFS has few handles.
  if open > 0 then error("a second file is opened before the first is closed", 3) end
  if mode == "w" or (mode == "a" and sizeOf(name) < 0) then ask("@ make " .. name) end
  local size = sizeOf(name)
  if size < 0 then return nil, name .. ": No such file or directory" end
  local at = mode == "a" and size or 0
  local closed = false
  open = open + 1
  local function live() if closed then error("the file is closed", 3) end end
  return strict("the file", {
    seek = function(_, from, offset)
      live()
      local base = from == "set" and 0 or from == "end" and size or error("file:seek from " .. tostring(from), 2)
      if base + offset < 0 or base + offset > size then
        if base + offset < 0 then return nil end
        error("file:seek out of the file", 2)
      end
      at = base + offset
      return at
    end,
    read = function(_, count)
      live()
      if mode ~= "r" and mode ~= "r+" then error("the file is open for writing", 2) end
      local length = math.min(count, size - at)
      if length <= 0 then return nil end
      local bytes = unhex(ask("@ read " .. name .. " " .. whole(at, "the place") .. " " .. whole(length, "the length")))
      at = at + length
      return bytes
    end,
    write = function(file, bytes)
      live()
      if mode == "r" then error("the file is open for reading", 2) end
      if ask("@ put " .. name .. " " .. whole(at, "the place") .. " " .. hex(want("string", bytes, "what is written"))) == "full" then return nil end
      at = at + #bytes
      size = math.max(size, at)
      return file
    end,
    close = function()
      live()
      closed = true
      open = open - 1
    end,
  })
end

host_globals.io = strict("io", {
  open = function(name, mode)
    if string.find(name, "^store%d+$") then return openPage(name, mode) end
    return openFile(named(name), mode)
  end,
})

host_globals.file = strict("file", {
  exists = function(name) return sizeOf(named(name)) >= 0 end,
  remove = function(name) ask("@ remove " .. named(name)) end,
  rename = function(from, to) return ask("@ rename " .. named(from) .. " " .. named(to)) == "done" end,
  list = function()
    local found = {}
    for name, size in string.gmatch(ask("@ list"), "(%S+)=(%d+)") do found[name] = tonumber(size) end
    return found
  end,
  fsinfo = function()
    local left, used = string.match(ask("@ info"), "(%d+) (%d+)")
    return tonumber(left), tonumber(used), tonumber(left) + tonumber(used)
  end,
})

local function wholeFile(name)
  local size = sizeOf(name)
  return size >= 0 and unhex(ask("@ read " .. name .. " 0 " .. whole(size, "the length"))) or nil
end

host_globals.loadfile = function(name)
  local text = wholeFile(named(name))
  if not text then return nil, "cannot open " .. name end
  return load_text(text, "=" .. name)
end

-- A restart in the middle of what runs: nothing comes after it.
local function restartNow()
  tell("R")
  tell(".")
  while true do ask(".") end
end

local nodeBefore = host_globals.node
host_globals.node = strict("node", setmetatable({
  setonerror = function(run) want("function", run, "what is called") end,
  heap = function() return tonumber(ask("@ heap")) end,
  info = function(what)
    if what ~= "lfs" then return nodeBefore.info(what) end
    return { lfs_size = tonumber(ask("@ lfsroom")) }
  end,
  LFS = strict("node.LFS", {
    -- Of an LFS image here: "\27Lua", the text of its module `lock` or nothing where there is none, 16 digits.
    get = function(name)
      local image = unhex(ask("@ lfs"))
      if image == "" then return nil end
      local text = string.sub(image, 5, -17)
      if name == "lock" and text ~= "" then return assert(load_text(text, "=lock")) end
      if name == "lockid" then return function() return string.sub(image, -16) end end
      return nil
    end,
    reload = function(name)
      if ask("@ reload " .. named(name)) ~= "done" then return "No LFS partition allocated" end
      restartNow()
    end,
  }),
}, { __index = function(_, key) return nodeBefore[key] end }))

-- Word 0 is the mark of a wanted restart, which the host tells as a cause.
host_globals.rtcmem = strict("rtcmem", {
  read32 = function(at)
    if at == 0 and ask("b") == "1" then return 0x4C4F434B end
    return tonumber(ask("@ rtc " .. whole(at, "the word")))
  end,
  write32 = function(at, value) ask("@ rtc " .. whole(at, "the word") .. " " .. whole(value, "the value")) end,
})

local digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

local function decode(text)
  local body = string.gsub(string.gsub(text, "=$", ""), "=$", "")
  if #text % 4 ~= 0 or string.find(body, "[^%w%+/]") or #body % 4 == 1 then error("Invalid base64 string", 3) end
  local parts, value, bits = {}, 0, 0
  for at = 1, #body do
    value, bits = value * 64 + string.find(digits, string.sub(body, at, at), 1, true) - 1, bits + 6
    if bits >= 8 then
      bits = bits - 8
      local power = 2 ^ bits
      local byte = math.floor(value / power)
      parts[#parts + 1] = string.char(byte)
      value = math.floor(value - byte * power)
    end
  end
  return table.concat(parts)
end

host_globals.encoder = strict("encoder", {
  fromBase64 = function(text) return decode(want("string", text, "the text")) end,
  toHex = function(bytes) return hex(want("string", bytes, "the bytes")) end,
})

-- As init.lua leaves them; it may set them, and nothing else.
host_globals.placeRuns, host_globals.placeSequence = 0, 1
