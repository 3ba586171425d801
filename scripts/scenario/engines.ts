import { Board } from "../../hal/board";
import { Engine } from "../../hal/platform/sim/chip";
import { lockImage, readBoard } from "../build/sources";

/** The engine that the others are compared with. */
export const referenceEngine = "sim";

/** The board with an image whose console is open: stories presuppose one. */
export function openBoard(board: Board): Board {
  return { ...board, console: { ...board.console, start: "open" } };
}

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
    if (name === referenceEngine) {
      const [{ startHere }, { startLock }] = await Promise.all([import("../../test/engines/sim"), import("../../firmware/main")]);
      return (chip) => startHere(chip, board, startLock);
    }
    const { engineByName, engineNames } = await import("../../test/engines");
    // Its image is made from the board's file.
    if (engineNames.includes(name) && board.console.start !== readBoard(board.name).console.start) return whyClosed(name, board.name);
    return engineByName(name, lockImage(board.name));
  },
};

function whyClosed(engine: string, board: string): string {
  return `the console of ${board}'s image is closed; take --engine ${referenceEngine}, or npm run hil -- --virtual ${engine} --board ${board} --password <word>`;
}
