import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { Board } from "../../hal/board";
import { boardNames, readBoard, root } from "../build/sources";
import { UserError } from "../build/user-error";
import { parseCommandLine } from "../scenario/options";
import { checkBoard } from "./check";
import { Findings } from "./findings";
import { footnotesOf } from "./footnotes";
import { legendOf } from "./legend";
import { devKitC } from "./module";
import { pageText } from "./page";
import { drawPicture } from "./picture";
import { boardSchema, Schema } from "./schema";
import { readSoc } from "./soc";
import { usesOf } from "./uses";
import { wiresOf } from "./wires";

const defaultFolder = join("build", "boards");

export const usage = `Usage: npm run board -- check [name …]
       npm run board -- page [name …] [--out <dir>]
       npm run board -- schema
check   holds board files (all if none is named) against their schema and the chip
page    writes the wiring page of each, <name>.md and <name>.svg, to ${defaultFolder} or to --out
schema  prints the JSON schema of a board file, for an editor
  --help`;

export interface Out {
  write(text: string): void;
  /** What is wrong. */
  complain(text: string): void;
}

export interface BoardFiles {
  names(): string[];
  /** Throws a UserError for a file that is no JSON. */
  read(name: string): Board;
}

const projectFiles: BoardFiles = { names: boardNames, read: readBoard };

/** @returns the exit code: 0 all is well, 1 a board has mistakes, 2 the command line is wrong. */
export function boardCommand(args: readonly string[], out: Out, files = projectFiles): number {
  try {
    const { options, rest } = parseCommandLine(args, { out: true, help: false });
    const [action, ...names] = rest;
    if (options.has("help")) return say(out, usage);
    if (action === undefined) throw new UserError("What is to be done? One of: check, page, schema.");
    if (!["check", "page", "schema"].includes(action)) throw new UserError(`There is no "${action}"; there are: check, page, schema.`);
    if (options.has("out") && action !== "page") throw new UserError("The option --out is for page.");
    if (action === "schema") return printSchema(names, out);
    const folder = action === "page" ? options.get("out") ?? join(root, defaultFolder) : null;
    return checkAll(names, files, folder, out);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    out.complain(`${error.message}\n`);
    return 2;
  }
}

function say(out: Out, text: string): number {
  out.write(`${text}\n`);
  return 0;
}

function printSchema(names: string[], out: Out): number {
  if (names.length > 0) throw new UserError(`There is one schema for all boards: "${names[0]}" is too much.`);
  return say(out, JSON.stringify(boardSchema(), null, 2));
}

function checkAll(names: string[], files: BoardFiles, folder: string | null, out: Out): number {
  const known = files.names();
  const strange = names.find((name) => !known.includes(name));
  if (strange !== undefined) throw new UserError(`There is no board "${strange}"; board-configs has: ${known.join(", ")}.`);
  const schema = boardSchema();
  const results = (names.length > 0 ? names : known).map((name) => checkOne(name, files, schema, folder, out));
  return results.every((well) => well) ? 0 : 1;
}

function checkOne(name: string, files: BoardFiles, schema: Schema, folder: string | null, out: Out): boolean {
  const found = findingsOf(name, files, schema);
  for (const mistake of found.mistakes) out.complain(`${name}: ${mistake}\n`);
  if (found.mistakes.length > 0) return false;
  if (folder !== null) {
    out.write(`${name}: ${writePage(files.read(name), schema, found, folder).join(", ")}\n`);
    return true;
  }
  out.write(`${name}: ok\n`);
  for (const note of footnotesOf(found.notes)) out.write(`  note: ${note.text}\n`);
  for (const note of found.notes) if (note.pin < 0) out.write(`  note: ${note.text}.\n`);
  return true;
}

function findingsOf(name: string, files: BoardFiles, schema: Schema): Findings {
  try {
    return checkBoard(name, files.read(name), schema);
  } catch (error) {
    // A file that is no JSON.
    if (!(error instanceof UserError)) throw error;
    return { mistakes: [`${error.message}.`], notes: [] };
  }
}

/** @returns the files, as seen from here */
function writePage(board: Board, schema: Schema, { notes }: Findings, folder: string): string[] {
  const name = board.name;
  const uses = usesOf(board, schema);
  const wires = wiresOf(uses, board);
  const footnotes = footnotesOf(notes);
  const soc = readSoc(board.soc);
  const text = pageText({ board, soc, uses, wires, notes, footnotes, module: devKitC, remarks: remarksOf(name) });
  const legend = legendOf(board, uses, wires);
  const { svg } = drawPicture({ title: board.title, name, module: devKitC, wires, footnotes, legend, reserved: soc.flash.pins });
  const files = [join(folder, `${name}.md`), join(folder, `${name}.svg`)];
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(files[0], text);
    writeFileSync(files[1], svg);
  } catch (error) {
    throw new UserError(`The page cannot be written to ${folder} (${(error as NodeJS.ErrnoException).code}).`);
  }
  return files.map((file) => relative(process.cwd(), file));
}

/** What was left out and why stands beside the board's file, once for its platforms: a-b.md is for a-b-espruino.json and a-b-nodemcu.json. */
function remarksOf(name: string): string {
  const path = join(root, "board-configs", `${name.replace(/-[^-]*$/, "")}.md`);
  return existsSync(path) ? readFileSync(path, "utf8").trim() : "";
}
