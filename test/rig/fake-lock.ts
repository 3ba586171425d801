import { Board } from "../../hal/board";
import { Chip, Engine, Image } from "../../hal/platform/sim/chip";

/** The pins and ports of the tests that need no board file. */
export const fakeBoard: Board = {
  name: "fake", title: "Fake", console: "open",
  uarts: { console: 0, standin: 1 },
  pins: {
    doorOpen: 4, tamperOpen: 5, setButton: 12, lockButton: 13, handle: 14,
    boltWithdrawn: 16, boltThrown: 17, motorWithdraw: 18, motorThrow: 19,
  },
  flash: { pageSize: 256, pages: 4 },
  limits: {},
};

/** What a fake lock does with a line of its console; throws what the chip throws. */
export type Command = (chip: Chip, print: (line: string) => void, args: string[]) => void;

/** A lock of a few lines: it records all it is told, and does what the console asks of it. */
export interface FakeLock {
  engine: Engine;
  /** Everything the images were told, as `<chip ms> <what>`. */
  heard: string[];
  /** Sends a line to the parts. */
  tellParts(line: string): void;
  chip(): Chip;
}

/** @param commands what the console knows beyond the built-in words; each answers `ok` by itself. */
export function newFakeLock(commands: { [word: string]: Command } = {}): FakeLock {
  const heard: string[] = [];
  let running: Chip | null = null;
  const all = { ...builtIn, ...commands };
  const engine: Engine = (chip) => {
    running = chip;
    const print = (line: string): void => chip.send(fakeBoard.uarts.console, `${line}\r\n`);
    const hear = (what: string): void => { heard.push(`${chip.now()} ${what}`); };
    hear(`boot ${chip.bootCause()}`);
    print(`@${chip.now()} boot cause=${chip.bootCause()} version=0`);
    return newImage(chip, hear, print, all);
  };
  return {
    engine, heard,
    tellParts: (line) => running?.send(fakeBoard.uarts.standin, `${line}\n`),
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
      const text = bytes.trimEnd();
      if (port === fakeBoard.uarts.standin) {
        hear(text);
        print(`@${chip.now()} ${text}`);
        return;
      }
      const [word, ...args] = text.split(" ");
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
