/** B5, L5, O8, E1: the supply goes at a flash operation of any scenario. A sample of `npm run powerloss`. */
import { lockImage, readBoard } from "../scripts/build/sources";
import { allScenarios, findScenarios } from "../scripts/scenario/files";
import { engineByName } from "./engines";
import { simEngine } from "./engines/sim";
import { eventsOf, toldBy } from "./powerloss/known";
import { cutStory, Plan, sample, sweep } from "./powerloss/plan";
import { replayUntil } from "./powerloss/replay";
import { recoveryMs, tear, templatesIn, worldAfter } from "./powerloss/restart";
import { recordStory } from "./powerloss/story";
import { eachOperation, Loss, newTally, threeBytes } from "./powerloss/sweep";

const board = readBoard("sim");
const engine = simEngine(lockImage("sim"));
const PATIENCE_MS = 120000;

const told = (losses: Loss[]): string[] => losses.map(({ file, cut, second, what }) => `${file} ${JSON.stringify(cut)} ${JSON.stringify(second)}: ${what}`);

test("a cut in any scenario loses nothing", async () => {
  const swept = await sweep(findScenarios([allScenarios]), { engine, board, plan: sample });
  expect(told(swept.losses)).toEqual([]);
  expect(swept.stories).toBeGreaterThan(200);
  expect(swept.cuts).toBeGreaterThan(400);
}, PATIENCE_MS);

/** Stories of each kind of change; the supply is left alone in them. */
const SHORT = ["menu/create-user", "menu/delete-user", "credentials/fingerprint", "lockout/five-failures", "locking/from-inside", "unlock/temporary-passcode"]
  .map((name) => `test/scenarios/${name}.scn`);

test("a second cut in the start after the first loses nothing either", async () => {
  const plan: Plan = { exhaustive: false, every: 19, pairsUpTo: 100 };
  const swept = await sweep(SHORT, { engine, board, plan });
  expect(told(swept.losses)).toEqual([]);
  expect(swept.cuts).toBeGreaterThan(100);
}, PATIENCE_MS);

test.each(SHORT)("%s: the copy of a cut lock is the lock that was cut", async (file) => {
  const story = await recordStory(file, { engine, board });
  const copies: { operation: number; byte: number; torn: Uint8Array }[] = [];
  eachOperation(story, (flash, operation, at) => {
    const torn = Uint8Array.from(flash);
    const byte = threeBytes(operation)[at % 3];
    tear(torn, operation, byte);
    copies.push({ operation: at, byte, torn });
  });
  for (const { operation, byte, torn } of copies) {
    const long = await replayUntil(story, engine, { operation, byte });
    expect(Buffer.compare(long.world.flash.bytes, torn)).toBe(0);
    const short = worldAfter(story, engine, torn, story.operations[operation]);
    long.world.powerOn();
    short.world.powerOn();
    const seen = [long, short].map(({ world }) => {
      const state = [toldBy(world), eventsOf(world)];
      world.advance(recoveryMs);
      return [...state, templatesIn(world), world.bolt.position(), world.doorOpen, toldBy(world)];
    });
    expect(seen[1]).toEqual(seen[0]);
  }
}, PATIENCE_MS);

test("Lua 5.3 loses nothing in a few of them", async () => {
  const lua = engineByName("lua53");
  if (typeof lua === "string") throw new Error(lua);
  const tally = newTally();
  for (const [index, file] of SHORT.slice(0, 4).entries()) {
    cutStory(await recordStory(file, { engine: lua, board }), lua, { exhaustive: false, every: 40, pairsUpTo: 0 }, index * 7, tally);
  }
  expect(told(tally.losses)).toEqual([]);
  expect(tally.cuts).toBeGreaterThan(3);
}, PATIENCE_MS);
