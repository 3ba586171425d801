/*
 * Runs in the real interpreter, after the text of prelude.js has been put into PRELUDE. Each line
 * group travels with its length before it, in 6 characters; reading and writing block, so host and
 * image go in lock-step and nothing else of the interpreter runs.
 */
/* It has a name: in a stack trace, which each exception has, a function without one stands with its whole text. */
function main() {
  // First, as on the chip: what was named first is found first.
  global.F = "";
  global.L = Function;
  var inbox = E.openFile("in.fifo", "r");
  var outbox = E.openFile("out.fifo", "w");
  var nativeMemory = process.memory;
  var storage = require("Storage");
  var SHA256 = require("crypto").SHA256;
  var before = 0;
  var ballast = [];

  /* As if the chip had only so many variables for the image. */
  function leave(free) {
    for (var over = nativeMemory().free - free; free > 0 && over > 0; over = nativeMemory().free - free) {
      for (var i = 0; i < over; i += 2) ballast.push(1e9);
    }
  }

  function exchange(lines) {
    outbox.write((lines.length + "      ").substr(0, 6) + lines);
    var length = inbox.read(6);
    if (length === undefined) quit();
    length = parseInt(length, 10);
    return length > 0 ? inbox.read(length) : "";
  }

  var turn = PRELUDE(exchange, {
    run: function () {
      leave(FREE);
      before = nativeMemory().usage;
      F = storage.read("lock");
      var image = L(F.substr(8, parseInt(F.substr(0, 8), 10)));
      image();
    },
    bytesOf: function (bytes) { return E.toUint8Array(bytes); },
    memory: function () {
      var counted = nativeMemory();
      return (counted.usage - before) * counted.blocksize;
    },
    SHA256: SHA256
  });

  var lines = ".";
  while (true) lines = turn(exchange(lines));
}
main();
