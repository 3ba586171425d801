/** What an image is made of, where its parts go, and whether a build is still fresh. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { Board } from "../../hal/board";
import { UserError } from "./user-error";

export const root = resolve(__dirname, "../..");

/** Which image: a board, and the module that exports `startLock`. */
export interface ImageName {
  board: string;
  /** From the root, without extension. */
  main: string;
}

/** The image everybody means who names a board only. */
export function lockImage(board: string): ImageName {
  return { board, main: "firmware/main" };
}

/** Where the files of an image go. An image that is not the lock's own has a folder of its own. */
export function outputFolder(image: ImageName): string {
  const name = image.main === "firmware/main" ? image.board : `${image.board}-${image.main.replace(/[^A-Za-z0-9]+/g, "-")}`;
  return join(root, "build", name);
}

/** The files a build writes, relative to the folder of the image. */
export const products = {
  espruino: "lock.img",
  lua53: "lock.lua",
  lua51: "lock-5.1.lua",
} as const;

export function boardNames(): string[] {
  return readdirSync(join(root, "board-configs"))
    .filter((name) => name.endsWith(".json"))
    .map((name) => name.slice(0, -".json".length))
    .sort();
}

export function readBoard(name: string): Board {
  const names = boardNames();
  if (!names.includes(name)) {
    throw new UserError(`there is no board "${name}": board-configs/ has ${names.join(", ")}`);
  }
  const path = join(root, "board-configs", `${name}.json`);
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new UserError(`${relative(root, path)} is not valid JSON: ${(error as Error).message}`);
  }
}

/** @returns a digest of everything the products of an image depend on. */
export function digest(image: ImageName): string {
  const hash = createHash("sha256");
  const files = [
    ...listSources(join(root, "firmware")),
    ...listSources(join(root, "hal")),
    ...listSources(join(root, "scripts", "build")),
    join(root, "scripts", "build.ts"),
    join(root, "board-configs", `${image.board}.json`),
    join(root, "package-lock.json"),
  ];
  hash.update(image.main);
  // With NodeMCU's compiler another image is made.
  hash.update(`\0${process.env.LUAC_CROSS ?? ""}\0`);
  for (const file of files) {
    if (!existsSync(file)) continue;
    hash.update(`\0${relative(root, file)}\0`).update(readFileSync(file));
  }
  return hash.digest("hex");
}

/** Part of no image. */
const simulator = join(root, "hal", "platform", "sim");

/** Source files under a folder, tests left out, in a fixed order. */
function listSources(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (path === simulator) return [];
      if (entry.isDirectory()) return listSources(path);
      return /\.(ts|json|js|lua)$/.test(entry.name) && !entry.name.endsWith(".test.ts") ? [path] : [];
    });
}
