/** A lock with ever fewer variables: it may refuse and it may stop with a message; it never opens for a wrong code. */
import { newWorld, Session } from "../../hal/platform/sim/world";
import { keep, settledLock, wrongCode } from "../../scripts/bench/lock";
import { lockImage, readBoard } from "../../scripts/build/sources";
import { espruinoEngine, whyNoEspruino } from "../engines/espruino";
import { simEngine } from "../engines/sim";

const reason = whyNoEspruino();
const lines = ["power on", "wait 4s", "trace on", `keys ${wrongCode} ok`, "wait 25s", "keys 604827 ok", "wait 25s", "button lock", "wait 5s", "status"];

/** From far too few to enough. */
const counts = Array.from({ length: 14 }, (_, i) => 4000 + 175 * i);

describe("memory (on the interpreter that ESPRUINO_BIN names)", () => {
  if (reason !== null) {
    test.skip(`cannot run: ${reason}`, () => undefined);
    return;
  }
  const kept = keep(settledLock(simEngine(lockImage("sim"))));

  /** @returns how many lines were answered, and all that was said. */
  function run(free: number): { answered: number; said: string[]; stopped: string } {
    const session = new Session(newWorld({ board: readBoard("sim"), seed: "memory", engine: espruinoEngine(lockImage("sim"), free), ...kept }));
    let answered = 0;
    let stopped = "";
    try {
      for (const line of lines) {
        if (session.perform(line).at(-1) === "ok") answered++;
      }
    } catch (error) {
      stopped = (error as Error).message;
    }
    session.world.powerOff();
    return { answered, said: session.transcript, stopped };
  }

  test.each(counts)("%i variables", (free) => {
    const { answered, said, stopped } = run(free);
    const drives = said.flatMap((line, i) => (/ motor withdraw$/.test(line) ? [i] : []));
    const grants = said.flatMap((line, i) => (/ grant user=1 /.test(line) ? [i] : []));
    expect(drives.length).toBeLessThanOrEqual(grants.length);
    expect(drives.every((drive, i) => grants[i] < drive)).toBe(true);
    // Nothing before the right code opens.
    expect(said.slice(0, said.indexOf("> keys 604827 ok")).some((line) => / grant | motor withdraw/.test(line))).toBe(false);
    // It either did all, or said why not.
    expect(answered === lines.length || stopped !== "").toBe(true);
  });

  test("with enough of them it does everything", () => {
    expect(run(0)).toMatchObject({ answered: lines.length, stopped: "" });
  });
});
