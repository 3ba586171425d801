/** Builds an image if its sources have changed, from inside another program. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Board } from "../../hal/board";
import { chipFiles } from "./chip-files";
import { buildEspruino } from "./espruino";
import { buildLua } from "./lua";
import { digest, ImageName, lockImage, outputFolder, products, readBoard, root } from "./sources";
import { UserError } from "./user-error";

export interface BuiltFile {
  path: string;
  /** Bytes. */
  size: number;
}

const stampName = "built-from";
const listName = "built-files";

/**
 * Compiles what is not fresh. What a chip needs besides is made each time: it also says how the sources stand to the last commit,
 * and what size.json asks for. @returns the files of the image.
 */
export async function buildImage(image: ImageName): Promise<BuiltFile[]> {
  const board = readBoard(image.board);
  if (!existsSync(join(root, `${image.main}.ts`))) throw new UserError(`there is no module ${image.main}.ts to build`);
  const from = digest(image);
  const folder = outputFolder(image);
  const compiled = isFresh(folder, from) ? readCompiled(folder) : await compileAll(image, board);
  const isLock = image.main === lockImage(image.board).main;
  const files = { ...compiled, ...isLock ? await chipFiles(board, compiled) : {} };
  for (const [name, bytes] of Object.entries(files)) replaceFile(join(folder, name), bytes);
  replaceFile(join(folder, listName), Object.keys(files).join("\n"));
  replaceFile(join(folder, stampName), from);
  return Object.keys(files).map((name) => {
    const path = join(folder, name);
    return { path, size: statSync(path).size };
  });
}

/** What the compilers made of the same sources. */
function readCompiled(folder: string): Record<string, string> {
  const compiled: string[] = Object.values(products).filter((name) => listed(folder).includes(name));
  return Object.fromEntries(compiled.map((name) => [name, readFileSync(join(folder, name), "latin1")]));
}

/** What a board's platform needs; the simulator's engines need all. */
const compilers: { [platform in Board["platform"]]: ((image: ImageName) => Record<string, string> | Promise<Record<string, string>>)[] } = {
  espruino: [buildEspruino],
  nodemcu: [buildLua],
  sim: [buildEspruino, buildLua],
};

/** Each compiler is asked, so that the mistakes of all come at once. */
async function compileAll(image: ImageName, board: Board): Promise<Record<string, string>> {
  const mistakes: string[] = [];
  const files: Record<string, string> = {};
  for (const build of compilers[board.platform]) {
    try {
      Object.assign(files, await build(image));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      mistakes.push(error.message);
    }
  }
  if (mistakes.length > 0) throw new UserError([...new Set(mistakes.join("\n").split("\n"))].join("\n"));
  return files;
}

/** The same for callers that cannot wait: a build, where one is needed, runs in a process of its own. @returns the folder. */
export function freshImage(image: ImageName): string {
  const folder = outputFolder(image);
  if (!isFresh(folder, digest(image))) {
    const program = [require.resolve("ts-node/dist/bin"), "--transpileOnly", "--project", join(root, "tsconfig.json"), join(root, "scripts/build.ts")];
    try {
      execFileSync(process.execPath, [...program, "--board", image.board, "--main", image.main], { stdio: "pipe", encoding: "utf8" });
    } catch (error) {
      throw new Error(`the image does not build: ${(error as { stderr: string }).stderr}`);
    }
  }
  return folder;
}

/** Made from the same sources, and all of it there. */
function isFresh(folder: string, from: string): boolean {
  return readIfThere(join(folder, stampName)) === from && [listName, ...listed(folder)].every((name) => existsSync(join(folder, name)));
}

/** The names of the files of an image. */
function listed(folder: string): string[] {
  return readIfThere(join(folder, listName)).split("\n");
}

function readIfThere(path: string): string {
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}

/** Another process may be reading or building the same file: it sees the old or the new one, never half of one. @param bytes characters 0–255 */
function replaceFile(path: string, bytes: string): void {
  const beside = `${path}.${process.pid}`;
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(beside, bytes, "latin1");
  renameSync(beside, path);
}
