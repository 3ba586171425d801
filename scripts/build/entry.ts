/** The entry of an image: the only place where platform, board and lock meet. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { ImageName, outputFolder, readBoard, root } from "./sources";

/** Writes `entry-<platform>.ts` into the image's folder. The board stands in it as a literal, so the compiler checks it against `Board`. */
export function writeEntry(image: ImageName, platform: "espruino" | "nodemcu"): string {
  const folder = outputFolder(image);
  const up = relative(folder, root);
  const path = join(folder, `entry-${platform}.ts`);
  const text = [
    `import { Board } from "${up}/hal/board";`,
    `import { newPlatform } from "${up}/hal/platform/${platform}/index";`,
    `import { startLock } from "${up}/${image.main}";`,
    "",
    `const board: Board = ${JSON.stringify(readBoard(image.board), null, 2)};`,
    "",
    "startLock(newPlatform(board.flash), board);",
    "",
  ].join("\n");
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, text);
  return path;
}
