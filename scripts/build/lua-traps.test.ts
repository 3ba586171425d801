import { oddArithmetic, oddIn } from "./lua-traps";

test("no quotient is printed or counted with as it is, and no remainder is of a negative", () => {
  expect(oddArithmetic()).toEqual([
    // At least 1 there: 0 is "leave it as it is".
    "firmware/runtime/apply.ts: (out.remove - 1) % 4096",
    // A real number on purpose, rounded where it is used.
    "hal/drivers/battery/driver.ts: (options.upperOhms + options.lowerOhms) / options.lowerOhms",
    "hal/drivers/battery/driver.ts: (options.upperOhms + options.lowerOhms) / options.lowerOhms * (1000000 + options.gainPpm) / 1000000",
    // Halves of even figures, as lengths only.
    "hal/drivers/efaa/names.ts: DIGEST_SIZE / 2",
    "hal/drivers/efaa/names.ts: DRAWN_SIZE / 2",
    "hal/drivers/efaa/names.ts: SECRET_SIZE / 2",
  ]);
});

test.each([
  ["a / 2", true], ["Math.floor(a / 2)", false], ["Math.floor((a + 1) / 2 + 0.5)", false], ["Math.floor(f(a / 2))", true], ["a / 2 > b", false],
  ["(a - b) % 7", true], ["(a - b + 7) % 7", false], ["(a - b + W) % W", false], ["-a % 7", true], ["(a + b) % 7", false], ["(a * b - c) % 7", true],
])("%s", (text, isOdd) => {
  expect(oddIn("x.ts", `x = ${text};`).length > 0).toBe(isOdd);
});
