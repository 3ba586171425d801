import { Manifest } from "../build/manifest";
import { UserError } from "../build/user-error";
import { baseVersion, faultsOf, isBefore, takesLongBursts } from "./faults";
import { Loader } from "./loader";
import { longBurstMax, Prompt } from "./prompt";

/** What the interpreter says of itself. */
export interface Chip {
  board: string;
  version: string;
  /** Bytes of Storage, and the names of the files in it. */
  storage: number;
  names: string[];
  /** Variables that its memory has room for. */
  variables: number;
}

/** A header before each file, and its length rounded up. */
const headerBytes = 32;
const alignment = 4;

export function neededBytes(manifest: Manifest): number {
  return manifest.files.reduce((sum, { size, reserve }) => sum + headerBytes + Math.ceil((reserve ?? size) / alignment) * alignment, 0);
}

/** Starts the interpreter afresh, without what runs on it, and asks it. Nothing is written to flash. */
export async function askChip(prompt: Prompt, loader: Loader): Promise<Chip> {
  prompt.send("reset()");
  await prompt.quiet();
  await prompt.define();
  const board = await prompt.askTwice("process.env.BOARD");
  const version = await prompt.askTwice("process.env.VERSION");
  const variables = Number(await prompt.askTwice("process.memory().total"));
  await loader.install();
  if (takesLongBursts(version)) prompt.longest = longBurstMax;
  return { board, version, storage: await loader.total(), names: await loader.names(), variables };
}

/** The interpreter on a PC: good for trying an image, and no chip. */
export function isPc(chip: Chip): boolean {
  return chip.board.startsWith("LINUX");
}

/** @throws UserError if the image is not for this chip, its firmware or its Storage. */
export function checkChip(chip: Chip, manifest: Manifest, path: string): void {
  const soc = manifest.soc.toUpperCase();
  if (!isPc(chip) && chip.board !== soc && !chip.board.startsWith(`${soc}_`)) {
    throw new UserError(`Wrong chip: ${manifest.board} is an ${soc}, and at ${path} is an ${chip.board}.`);
  }
  const [has, from] = [baseVersion(chip.version), baseVersion(manifest.base.from)];
  if (has === null || from === null || isBefore(has, from)) {
    throw new UserError(`The ${manifest.base.firmware} at ${path} is ${chip.version}, and the image needs ${manifest.base.from} or later; flash one with --base <file>.`);
  }
  const needed = neededBytes(manifest);
  if (!(chip.storage >= needed)) throw new UserError(`The image needs ${needed} bytes of Storage, and the chip at ${path} has ${chip.storage}.`);
}

/** What is worth knowing before something is written. */
export function chipLines(chip: Chip, manifest: Manifest): string[] {
  const own = new Set(manifest.files.map(({ store }) => store));
  const others = chip.names.filter((name) => !own.has(name));
  return [
    `${manifest.base.firmware} ${chip.version} on ${chip.board}${isPc(chip) ? ", a PC and no chip" : ""}.`,
    `Storage of ${chip.storage} bytes, the image needs ${neededBytes(manifest)}; room for ${chip.variables} variables, the image needs ${manifest.variables ?? 0}.`,
    ...faultsOf(chip.version),
    ...(others.length === 0 ? [] : [`Storage holds ${others.length === 1 ? "another file" : "other files"}, to be erased: ${others.join(", ")}.`]),
  ];
}
