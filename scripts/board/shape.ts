/** Holds a board file against the schema and says each mistake in one sentence. */
import Ajv, { ErrorObject, ValidateFunction } from "ajv";
import { resolve, Schema } from "./schema";

/** Compiling takes longer than checking all boards. */
const compiled = new WeakMap<Schema, ValidateFunction>();

/** @returns a sentence for each mistake, none if the value is a `Board`. */
export function shapeMistakes(board: unknown, schema: Schema): string[] {
  const validate = compiled.get(schema) ?? new Ajv({ allErrors: true, verbose: true, discriminator: true, strict: false }).compile(schema);
  compiled.set(schema, validate);
  if (validate(board)) return [];
  const errors = validate.errors ?? [];
  return [...new Set(errors.filter((error) => !isEcho(error, errors)).map((error) => sentence(error, schema)))];
}

/** "/parts/keys/chips/0/keys" → "parts.keys.chips[0].keys" */
function placeOf(path: string): string {
  const words = path.split("/").slice(1).map((word) => word.replace(/~1/g, "/").replace(/~0/g, "~"));
  return words.map((word) => /^\d+$/.test(word) ? `[${word}]` : `.${word}`).join("").replace(/^\./, "");
}

/** What follows from another mistake: the options of a driver that there is not, and each alternative of a value that fits none. */
function isEcho(error: ErrorObject, errors: ErrorObject[]): boolean {
  return errors.some((other) => {
    if (other === error) return false;
    if (other.keyword === "anyOf") return error.keyword !== "anyOf" && isAt(error.instancePath, other.instancePath);
    if (other.keyword === "discriminator") return isAt(error.instancePath, other.instancePath);
    if (isNarrower(other, error)) return true;
    return isWrongDriver(other) && isAt(error.instancePath, other.instancePath.slice(0, -"/driver".length));
  });
}

/** Both refuse the same value, this one with the range of the field itself. */
function isNarrower(error: ErrorObject, than: ErrorObject): boolean {
  return error.instancePath === than.instancePath && error.parentSchema?.$ref !== undefined && than.parentSchema?.$ref === undefined;
}

function isWrongDriver(error: ErrorObject): boolean {
  return error.keyword === "const" && /^\/parts\/\w+\/driver$/.test(error.instancePath);
}

function isAt(path: string, place: string): boolean {
  return path === place || path.startsWith(`${place}/`);
}

function sentence(error: ErrorObject, whole: Schema): string {
  const node = error.parentSchema as Schema;
  const place = placeOf(error.instancePath);
  const at = place === "" ? "" : `${place}: `;
  if (error.keyword === "additionalProperties") return `${at}${unknownKey(place, error.params.additionalProperty, node)}`;
  if (error.keyword === "required") return `${at}${missingKey(place, error.params.missingProperty, node)}`;
  if (error.keyword === "discriminator") return wrongChoice(place, node, error, whole);
  if (isWrongDriver(error)) return `${at}there is no driver ${show(error.data)} for it; there is ${String(node.const)}.`;
  return `${at}${show(error.data)} is not allowed here; it must be ${allowed(node, whole)}.`;
}

function unknownKey(place: string, key: string, node: Schema): string {
  const names = Object.keys(node.properties ?? {}).join(", ");
  if (place === "parts") return `there is no role "${key}"; roles are: ${names}.`;
  return `there is no option "${key}"; options are: ${names}.`;
}

function missingKey(place: string, key: string, node: Schema): string {
  const about = firstSentence(node.properties?.[key]?.description ?? "");
  const what = place === "parts" ? "the role" : "the option";
  return `${what} "${key}" is missing${about === "" ? "." : ` (${about}).`}`;
}

function firstSentence(text: string): string {
  return text.replace(/([^.])\.(\s[\s\S]*)?$/, "$1").trim();
}

/** A choice by a word (`driver`, `kind`) that names none of the alternatives. */
function wrongChoice(place: string, node: Schema, error: ErrorObject, whole: Schema): string {
  const word = node.discriminator?.propertyName ?? "";
  const names = (node.oneOf ?? []).map((one) => String(resolve(one, whole).properties?.[word]?.const)).join(", ");
  const given = (error.data as { [name: string]: unknown })[word];
  if (given === undefined) return `${place}: the option "${word}" is missing; it is one of: ${names}.`;
  if (word === "driver") return `${place}.${word}: there is no driver ${show(given)} for it; there are: ${names}.`;
  return `${place}.${word}: ${show(given)} is not allowed here; it must be one of: ${names}.`;
}

function show(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

const aliases: { [name: string]: string } = { string: "a text", boolean: "true or false", object: "a group of options in braces" };

function allowed(node: Schema, whole: Schema): string {
  if (node.$ref !== undefined) return allowed({ ...resolve(node, whole), ...node, $ref: undefined }, whole);
  if (node.anyOf !== undefined) return node.anyOf.map((one) => allowed(one, whole)).join(" or ");
  if (node.const !== undefined) return show(node.const);
  if (node.enum !== undefined) return `one of: ${node.enum.map((one) => String(one)).join(", ")}`;
  if (node.type === "array") return `a list${range(node.minItems, node.maxItems, " of ", " of at least ")}`;
  if (node.type === "integer" || node.type === "number") {
    return `a ${node.type === "integer" ? "whole number" : "number"}${range(node.minimum, node.maximum, " from ", " from ")}`;
  }
  const about = node.description === undefined ? "" : `: ${firstSentence(node.description)}`;
  return `${aliases[node.type ?? ""] ?? "something else"}${about}`;
}

function range(least: number | undefined, most: number | undefined, between: string, from: string): string {
  if (least !== undefined && most !== undefined) return least === most ? `${between}${least}` : `${between}${least} to ${most}`;
  if (least !== undefined) return `${from}${least}`;
  return most === undefined ? "" : ` of ${most} at most`;
}
