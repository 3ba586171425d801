/*
 * The globals of Espruino that the platform uses, over the mailbox of guest.ts. One text for the
 * stand-in (espruino-js) and for the real interpreter, so it is written in what that one accepts:
 * functions before their use, no Map, no regular expressions.
 *
 * exchange(lines) sends lines and returns the answer. native has what only the machine can do:
 * run() the image, bytesOf(text), memory() in bytes, SHA256(bytes) or null.
 * The value of this text is the function that takes an event and returns the last lines of the turn.
 */
(function (exchange, native) {
  var lines = [];

  function flush() {
    var text = lines.join("\n");
    lines = [];
    return text;
  }

  var now = 0;
  var watches = {};
  var timers = {};
  var lastTimer = 0;
  var listeners = {};
  var flashStart = 0x310000;
  var flashEnd = 0x320000;
  var storage = 0x10000000;
  var confirmedAt = -1;
  var resetState = 0x3FF48034;
  var store0 = 0x3FF4804C;
  var randomData = 0x3FF75144;
  var restartMark = 0x4C4F434B;
  var mark = -1;
  var pwmPins = [];
  var watchdogMs = 0;
  var kickedAt = 0;

  // A turn that erases a store has hundreds of facts: they must not fill the memory that is tested.
  var most = 32;

  function tell(line) {
    lines.push(line);
    if (lines.length >= most && line !== ".") goOn();
  }

  function goOn() {
    lines.push("+");
    exchange(flush());
  }

  function ask(line) {
    tell(line);
    return exchange(flush());
  }

  /* What the image must not do where it catches exceptions: told at once, or nobody would hear of it. */
  function fault(text) {
    ask("! " + btoa(text));
    return new Error(text);
  }

  function pinNumber(pin) {
    if (!(pin instanceof Pin)) throw new Error("a pin is made by new Pin(number)");
    return pin.number;
  }

  function flashAddress(address, length) {
    if (address < flashStart || address + length > flashEnd) throw new Error("flash address " + address + " is not of the free area");
    return address - flashStart;
  }

  function newSerial(port) {
    var ready = false;
    return {
      setup: function (baud, options) {
        if (typeof baud !== "number") throw new Error("Serial.setup wants a baud rate");
        pinNumber(options.tx);
        pinNumber(options.rx);
        ready = true;
      },
      on: function (event, listener) {
        if (!ready || event !== "data") throw new Error("Serial.on: set the port up, then listen to data");
        listeners[port] = listener;
      },
      write: function (bytes) {
        if (!ready) throw new Error("Serial.write: the port is not set up");
        if (bytes.length > 0) tell("s " + port + " " + btoa(bytes));
      }
    };
  }

  // A port that the interpreter has keeps its object: not all of them can be replaced.
  function install(name, model) {
    var real = global[name];
    if (!real) global[name] = model;
    else for (var member in model) real[member] = model[member];
  }

  function newI2c(bus) {
    var ready = false;
    var register = null;
    return {
      setup: function (options) {
        pinNumber(options.sda);
        pinNumber(options.scl);
        if (ready || !(options.bitrate > 0 && options.bitrate <= 400000)) throw new Error("I2C.setup twice, or at " + options.bitrate);
        ready = true;
      },
      writeTo: function (address, data) {
        if (!ready || register !== null) throw fault("I2C.writeTo: the bus is not set up, or a register was named and not read");
        if (typeof data === "number") register = address + " " + data;
        else if (typeof data !== "string" || data.length === 0) throw fault("I2C.writeTo of nothing is not sent at all");
        else if (ask("i " + bus + " " + address + " " + btoa(data)) !== "1") throw new Error("jshI2CWrite: slave doesn't ACK the transfer");
      },
      readFrom: function (address, count) {
        var question = register + " " + count;
        register = null;
        if (question.indexOf(address + " ") !== 0 || !(count > 0)) throw fault("I2C.readFrom: name a register of the same part first");
        var bytes = ask("I " + bus + " " + question);
        if (bytes === "") throw new Error("jshI2CRead: slave doesn't ACK the transfer");
        return native.bytesOf(atob(bytes));
      }
    };
  }

  function cause() {
    return parseInt(ask("b"), 10);
  }

  function randomWord() {
    var bytes = atob(ask("n 4"));
    return ((bytes.charCodeAt(0) * 256 + bytes.charCodeAt(1)) * 256 + bytes.charCodeAt(2)) * 256 + bytes.charCodeAt(3);
  }

  function hash(bytes) {
    return native.bytesOf(atob(ask("h " + btoa(bytes))));
  }

  function failureText(error) {
    var text = "" + error;
    if (error && error.stack) text += "\n" + error.stack;
    return text;
  }

  function fire(id) {
    var timer = timers[id];
    if (timer === undefined) return;
    delete timers[id];
    timer.onFire(timer.argument);
  }

  function dispatch(words) {
    var kind = words[0];
    if (kind === "start") native.run();
    else if (kind === "timer") fire(parseInt(words[2], 10));
    else if (kind === "uart") { if (listeners[words[2]]) listeners[words[2]](atob(words[3])); }
    else if (kind === "pin") {
      var watch = watches[words[2]];
      if (watch) watch.onEdge({ pin: watch.pin, state: words[3] === "1", time: now / 1000 });
    }
    else if (kind === "memory") tell("m " + native.memory());
    else throw new Error("unknown event " + kind);
  }

  global.Pin = function (number) {
    if (typeof number !== "number" || number < 0 || number > 39) throw new Error("no pin " + number);
    this.number = number;
  };
  global.Pin.prototype.toString = function () { return "D" + this.number; };
  global.pinMode = function (pin, mode) {
    pinNumber(pin);
    if (["input", "input_pullup", "input_pulldown", "output"].indexOf(mode) < 0) throw new Error("no pin mode " + mode);
  };
  global.digitalRead = function (pin) {
    return parseInt(ask("r " + pinNumber(pin)), 10);
  };
  global.digitalWrite = function (pin, level) {
    if (level !== 0 && level !== 1) throw new Error("digitalWrite of " + level);
    tell("w " + pinNumber(pin) + " " + level);
    // At once: the host measures when a pin moves.
    goOn();
  };
  global.analogRead = function (pin) {
    var number = pinNumber(pin);
    if (number < 32) throw new Error("analogRead of pin " + number + " is NaN");
    return Math.round(parseInt(ask("a " + number), 10) * 4095 / 3300) / 4096;
  };
  global.analogWrite = function (pin, share, options) {
    var number = pinNumber(pin);
    if (number === 25 || number === 26 || number > 33) throw new Error("analogWrite: pin " + number + " has no PWM");
    if (!(share >= 0 && share <= 1) || !(options.freq >= 1)) throw new Error("analogWrite of " + share + " at " + options.freq);
    if (pwmPins.indexOf(number) < 0) pwmPins.push(number);
    if (pwmPins.length > 3) throw new Error("no PWM channel available anymore");
    tell("p " + number + " " + options.freq + " " + Math.round(share * 1000));
  };
  global.setWatch = function (onEdge, pin, options) {
    var number = pinNumber(pin);
    if (options.repeat !== true || options.edge !== "both" || options.debounce !== 0) throw new Error("setWatch: other options are not modelled");
    if (watches[number]) throw new Error("pin " + number + " is watched twice");
    watches[number] = { pin: pin, onEdge: onEdge };
    return number + 1;
  };
  global.setTimeout = function (onFire, ms, argument) {
    if (typeof onFire !== "function" || typeof ms !== "number" || !(ms >= 0)) throw new Error("setTimeout of " + ms);
    lastTimer++;
    timers[lastTimer] = { onFire: onFire, argument: argument };
    tell("t " + lastTimer + " " + ms);
    return lastTimer;
  };
  global.clearTimeout = function (id) {
    if (id === undefined) throw new Error("clearTimeout(undefined) not allowed. Use clearTimeout() instead");
    if (timers[id] === undefined) return;
    delete timers[id];
    tell("t " + id + " -1");
  };
  global.getTime = function () {
    return now / 1000;
  };
  install("Serial1", newSerial(0));
  install("Serial2", newSerial(1));
  install("Serial3", newSerial(2));
  install("I2C1", newI2c(0));
  install("I2C2", newI2c(1));
  global.peek32 = function (address) {
    if (address === randomData) return randomWord();
    if (address === resetState) return [1, 12, 8, 12][cause()];
    if (address !== store0) throw new Error("peek32 of an address that is not modelled");
    return mark >= 0 ? mark : cause() === 1 ? restartMark : 0;
  };
  global.poke32 = function (address, value) {
    if (address !== store0) throw new Error("poke32 of an address that is not modelled");
    mark = value;
  };
  global.require = function (name) {
    if (name === "crypto") return { SHA256: native.SHA256 || hash };
    if (name === "Flash") return global.Flash;
    // Asked for one byte only: whether the image was confirmed. The file is the first one, behind its head of 32 bytes.
    if (name === "Storage") return { read: function (file, offset, length) {
      if (file !== "lock" || length !== 1) throw new Error("only a mark of a place is modelled");
      return storage + 32 + offset === confirmedAt ? "\0" : "\xff";
    } };
    throw new Error("module " + name + " is not modelled");
  };
  global.Flash = {
    read: function (length, address) {
      if (!(length > 0)) return undefined;
      return native.bytesOf(atob(ask("f " + flashAddress(address, length) + " " + length)));
    },
    write: function (bytes, address) {
      // The confirmation of a new image, which goes to the Storage.
      if (address >= storage) {
        if (bytes === "\0") confirmedAt = address;
        return;
      }
      if (bytes.length > 0) tell("W " + flashAddress(address, bytes.length) + " " + btoa(bytes));
    },
    erasePage: function (address) {
      // The free place, whose content nobody asks for.
      if (address >= storage) return;
      tell("E " + Math.floor(flashAddress(address, 1) / 4096));
    }
  };
  global.placeRuns = 0;
  // An update: a fresh installation would be looked for in the Storage.
  global.placeSequence = 2;
  process.env = { BOARD: "LINUX", VERSION: "2v29" };
  process.on = function (event) {
    if (event !== "uncaughtException") throw new Error("process.on " + event);
  };
  E.on = function (event) {
    if (event !== "errorFlag") throw new Error("E.on " + event);
  };
  E.enableWatchdog = function (seconds, isAuto) {
    if (seconds !== Math.round(seconds) || isAuto !== false) throw new Error("E.enableWatchdog: whole seconds, kicked by hand");
    watchdogMs = seconds * 1000;
    kickedAt = now;
  };
  E.kickWatchdog = function () { kickedAt = now; };
  E.setConsole = function (device, options) {
    if (device !== null || options.force !== true) throw new Error("the console must be taken off for good");
  };
  E.hwRand = function () {
    return 2002641757;
  };
  E.reboot = function () {
    if (mark !== restartMark) throw new Error("a restart that is not marked would be told as a crash");
    tell("R");
  };

  return function (event) {
    var words = event.split(" ");
    now = parseInt(words[1], 10);
    try {
      if (watchdogMs > 0 && now - kickedAt > watchdogMs) throw new Error("nobody kicked the watchdog");
      dispatch(words);
    } catch (error) {
      tell("! " + btoa(failureText(error)));
    }
    tell(".");
    return flush();
  };
})
