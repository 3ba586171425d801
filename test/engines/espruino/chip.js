/*
 * What an ESP32 has and the interpreter's Linux program lacks, for an image that is started by its own
 * boot file: as `.bootPowerOn` it runs before that. Pins and buses are dead, so every part is silent;
 * the raw flash at 0x310000 is the end of the Storage. The console's UART writes to out.txt; it hears the
 * lines of in.txt, or `version` where there is none; then it says how many variables are in use.
 */
(function () {
  var files = require("fs"), flash = require("Flash");
  var read = flash.read, write = flash.write, erasePage = flash.erasePage, memory = process.memory;
  var registers = {};
  function nothing() {}
  function at(address) { return address < 0x10000000 ? address - 0x310000 + 0x100D0000 : address; }
  function print(text) { files.appendFileSync("out.txt", text); }

  registers[0x3FF48034] = 1;
  global.peek32 = function (address) { return address === 0x3FF75144 ? E.hwRand() : registers[address] || 0; };
  global.poke32 = function (address, value) { registers[address] = value; };
  flash.read = function (length, address) { return read(length, at(address)); };
  flash.write = function (bytes, address) { return write(bytes, at(address)); };
  flash.erasePage = function (address) { return erasePage(at(address)); };
  global.Pin = function (number) { this.number = number; };
  global.Pin.prototype.toString = function () { return "D" + this.number; };
  global.pinMode = global.digitalWrite = global.analogWrite = global.setWatch = nothing;
  global.digitalRead = function () { return 0; };
  global.analogRead = function () { return 0.5; };
  I2C1.setup = nothing;
  I2C1.writeTo = function () { throw new Error("nobody is there"); };
  E.enableWatchdog = E.kickWatchdog = nothing;
  E.reboot = function () { print("reboot\n"); };
  [Serial2, Serial3].forEach(function (port) { port.setup = port.on = port.write = nothing; });
  Serial1.setup = nothing;
  Serial1.write = print;
  Serial1.on = function (event, heard) {
    var given = files.readFileSync("in.txt");
    var lines = given === undefined ? ["version"] : given.split("\n");
    function next() {
      if (lines.length === 0) {
        setTimeout(function () { print("variables " + memory().usage + "\n"); }, 1200);
        return;
      }
      heard(lines.shift() + "\n");
      setTimeout(next, 1);
    }
    setTimeout(next, 300);
  };
})();
