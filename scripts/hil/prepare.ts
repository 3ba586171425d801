/** Brings the lock on the bench to the start of a scenario: an erased store, and everything settled. */
import { Board } from "../../hal/board";
import { VERSION } from "../../firmware/version";
import { UserError } from "../build/user-error";
import { lockBoardOf } from "../build/lock-board";
import { settleMs } from "../scenario/run";
import { LockBench } from "./lock-bench";
import { BenchTarget, bootMs } from "./target";

/** The EN line of the chip, behind RTS on every board with an automatic reset. */
const resetMs = 100;
/** Chosen: a supply with its capacitors is down after this. */
const dischargeMs = 500;
/** Chosen: what a lock said before its supply went has come by then on all lines. */
const drainMs = 50;
/** The modules are emptied after the answer to `factory-reset`. */
const wipeMs = 3000;

/** @throws UserError if the lock cannot be brought there */
export async function prepare(target: BenchTarget, bench: LockBench): Promise<void> {
  const { link } = bench;
  await target.begin();
  if (link?.words.includes("erase") === true) {
    await link.ask("supply off");
    await link.ask("erase");
    await target.advance(drainMs);
    await start(target, () => target.powerOn());
  } else if (bench.can.has("supply")) {
    await link?.ask("supply off");
    await target.advance(dischargeMs);
    await start(target, () => target.powerOn());
    await reset(target, bench);
    target.powerOff();
    await target.advance(dischargeMs);
    await start(target, () => target.powerOn());
  } else {
    target.powerOn();
    await restart(target, bench);
    await reset(target, bench);
    await restart(target, bench);
  }
  await target.advance(settleMs);
  demandOpen(await target.send("interactive off"));
}

async function start(target: BenchTarget, act: () => void): Promise<void> {
  const { boots } = target;
  act();
  if (!await target.booted(boots)) throw new UserError(`The lock printed no boot line within ${bootMs / 1000} s of its supply; is its image on it?`);
}

/** By the console, and if the lock does not listen by the chip's reset. */
async function restart(target: BenchTarget, bench: LockBench): Promise<void> {
  const { boots } = target;
  const answer = await target.send("reboot");
  if (answer.at(-1) === "ok" && await target.booted(boots)) return;
  const why = await pressReset(target, bench);
  if (why === null && await target.booted(boots)) return;
  throw new UserError(`The lock does not restart: "reboot" was answered by "${answer.at(-1) ?? "nothing"}", and no boot line came. Press its reset button, or look at --port.${why ?? ""}`);
}

/** @returns null, or why there is no way to it, "" where the kind of line tells */
async function pressReset(target: BenchTarget, { console }: LockBench): Promise<string | null> {
  if (console?.control === undefined) return "";
  try {
    console.control({ dtr: false, rts: true });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return ` ${error.message}`;
  }
  await target.advance(resetMs);
  console.control({ dtr: false, rts: false });
  return null;
}

function demandOpen(answer: string[]): void {
  if (answer.at(-1)?.startsWith("error denied") === true) throw new UserError("The console of this image is closed: give its password with --password.");
}

/** Another board's lock is not reset but left as it is. */
async function reset(target: BenchTarget, { board }: LockBench): Promise<void> {
  const wrong = await wrongBoard(target, board);
  if (wrong !== null) throw new UserError(wrong);
  const answer = await target.send("factory-reset");
  demandOpen(answer);
  if (answer.at(-1) !== "ok") throw new UserError(`The lock refuses a factory reset: ${answer.join(" / ")}`);
  await target.advance(wipeMs);
}

/** @returns a sentence, null where the lock is of this board */
async function wrongBoard(target: BenchTarget, board: Board): Promise<string | null> {
  const answer = await target.send("board");
  demandOpen(answer);
  // A lock that still echoes says the question first.
  const named = answer.find((line) => line.startsWith("board ")) ?? answer[0];
  if (named === `board ${board.name}`) return null;
  return `The lock says "${named}", --board is ${board.name}: name its own board, or put the image of this one on it.`;
}

/** Is it this firmware, with the parts that the board's file names? @returns what is not, a sentence each */
export async function checkLock(target: BenchTarget, board: Board): Promise<string[]> {
  const other = await wrongBoard(target, board);
  if (other !== null) return [other];
  const wrong: string[] = [];
  const version = (await target.send("version"))[0];
  if (version !== `version ${VERSION}`) wrong.push(`The lock says "${version}", these sources are ${VERSION}: put this image on it.`);
  const drivers = lockBoardOf(board).drivers().filter((driver) => driver !== "");
  const parts = (await target.send("parts")).map((line) => line.split(" "));
  for (const driver of drivers) {
    const part = parts.find(([, its]) => its === driver);
    if (part === undefined) wrong.push(`The lock has no part with driver ${driver}, board ${board.name} has one: put the image of this board on it.`);
    else if (part[2] !== "ok") wrong.push(`The part ${part[0]} (${driver}) is ${part[2]}: check its supply and its wires.`);
  }
  return wrong;
}
