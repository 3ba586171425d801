/*
 * The first thing that runs on the chip, as `.boot0` of the Storage. Written in what the interpreter takes.
 *
 * Closes every way to the JavaScript prompt (UART, Bluetooth, Telnet, Ctrl-C), then starts the image of
 * one of the two places in the file "lock" (places.ts). A place's head: "LOCK1", sequence in 6 digits,
 * length in 8, SHA-256 of the image, 8 bytes of SHA-256 over all that; from byte 128 on a zero for each
 * start on trial, three at most, all three once its minute is over, and in byte 131 a zero once the image
 * has been confirmed. The highest sequence that works or is still on trial is started. Before it is
 * confirmed its digest is looked at.
 *
 * All of it is one function, so that of a text which was cut as it was written nothing runs, and the prompt
 * stays open for another try. That function and the image are called by a name: without one each exception
 * at the start would take the whole text of what was called into its stack trace.
 */
({ boot: function () {
  E.setConsole(null, { force: true });
  // What was named first is found first.
  global.F = "";
  global.L = Function;
  global.placeRuns = 0;
  global.placeSequence = -1;
  (function () {
    var storage = require("Storage"), flash = require("Flash"), sha256 = require("crypto").SHA256;
    // Where the bytes of the file begin.
    var file = process.env.BOARD.indexOf("LINUX") < 0 ? 0x320020 : 0x10000020;
    var chosen = 0, onTrial = false;

    function look(place, lastChance) {
      var at = 4096 - 32 + place * 0x40000;
      var head = storage.read("lock", at, 256);
      if (head === undefined || head.substr(0, 5) !== "LOCK1") return;
      var text = head.substr(0, 51);
      if (E.toString(sha256(text)).substr(0, 8) !== head.substr(51, 8)) return;
      var sequence = parseInt(head.substr(5, 6), 10);
      var works = head.charCodeAt(131) === 0;
      var tries = 0;
      while (tries < 3 && head.charCodeAt(128 + tries) === 0) tries++;
      if (sequence <= placeSequence || (!works && tries > 2 && !lastChance)) return;
      var image = storage.read("lock", at + 4096, parseInt(head.substr(11, 8), 10));
      if (!works && E.toString(sha256(image)) !== head.substr(19, 32)) return;
      F = image;
      placeRuns = place;
      placeSequence = sequence;
      chosen = at;
      onTrial = !works;
      if (tries < 3 && !works) flash.write("\0", file + at + 128 + tries);
    }

    function choose(lastChance) {
      look(0, lastChance);
      look(1, lastChance);
    }

    choose(false);
    if (placeSequence < 0) choose(true);
    if (!onTrial) return;
    // For an image that hangs before it has set up its own (power.ts), which then takes the place of this one: each call sets
    // ESP-IDF's task watchdog anew, in whole seconds, days at most. Nothing kicks it by itself; such a restart is one trial.
    E.enableWatchdog(30, false);
    // A minute without a word that it works, and its trials are used up: the next start is the other place's.
    setTimeout(function () {
      if (storage.read("lock", chosen + 131, 1) === "\0") return;
      flash.write("\0\0\0", file + chosen + 128);
      E.reboot();
    }, 60000);
  })();
  var image = L(F.substr(8, parseInt(F.substr(0, 8), 10)));
  image();
} }).boot();
