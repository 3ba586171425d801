import { fakeBoard, newFakeLock } from "../../test/rig/fake-lock";
import { parseScenario } from "./parse";
import { shrink, Shrunk, Whole } from "./shrink";

/** A lock that forgets what it was told, but only after `spoil`. */
function shrunkOf(...lines: string[]): Promise<Shrunk | Whole> {
  let spoiled = false;
  const { engine } = newFakeLock({
    spoil: () => { spoiled = true; },
    name: (_chip, print) => print(spoiled ? "@1 name none" : "@1 name lock"),
  });
  const fresh: typeof engine = (chip) => {
    spoiled = false;
    return engine(chip);
  };
  return shrink("t.scn", ["# K1: a long story", ...lines].join("\n"), { engine: fresh, board: fakeBoard });
}

async function run(...lines: string[]): Promise<Shrunk> {
  const shrunk = await shrunkOf(...lines);
  if (typeof shrunk === "string") throw new Error(`there is nothing to shrink: ${shrunk}`);
  return shrunk;
}

const story = ["> say a", "< a", "> say b", "+20s", "< b", "> spoil", "! fail", "> say c", "= ok", "+2m", "> name", "< name lock", "> say d"];

test("what is left fails alone, and each of its lines is needed", async () => {
  const shrunk = await run(...story);
  expect(shrunk).toMatchObject({ before: story.length, after: 3 });
  expect(shrunk.text).toBe("# K1: what still fails\n> spoil\n> name\n< name lock\n");
});

test("a wait that is needed becomes as short as it may be", async () => {
  const shrunk = await run("> say a", "> later 3000", "! timer", "+20s", "> say b");
  expect(shrunk.text).toBe("# K1: what still fails\n> later 3000\n! timer\n+5s\n");
});

test("what is left is a scenario again, and fails", async () => {
  const shrunk = await run("> say a", "= ok", "> fly", "< a");
  expect(shrunk.text).toBe("# K1: what still fails\n> fly\n< a\n");
  expect(() => parseScenario("t.scn", shrunk.text)).not.toThrow();
});

test("a fault of the image is shrunk too", async () => {
  const shrunk = await run("> say a", "> say b", "> crash", "= ok");
  expect(shrunk.text).toBe("# K1: what still fails\n> crash\n= ok\n");
});

test.each<[string[], Whole]>([[["> say a", "< a"], "passes"], [["? what"], "unreadable"]])("%p has nothing to shrink: %s", async (lines, why) => {
  expect(await shrunkOf(...lines)).toBe(why);
});

test("what a bench must have is kept", async () => {
  expect((await run("# needs: bolt rig", "> say a", "> fly", "= ok", "#needs: door")).text).toBe("# K1: what still fails\n# needs: bolt rig\n#needs: door\n> fly\n= ok\n");
});
