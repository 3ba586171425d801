/*
 * Stands around the harness's prelude in the interpreter: behind the lines of each exchange travels for how many
 * microseconds the interpreter worked since the last one, by its own clock. What an exchange takes, and the
 * host meanwhile, is in no figure. Behind the image another program is started: floor.js.
 */
(function (prelude, beside) {
  var clock = getTime;
  var begun = 0;

  function timed(lines) {
    return lines + "\n" + Math.round((clock() - begun) * 1000000);
  }

  return function (exchange, native) {
    var run = native.run;
    native.run = function () {
      run();
      beside();
    };
    var turn = prelude(function (lines) {
      var answer = exchange(timed(lines));
      begun = clock();
      return answer;
    }, native);
    return function (event) {
      begun = clock();
      return timed(turn(event));
    };
  };
})
