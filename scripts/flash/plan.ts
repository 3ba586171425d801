import { join } from "node:path";
import { BuiltImage, Manifest, readManifest } from "../build/manifest";
import { boardNames, root } from "../build/sources";
import { UserError } from "../build/user-error";
import { parseCommandLine } from "../scenario/options";
import { emptyFileSystem, emptyStorage, fileSystem, FlashPart, readBase } from "./base-file";

export const usage = `Usage: npm run flash -- --board <name> --port <port> [options]
Puts the image that npm run build has made onto a board.
  --board <name>    one of: ${boardNames().join(", ")}
  --port <port>     a serial port such as /dev/ttyUSB0, a pseudo-terminal, or
                    tcp://<host>:<port>; 115200 baud
  --base <file>     first writes this Espruino or NodeMCU firmware through the
                    chip's own loader: an Espruino release's archive (.tgz) or a
                    .bin; Espruino's image is erased too, users and events stay
  --erase           only erases the image through the chip's own loader, before
                    the new one goes on: for a password that is lost, another
                    board's image, or a lock that says it is halted. With NodeMCU
                    users and events go too
  --dry-run         checks whatever can be checked and tells what would be done
  --build <folder>  of the image, if it is not build/<board>
  --help
On a board that runs the lock already the image goes through the lock's console,
which needs its password: it is asked for, or taken from LOCK_PASSWORD.`;

/** What is to be done. */
export interface Plan {
  image: BuiltImage;
  port: string;
  /** What goes through the chip's own loader before. */
  before: FlashPart[];
  dry: boolean;
}

/** @returns null if help was asked for. @throws UserError */
export function planOf(args: readonly string[]): Plan | null {
  const { options, rest } = parseCommandLine(args, { board: true, port: true, base: true, erase: false, "dry-run": false, build: true, help: false });
  if (options.has("help")) return null;
  if (rest.length > 0) throw new UserError(`"${rest[0]}" is no option; --help lists them.`);
  const [board, port, base] = [options.get("board"), options.get("port"), options.get("base")];
  const names = boardNames().join(", ");
  if (board === undefined) throw new UserError(`Which board? Give --board and one of ${names}.`);
  if (port === undefined) throw new UserError("Where is the board? Give --port and a serial port such as /dev/ttyUSB0, or tcp://<host>:<port>.");
  if (!boardNames().includes(board)) throw new UserError(`There is no board "${board}"; boards are: ${names}.`);
  const image = imageOf(board, options.get("build") ?? join(root, "build", board));
  return { image, port, before: beforeOf(image.manifest, base, options.has("erase")), dry: options.has("dry-run") };
}

/** What goes on before, through the chip's own loader. NodeMCU's firmware leaves the files, which are the image and the users, as they are. */
function beforeOf({ platform, base: { firmware } }: Manifest, base: string | undefined, erase: boolean): FlashPart[] {
  if (platform === "nodemcu") return [...base === undefined ? [] : readBase(base, fileSystem.address, firmware), ...erase ? [emptyFileSystem()] : []];
  return [...base === undefined ? [] : readBase(base), ...base === undefined && !erase ? [] : [emptyStorage()]];
}

function imageOf(board: string, folder: string): BuiltImage {
  const image = readManifest(folder);
  const { manifest } = image;
  if (manifest.board !== board) throw new UserError(`The image in ${folder} is for the board ${manifest.board}, not for ${board}.`);
  return image;
}
