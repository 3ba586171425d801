/*
 * The least that an unlocking can be: at an edge one digest of 64 bytes, and a pin is driven. It runs beside the lock,
 * at pins that the lock has not got: what a digest takes depends on how the memory is filled.
 */
(function () {
  var crypto = require("crypto");
  var bytes = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
  var out = new Pin(OUT);
  setWatch(function () {
    crypto.SHA256(bytes);
    digitalWrite(out, 1);
  }, new Pin(IN), { repeat: true, edge: "both", debounce: 0 });
})
