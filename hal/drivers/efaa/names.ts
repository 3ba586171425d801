/**
 * The names that templates get. A name is a number drawn for this template and a digest of it
 * under the lock's secret, so that a name proves whose template it is (A4), which kind it is, and
 * that no two are equal; what the module answers about an id must be the same name twice.
 */
import { hex } from "../../digits";
import { Platform } from "../../ports";
import { Kind } from "./builds";

/** Characters of the secret, of the drawn number and of the digest in a name: 30 with the two letters, 31 fit. */
export const SECRET_SIZE = 16;
const DRAWN_SIZE = 12;
const DIGEST_SIZE = 16;

export function newSecret(platform: Platform): string {
  return hex(platform.random(SECRET_SIZE / 2));
}

function stemOf(kind: Kind, drawn: string): string {
  return (kind === Kind.Face ? "LF" : "LP") + drawn;
}

function digestOf(platform: Platform, secret: string, stem: string): string {
  return hex(platform.sha256(secret + stem).substring(0, DIGEST_SIZE / 2));
}

export function newName(platform: Platform, secret: string, kind: Kind): string {
  const stem = stemOf(kind, hex(platform.random(DRAWN_SIZE / 2)));
  return stem + digestOf(platform, secret, stem);
}

export function isOurs(platform: Platform, secret: string, kind: Kind, name: string): boolean {
  const size = 2 + DRAWN_SIZE;
  if (name.length !== size + DIGEST_SIZE) return false;
  const stem = name.substring(0, size);
  return stem === stemOf(kind, stem.substring(2)) && name.substring(size) === digestOf(platform, secret, stem);
}

/** What of the module stands in an identity: a digest of its serial number, "0" where it has none. */
export function serialTag(platform: Platform, serial: string): string {
  return serial === "" ? "0" : hex(platform.sha256("serial" + serial).substring(0, 4));
}
