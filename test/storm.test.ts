/** A byte storm on any UART cannot stop the keypad: noise at full speed, for minutes, while somebody enters a code. */
import { Session, newWorld } from "../hal/platform/sim/world";
import { newRandom, randomBytes } from "../hal/drivers/test/platform";
import { lockImage, readBoard } from "../scripts/build/sources";
import { simEngine } from "./engines/sim";

const board = readBoard("sim");
const engine = simEngine(lockImage("sim"));
const everyMs = 10;

/** Bytes of ten bits that a line carries in `everyMs`. */
const perChunk = (baud: number): number => Math.floor(baud / 10 / 1000 * everyMs);

type Noise = (random: (below: number) => number, count: number) => string;
const NOISES: { [name: string]: Noise } = {
  "random bytes": randomBytes,
  "beginnings of frames": (random, count) => Array.from({ length: count }, () => "\xef\x01\xaa\xff\x7e\x07\x00"[random(7)]).join(""),
  "nothing but zeros": (_random, count) => "\0".repeat(count),
};

const LINES: [string, number, number][] = [
  ["console", board.console.uart, 115200], ["fingerprint reader", board.parts.finger?.uart ?? -1, 57600], ["palm and face module", board.parts.palmFace?.uart ?? -1, 115200],
];

function storm(session: Session, port: number, baud: number, noise: Noise): void {
  const { scheduler, machine } = session.world;
  const random = newRandom(port + 7);
  const blow = (): void => {
    machine.deliver(port, noise(random, perChunk(baud)));
    scheduler.after(everyMs, blow);
  };
  blow();
}

const told = (session: Session, pattern: RegExp): number => session.trace.filter((line) => pattern.test(line)).length;

test.each(LINES.flatMap(([name, port, baud]) => Object.keys(NOISES).map((noise): [string, string, number, number] => [noise, name, port, baud])))(
  "%s from the %s", (noise, name, port, baud) => {
    const session = new Session(newWorld({ board, engine, seed: "storm" }));
    session.world.powerOn();
    for (const line of ["interactive off", "set direction right", "set countdown off", "user add admin", "passcode set 1 604827", "wait 4s", "trace on"]) {
      expect(session.perform(line).at(-1)).toBe("ok");
    }
    storm(session, port, baud, NOISES[noise]);
    session.perform("wait 2m");
    const before = session.trace.length;
    session.perform("touch");
    session.perform("keys 604827 ok");
    session.perform("wait 3s");
    const lines = session.trace.slice(before);
    expect(lines.filter((line) => / grant /.test(line))).toEqual([expect.stringMatching(/grant user=1 by=passcode$/)]);
    expect(lines.some((line) => / motor withdraw$/.test(line))).toBe(true);
    expect(told(session, / grant user=\d+ by=(finger|face|palm)/)).toBe(0);
    expect(`${name}: ${told(session, / boot /)}`).toBe(`${name}: 1`);
  });
