/** `npm run bench`: the figures of the README, measured here and now. */
import { benchCore } from "./bench/core";
import { benchDay } from "./bench/day";
import { benchIdle } from "./bench/idle";
import { benchUnlock } from "./bench/unlock";

const rows: [string, string][] = [...benchDay(), ...benchCore(), ...benchUnlock(), ...benchIdle()];
const widest = Math.max(...rows.map(([what]) => what.length));
for (const [what, figure] of rows) console.log(`${what.padEnd(widest)}  ${figure}`);
