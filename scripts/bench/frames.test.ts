/** No driver keeps the loop for longer than 5 ms on Node.js. */
import { Engine, Image } from "../../hal/platform/sim/chip";
import { simEngine } from "../../test/engines/sim";
import { image, longestCall } from "./frames";
import { parts } from "./part-stories";

const limitMs = 5;
/**
 * Every play makes the same calls, and each counts by its shortest time: a machine that stands still now and then
 * must do so at the same call of all plays to be taken for a driver. The longest are 0.2 ms, and the keypad's 3.6,
 * of which 3.5 are computed: its 150 bytes on the wire.
 */
const plays = 5;

test.each(parts)("$name keeps the loop for less than 5 ms", (part) => {
  expect(longestCall(simEngine(image), part, plays)).toBeLessThan(limitMs);
});

/** Blocks once in the story: when it is told to remove a template. */
function blocking(engine: Engine): Engine {
  return (chip) => {
    const inner = engine(chip);
    const image: Image = Object.create(inner, {
      received: { value: (port: number, bytes: string) => {
        inner.received(port, bytes);
        if (port !== 0 || bytes !== "x") return;
        const end = performance.now() + 2 * limitMs;
        while (performance.now() < end) continue;
      } },
    });
    return image;
  };
}

test("a driver that blocks is seen", () => {
  expect(longestCall(blocking(simEngine(image)), parts[0], plays)).toBeGreaterThan(limitMs);
});
