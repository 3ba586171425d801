/** The long way round: the story itself, with the supply going at one of its flash operations. */
import { Engine } from "../../hal/platform/sim/chip";
import { newWorld, Session } from "../../hal/platform/sim/world";
import { play } from "../../scripts/scenario/play";
import { Cut } from "./restart";
import { lastOfPreparation, settleMs, Story } from "./story";

class SupplyGone extends Error {}

/** @returns the world right after the cut, everything in it as it was. For stories that do not switch the supply themselves. */
export async function replayUntil(story: Story, engine: Engine, cut: Cut): Promise<Session> {
  const world = newWorld({ board: story.board, engine, seed: "scenario" });
  const session = new Session(world);
  world.powerOn();
  world.advance(settleMs);
  const gone = (): boolean => !world.machine.powered;
  const target = {
    trace: session.trace, transcript: session.transcript,
    send: (line: string) => {
      const exchange = session.begin(line);
      world.advance(Infinity, () => gone() || session.settle());
      if (gone()) throw new SupplyGone();
      if (line === lastOfPreparation) world.flash.cutAt({ operation: cut.operation + 1, byte: cut.byte });
      return Promise.resolve(exchange.answer);
    },
    advance: (ms: number, enough?: () => boolean) => {
      world.advance(ms, () => gone() || (enough?.() ?? false));
      if (gone()) throw new SupplyGone();
      return Promise.resolve();
    },
    end: () => Promise.resolve(),
  };
  try {
    await play(story.scenario, target);
  } catch (error) {
    if (!(error instanceof SupplyGone)) throw error;
    return session;
  }
  throw new Error(`the supply never went at operation ${cut.operation} of ${story.file}`);
}
