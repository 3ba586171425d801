/** The entry of an image: the only place where platform, board, drivers and lock meet. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { Board, BoardParts } from "../../hal/board";
import { PartMakers } from "../../hal/makers";
import { lockBoardOf } from "./lock-board";
import { ImageName, lockImage, outputFolder, readBoard, root } from "./sources";

/** What each role's maker takes besides platform and part. */
const makers: { [role in keyof PartMakers]: string[] } = {
  contacts: ["events"], bolt: ["lock", "events"], keys: ["events"], keyLights: ["events"], lamps: [], battery: ["busy", "events"],
  beeper: [], speech: ["events"], finger: ["events"], palmFace: ["events"], clock: ["events"],
};

/** Writes `entry-<platform>.ts` into the image's folder. Boards stand in it as literals, so the compiler checks them. */
export function writeEntry(image: ImageName, platform: "espruino" | "nodemcu"): string {
  const folder = outputFolder(image);
  const path = join(folder, `entry-${platform}.ts`);
  const up = relative(folder, root);
  const board = readBoard(image.board);
  const { uarts, i2c, flash } = board;
  // An image of another module, a test's, gets the chip and no parts.
  const isLock = image.main === lockImage(image.board).main;
  const text = [
    `import { newPlatform } from "${up}/hal/platform/${platform}/index";`,
    `import { startLock } from "${up}/${image.main}";`,
    ...isLock ? importsOf(board.parts, up) : [],
    "",
    `const chip = newPlatform(() => (${literal({ uarts, i2c, flash })}));`,
    ...isLock ? startOf(board) : ["startLock(chip);"],
    "",
  ].join("\n");
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, text);
  return path;
}

/** The drivers of this board and no others. */
function importsOf(parts: BoardParts, up: string): string[] {
  return Object.entries(parts).map(([role, part]) => `import { newPart as ${role} } from "${up}/hal/drivers/${part.driver}/part";`);
}

function startOf(board: Board): string[] {
  const { bridge, ...rest } = board.parts;
  const parts: { [role: string]: unknown } = rest;
  const { drivers, lines, ...told } = lockBoardOf(board);
  return [
    bridge === undefined ? "const platform = chip;" : `const platform = bridge(chip, ${literal(bridge)});`,
    // As text: an object spread would be a call on the device.
    `startLock(platform, {${literal(told).slice(1, -1)}, drivers: () => ${literal(drivers())}, lines: () => ${literal(lines())} }, {`,
    ...Object.entries(makers).map(([role, given]) => {
      const made = `(${given.join(", ")}) => ${role}(${["platform", literal(parts[role]), ...given].join(", ")})`;
      return `  ${role}: ${parts[role] === undefined ? "null" : made},`;
    }),
    "});",
  ];
}

function literal(value: unknown): string {
  return JSON.stringify(value, null, 1);
}
