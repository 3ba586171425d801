/** Every platform's ports behave alike, on every engine there is. */
import { behaviours } from "../../hal/conformance/behaviours";
import { engineByName, engineNames } from ".";

const image = { board: "sim", main: "hal/conformance/image" };

describe.each(engineNames)("%s", (name) => {
  const engine = engineByName(name, image);
  if (typeof engine === "string") {
    // The reason stands in the name of the skipped test.
    test.skip(`cannot run: ${engine}`, () => undefined);
    return;
  }
  test.each(behaviours)("$name", ({ check }) => check(engine));
});
