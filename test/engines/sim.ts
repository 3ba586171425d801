/** The image as TypeScript in this process: the fastest engine, and the one a debugger sees into. */
import { join } from "node:path";
import { Board } from "../../hal/board";
import { makersOf } from "../../hal/drivers/all";
import { LockBoard, PartMakers } from "../../hal/makers";
import { newPlatform } from "../../hal/platform/sim";
import { Chip, Engine, Image } from "../../hal/platform/sim/chip";
import { Platform } from "../../hal/ports";
import { lockBoardOf } from "../../scripts/build/lock-board";
import { ImageName, readBoard, root } from "../../scripts/build/sources";

type StartLock = (platform: Platform, board: LockBoard, makers: PartMakers) => void;

export function simEngine(image: ImageName): Engine {
  const { startLock } = require(join(root, image.main)) as { startLock: StartLock };
  const board = readBoard(image.board);
  return (chip) => startHere(chip, board, startLock);
}

/** One image of the firmware as it stands in this process. @param more ports that the simulated chip has not got */
export function startHere(chip: Chip, board: Board, startLock: StartLock, more: Partial<Platform> = {}): Image {
  const { platform: own, heard } = newPlatform(chip, board);
  const platform = { ...own, ...more };
  startLock(platform, lockBoardOf(board), makersOf(platform, board));
  let ended = false;
  return {
    pinChanged: (pin, level) => { if (!ended) heard.pinChanged(pin, level); },
    received: (port, bytes) => { if (!ended) heard.received(port, bytes); },
    timerFired: (id) => { if (!ended) heard.timerFired(id); },
    memory: () => -1,
    end: () => { ended = true; },
  };
}
