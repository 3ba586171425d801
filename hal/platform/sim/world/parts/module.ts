/** A part of the bench word `module`. */
export interface Module {
  /** It answers nothing any more, or answers again. */
  silence(silent: boolean): void;
  /** Another one of its kind comes in its place; of a sensor module, the first one comes back with the next swap. */
  swap(): void;
}

/** Sensor modules of which one is in the lock, each with its own memory; plain data, fit for JSON. */
export interface Modules<Memory> { present: 0 | 1; all: Memory[] }
