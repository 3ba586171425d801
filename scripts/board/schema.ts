/** The JSON schema of a board file, made from the type `Board` whenever hal/ has changed. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../build/sources";

/** What of a JSON schema occurs here, and the tags of hal/wires.ts. */
export interface Schema {
  $ref?: string;
  definitions?: { [name: string]: Schema };
  description?: string;
  type?: string;
  properties?: { [name: string]: Schema };
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  discriminator?: { propertyName: string };
  const?: unknown;
  enum?: unknown[];
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  atReset?: string;
  pullUp?: boolean;
  unwatched?: boolean;
  quiet?: boolean;
  adds?: boolean;
  address?: number;
}

/** `items` is how a comment speaks of the numbers in a list. */
const tags = ["items", "atReset", "pullUp", "unwatched", "quiet", "adds", "address"];

const kept = join(root, "build", "board-schema.json");

/** Takes seconds after a change in hal/, otherwise what was made before is read. */
export function boardSchema(): Schema {
  const madeFrom = digest();
  const before = existsSync(kept) ? readKept() : null;
  if (before?.madeFrom === madeFrom) return before.schema;
  const schema = generate();
  // Another process may be reading it: it sees the old or the new one.
  const beside = `${kept}.${process.pid}`;
  mkdirSync(join(kept, ".."), { recursive: true });
  writeFileSync(beside, JSON.stringify({ madeFrom, schema }));
  renameSync(beside, kept);
  return schema;
}

function readKept(): { madeFrom: string; schema: Schema } | null {
  try {
    return JSON.parse(readFileSync(kept, "utf8"));
  } catch {
    return null;
  }
}

function digest(): string {
  const hash = createHash("sha256");
  const folders = ["hal", ...readdirSync(join(root, "hal/drivers")).map((name) => `hal/drivers/${name}`)];
  const files = folders.flatMap((folder) => sourcesIn(folder));
  for (const file of [...files, "scripts/board/schema.ts", "scripts/board/tsconfig.schema.json", "package-lock.json"]) {
    hash.update(`\0${file}\0`).update(readFileSync(join(root, file)));
  }
  return hash.digest("hex");
}

function sourcesIn(folder: string): string[] {
  const isSource = (name: string): boolean => name.endsWith(".ts") && !name.endsWith(".test.ts");
  if (isSource(folder)) return [];
  return readdirSync(join(root, folder)).filter(isSource).sort().map((name) => `${folder}/${name}`);
}

function generate(): Schema {
  // Loaded here, because it brings a whole compiler. Its tsconfig spares it the types of Node and jest.
  const { createGenerator } = require("ts-json-schema-generator") as typeof import("ts-json-schema-generator");
  const generator = createGenerator({
    path: join(root, "hal/board.ts"), tsconfig: join(__dirname, "tsconfig.schema.json"), type: "Board", skipTypeCheck: true, extraTags: tags,
  });
  const schema = generator.createSchema("Board") as Schema;
  chooseByName(schema, schema);
  return schema;
}

/** Alternatives that a fixed word tells apart (`driver`, `kind`) become a choice by that word, so that only the one that was meant is held against it. */
function chooseByName(node: Schema, whole: Schema): void {
  for (const child of children(node)) chooseByName(child, whole);
  const word = node.anyOf === undefined ? null : tellingWord(node.anyOf, whole);
  if (word === null) return;
  node.type = "object";
  node.oneOf = node.anyOf;
  node.discriminator = { propertyName: word };
  node.required = [word];
  delete node.anyOf;
}

function children(node: Schema): Schema[] {
  const named = [node.definitions, node.properties].flatMap((group) => Object.values(group ?? {}));
  return [...named, ...(node.items === undefined ? [] : [node.items]), ...(node.anyOf ?? [])];
}

function tellingWord(alternatives: Schema[], whole: Schema): string | null {
  const objects = alternatives.map((one) => resolve(one, whole).properties ?? {});
  return Object.keys(objects[0]).find((name) => objects.every((object) => typeof object[name]?.const === "string")) ?? null;
}

/** The definition that a `$ref` names, or the node itself. */
export function resolve(node: Schema, whole: Schema): Schema {
  const name = refName(node);
  return name === null ? node : resolve(whole.definitions?.[name] ?? {}, whole);
}

export function refName(node: Schema): string | null {
  return node.$ref === undefined ? null : decodeURIComponent(node.$ref.slice(node.$ref.lastIndexOf("/") + 1));
}
