import { Key } from "../../../../roles";
import { KeyLights } from "./key-lights";
import { Keys } from "./keys";

/** The front keypad: what is lit, and the touches. */
export class Keypad {
  constructor(private readonly keys: Keys, private readonly lights: KeyLights) {}

  /** One bit a key, bit number = Key. A key that flashes is lit and dark in turn. */
  get lit(): number {
    return this.lights.lit();
  }

  /** From the supply until touches are felt, ms. */
  get startMs(): number {
    return this.keys.startMs;
  }

  isLit(key: Key): boolean {
    return Math.floor(this.lit / 2 ** key) % 2 === 1;
  }

  has(key: Key): boolean {
    return this.keys.has(key);
  }

  touch(key: Key): void {
    this.keys.touch(key);
  }

  release(key: Key): void {
    this.keys.release(key);
  }
}
