/** Keys as bits. */
export const enum Lit {
  Digits = 1023,
  One = 2,
  Two = 4,
  Cancel = 1024,
  Ok = 2048,
  Away = 4096,
  Bell = 8192,
  Low = 16384,
}

/** @param key a Key, or whatever else is counted in bits */
export function isLit(keys: number, key: number): boolean {
  return Math.floor(keys / (1 << key)) % 2 === 1;
}
