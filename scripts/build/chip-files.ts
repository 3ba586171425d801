/** The files that go onto a chip, and the manifest that says so. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Board } from "../../hal/board";
import { VERSION } from "../../firmware/version";
import { bootFile, lockFile, places } from "./espruino-files";
import { Manifest, manifestFormat, manifestName, ManifestFile, sha256 } from "./manifest";
import { headOf, imageFile, initFile, nodemcuBase } from "./nodemcu-files";
import { products, root } from "./sources";

type Made = Omit<ManifestFile, "size" | "sha256"> & { bytes: string };

/** What a platform's files are, and the firmware below them. */
interface Layout {
  base: Manifest["base"];
  variables?: number;
  made: Made[];
}

const layouts: { [platform in Manifest["platform"]]: (built: Record<string, string>) => Layout | Promise<Layout> } = {
  espruino: async (built) => ({
    // The first version whose installation has been tried (scripts/flash/README.md).
    base: { firmware: "Espruino", from: "2v27" },
    variables: neededVariables(),
    made: [
      { file: "lock.bin", store: "lock", role: "image", reserve: places.reserve, imageAt: places.imageAt, bytes: lockFile(built[products.espruino]) },
      { file: "boot0.js", store: ".boot0", role: "boot", bytes: await bootFile() },
    ],
  }),
  nodemcu: (built) => {
    const { name, bytes } = imageFile(built[products.lua53]);
    return {
      base: nodemcuBase(),
      made: [
        { file: name, store: "lock0", role: "image", bytes },
        { file: "head0", store: "head0", role: "boot", bytes: headOf(bytes, 1) },
        { file: "init.lua", store: "init.lua", role: "boot", bytes: initFile() },
      ],
    };
  },
};

/** @param built what the compilers made @returns more files, by name; none for the simulator. */
export async function chipFiles(board: Board, built: Record<string, string>): Promise<Record<string, string>> {
  if (board.platform === "sim") return {};
  const { base, variables, made } = await layouts[board.platform](built);
  const files = made.map(({ bytes, ...entry }) => ({ ...entry, size: bytes.length, sha256: sha256(bytes) }));
  const manifest: Manifest = { format: manifestFormat, board: board.name, platform: board.platform, version: VERSION, git: gitState(), base, soc: board.soc, variables, files };
  return { ...Object.fromEntries(made.map(({ file, bytes }) => [file, bytes])), [manifestName]: `${JSON.stringify(manifest, null, 2)}\n` };
}

/** The row of size.json. */
export const neededRow = "variables needed, full store";

/** What `npm run size` holds the full lock to; a board with fewer parts needs less. */
function neededVariables(): number {
  const budgets = JSON.parse(readFileSync(join(root, "size.json"), "utf8")) as Record<string, { budget: number }>;
  return budgets[neededRow].budget;
}

/** The commit, and whether the sources are as committed; "none" without git. */
function gitState(): string {
  const git = (...words: string[]): string => execFileSync("git", words, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  try {
    return git("rev-parse", "--short=12", "HEAD") + (git("status", "--porcelain") === "" ? "" : "+changes");
  } catch {
    return "none";
  }
}
