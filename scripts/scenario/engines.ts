import { Board } from "../../hal/board";
import { Engine } from "../../hal/platform/sim/chip";
import { lockImage } from "../build/sources";

/** The engine that the others are compared with. */
export const referenceEngine = "sim";

/** Where engines come from. */
export interface EngineSource {
  /** The reference first. */
  names(): Promise<string[]>;
  /** @returns the engine, or why it cannot run here. */
  load(name: string, board: Board): Promise<Engine | string>;
}

/** The engines of test/engines; they bring interpreters and compilers, so each is loaded only when it is wanted. */
export const projectEngines: EngineSource = {
  async names() {
    const { engineNames } = await import("../../test/engines");
    return [referenceEngine, ...engineNames.filter((name) => name !== referenceEngine)];
  },
  async load(name, board) {
    const image = lockImage(board.name);
    if (name === referenceEngine) return (await import("../../test/engines/sim")).simEngine(image);
    return (await import("../../test/engines")).engineByName(name, image);
  },
};
