/** Every pin, port and address that a board file names, found by the types of the fields. */
import { Board } from "../../hal/board";
import { refName, resolve, Schema } from "./schema";

const wireTypes = ["InPin", "OutPin", "PwmPin", "AdcPin", "UartPort", "I2cBus", "I2cAddress"] as const;

export type WireType = typeof wireTypes[number];

/** What holds a wire while the chip starts; `free` is nothing, `any` may be either level. */
export type AtReset = "low" | "high" | "free" | "any";

export interface Use {
  /** Where it stands: "parts.finger.wakePin". */
  place: string;
  /** "parts.finger", "uarts[1]", "i2c[0]" or "console". */
  owner: string;
  /** "wake", "handle", "row 0" */
  wire: string;
  type: WireType;
  value: number;
  /** -1 where that means "there is no such wire". */
  wired: boolean;
  about: string;
  /** Level that means "yes", where an option beside the pin says so. */
  active: number | null;
  atReset: AtReset;
  pullUp: boolean;
  /** Its edges wake. */
  watched: boolean;
  quiet: boolean;
  adds: boolean;
  /** Bus of an address. */
  bus: number;
}

interface Place {
  words: (string | number)[];
  /** What the fields above say. */
  about: string[];
  /** The field's own schema, with its tags; that of the list for what stands in a list. */
  field: Schema;
  beside: { [name: string]: unknown };
  bus: number;
}

/** @param board one that fits the schema */
export function usesOf(board: Board, schema: Schema): Use[] {
  const uses: Use[] = [];
  walk(board, schema, { words: [], about: [], field: schema, beside: {}, bus: 0 }, schema, uses);
  return uses;
}

export function isPin(use: Use): boolean {
  return use.type.endsWith("Pin");
}

export function isOutput(use: Use): boolean {
  return use.type === "OutPin" || use.type === "PwmPin";
}

function walk(value: unknown, node: Schema, place: Place, whole: Schema, uses: Use[]): void {
  const type = wireTypeOf(node);
  if (type !== null) {
    uses.push(useOf(value as number, type, node, place));
    // A part with one address only does not name it.
    if (place.field.address !== undefined) uses.push({ ...useOf(place.field.address, "I2cAddress", node, place), bus: value as number });
    return;
  }
  const meant = chosen(value, resolve(node, whole), whole);
  if (Array.isArray(value)) {
    value.forEach((one, index) => walk(one, meant.items ?? {}, { ...place, words: [...place.words, index] }, whole, uses));
  } else if (typeof value === "object" && value !== null) {
    walkFields(value as { [name: string]: unknown }, meant, place, whole, uses);
  }
}

function walkFields(object: { [name: string]: unknown }, node: Schema, place: Place, whole: Schema, uses: Use[]): void {
  const fields = node.properties ?? {};
  const busField = Object.keys(fields).find((name) => refName(fields[name]) === "I2cBus");
  const bus = busField === undefined ? place.bus : object[busField] as number;
  for (const [name, value] of Object.entries(object)) {
    const field = fields[name];
    // What is said of a whole part is no word about one of its wires.
    const about = place.words.length < 3 ? [] : [...place.about, place.field.description ?? ""];
    walk(value, field, { words: [...place.words, name], about, field, beside: object, bus }, whole, uses);
  }
}

/** Directly, or as one of two with "not wired". */
function wireTypeOf(node: Schema): WireType | null {
  const names = [node, ...(node.anyOf ?? [])].map(refName);
  return wireTypes.find((type) => names.includes(type)) ?? null;
}

/** Of a choice by a word the alternative that the word names. */
function chosen(value: unknown, node: Schema, whole: Schema): Schema {
  if (node.oneOf === undefined || node.discriminator === undefined) return node;
  const word = node.discriminator.propertyName;
  const name = (value as { [name: string]: unknown })[word];
  return node.oneOf.map((one) => resolve(one, whole)).find((one) => one.properties?.[word]?.const === name) ?? {};
}

function useOf(value: number, type: WireType, node: Schema, place: Place): Use {
  const field = place.field;
  return {
    place: placeOf(place.words), owner: ownerOf(place.words), wire: wireOf(place.words), type, value,
    wired: value !== -1 || node.anyOf === undefined,
    about: [field.description ?? "", ...place.about].filter((text) => text !== "").join(" "),
    active: activeLevel(place), atReset: atReset(field, place.beside),
    pullUp: field.pullUp === true, watched: type === "InPin" && field.unwatched !== true,
    quiet: field.quiet === true, adds: field.adds === true, bus: place.bus,
  };
}

function placeOf(words: (string | number)[]): string {
  return words.map((word) => typeof word === "number" ? `[${word}]` : `.${word}`).join("").slice(1);
}

function ownerOf(words: (string | number)[]): string {
  return words[0] === "console" ? "console" : placeOf(words.slice(0, 2));
}

/** The last words that say something: "pin" alone does not. */
function wireOf(words: (string | number)[]): string {
  const [last, before] = [words[words.length - 1], words[words.length - 2]];
  if (typeof last === "number") return `${String(before).replace(/Pins?$/, "")} ${last}`;
  if (last === "pin") return words.length > 3 ? String(before) : "signal";
  return last.replace(/Pin$/, "");
}

/** "wakePin" has "wakeActiveLevel" or "wakeLevel" beside it, "pin" has "active", or a tag names the option. */
function activeLevel(place: Place): number | null {
  const stem = String(place.words[place.words.length - 1]).replace(/Pin$/, "");
  const tagged = place.field.atReset?.replace(/^not /, "") ?? "";
  const names = stem === "pin" ? ["active"] : [`${stem}ActiveLevel`, `${stem}Level`, tagged];
  const name = names.find((one) => typeof place.beside[one] === "number");
  return name === undefined ? null : place.beside[name] as number;
}

function atReset(field: Schema, beside: { [name: string]: unknown }): AtReset {
  const words = (field.atReset ?? "any").split(" ");
  if (words[0] !== "not") return words[0] as AtReset;
  return beside[words[1]] === 0 ? "high" : "low";
}
