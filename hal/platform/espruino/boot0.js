/*
 * The first thing that runs on the chip, as `.boot0` of the Storage. Written in what the interpreter takes.
 *
 * Closes every way to the JavaScript prompt (UART, Bluetooth, Telnet, Ctrl-C), then starts the image of
 * one of the two places in the file "lock" (places.ts). A place's head: "LOCK1", sequence in 6 digits,
 * length in 8, SHA-256 of the image, 8 bytes of SHA-256 over all that; from byte 128 on a zero for each
 * start on trial, three at most, and in byte 131 a zero once the image has been confirmed. The highest
 * sequence that works or is still on trial is started. Before it is confirmed its digest is looked at.
 */
E.setConsole(null, { force: true });
var F = "", L = Function, placeRuns = 0, placeSequence = -1;
(function () {
  var storage = require("Storage"), flash = require("Flash"), sha256 = require("crypto").SHA256;
  var start = process.env.BOARD.indexOf("LINUX") < 0 ? 0x320000 : 0x10000000;
  var onTrial = false;

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
    onTrial = !works;
    if (tries < 3 && !works) flash.write("\0", start + 4096 + place * 0x40000 + 128 + tries);
  }

  function choose(lastChance) {
    look(0, lastChance);
    look(1, lastChance);
  }

  choose(false);
  if (placeSequence < 0) choose(true);
  // A minute without a word that it works, and the next start may be the other place's.
  if (onTrial) setTimeout(function () {
    if (storage.read("lock", 4096 - 32 + placeRuns * 0x40000 + 131, 1) !== "\0") E.reboot();
  }, 60000);
})();
// By a name: without one each exception at the start would take the whole text of the program into its stack trace.
(function () { var image = L(F.substr(8, parseInt(F.substr(0, 8), 10))); image(); })();
