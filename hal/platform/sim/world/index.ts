/** The simulated chip and everything around the lock, in virtual time. */
export { bench, benchWords } from "./bench";
export type { BenchAct } from "./bench";
export { travelMs } from "./bolt";
export type { Drive } from "./bolt";
export { parseDuration } from "./duration";
export { NorFlash } from "./flash";
export type { FlashCut, FlashOperation } from "./flash";
export type { I2cPart } from "./i2c-bus";
export { Session } from "./session";
export type { Exchange } from "./session";
export { newStanding, parseStanding, standingOf } from "./standing";
export type { Standing } from "./standing";
export type { Probe } from "./wires";
export { newWorld, World } from "./world";
export type { WorldOptions } from "./world";
