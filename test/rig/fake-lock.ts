import { Board } from "../../hal/board";
import { Chip, Engine, Image } from "../../hal/platform/sim/chip";
import simulated from "../../board-configs/sim.json";

/** The simulated lock's own board, with a flash that is quickly full. */
export const fakeBoard: Board = { ...simulated as Board, name: "fake", title: "Fake", flash: { pageSize: 256, pages: 4 } };

/** What a fake lock does with a line of its console; throws what the chip throws. */
export type Command = (chip: Chip, print: (line: string) => void, args: string[]) => void;

/** A lock of a few lines and without drivers: it records all it is told, and does what the console asks of it. */
export interface FakeLock {
  engine: Engine;
  /** Everything the images were told, as `<chip ms> <what>`. */
  heard: string[];
  chip(): Chip;
}

/** @param commands what the console knows beyond the built-in words; each answers `ok` by itself. */
export function newFakeLock(commands: { [word: string]: Command } = {}): FakeLock {
  const heard: string[] = [];
  let running: Chip | null = null;
  const all = { ...builtIn, ...commands };
  const engine: Engine = (chip) => {
    running = chip;
    const print = (line: string): void => chip.send(fakeBoard.console.uart, `${line}\r\n`);
    const hear = (what: string): void => { heard.push(`${chip.now()} ${what}`); };
    hear(`boot ${chip.bootCause()}`);
    print(`@${chip.now()} boot cause=${chip.bootCause()} version=0`);
    return newImage(chip, hear, print, all);
  };
  return {
    engine, heard,
    chip: () => {
      if (running === null) throw new Error("the fake lock was never started");
      return running;
    },
  };
}

/** Console words every fake lock knows. */
const builtIn: { [word: string]: Command } = {
  interactive: () => undefined,
  trace: () => undefined,
  set: () => undefined,
  say: (chip, print, args) => print(`@${chip.now()} ${args.join(" ")}`),
  later: (chip, _print, args) => chip.setTimer(1, Number(args[0])),
  write: (chip, _print, args) => chip.writeFlash(Number(args[0]), args[1]),
  erase: (chip, _print, args) => chip.eraseFlash(Number(args[0])),
  pin: (chip, _print, args) => chip.writePin(Number(args[0]), Number(args[1])),
  reboot: (chip) => chip.restart(),
  crash: () => { throw new Error("a fault of the image"); },
};

function newImage(chip: Chip, hear: (what: string) => void, print: (line: string) => void, all: { [word: string]: Command }): Image {
  return {
    pinChanged: (pin, level) => {
      hear(`pin ${pin} ${level}`);
      print(`@${chip.now()} pin ${pin} ${level}`);
    },
    received: (port, bytes) => {
      if (port !== fakeBoard.console.uart) {
        hear(`uart ${port} ${Buffer.from(bytes, "latin1").toString("hex")}`);
        return;
      }
      const [word, ...args] = bytes.trimEnd().split(" ");
      if (word === "mute") return;
      if (!Object.hasOwn(all, word)) {
        print(`error unknown There is no command "${word}".`);
        return;
      }
      all[word](chip, print, args);
      print("ok");
    },
    timerFired: (id) => {
      hear(`timer ${id}`);
      print(`@${chip.now()} timer ${id}`);
    },
    memory: () => -1,
    end: () => hear("end"),
  };
}
