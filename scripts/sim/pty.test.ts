import { spawnSync } from "node:child_process";
import { closeSync, constants, mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StateFolder } from "../../hal/platform/sim/flash-file";
import { Exchange } from "../../hal/platform/sim/world";
import { readBoard } from "../build/sources";
import { projectEngines } from "../scenario/engines";
import { openPseudoTerminal } from "../serial/pty";
import { startSimulatedLock } from "./lock";
import { shareConsole } from "./shared";

const withScript = spawnSync("script", ["--version"]).status === 0 ? test : test.skip;

/** Asks until there is something. */
async function until<T>(ask: () => T | null): Promise<T> {
  for (;;) {
    const answer = ask();
    if (answer !== null) return answer;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function readNow(fd: number): string | null {
  const buffer = Buffer.alloc(256);
  try {
    return buffer.subarray(0, readSync(fd, buffer)).toString("latin1");
  } catch {
    return null;
  }
}

withScript("a terminal program and the lock exchange bytes as they are (skipped without util-linux's script)", async () => {
  let typed = "";
  const pty = await openPseudoTerminal((bytes) => { typed += bytes; });
  const fd = openSync(pty.path, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK);
  try {
    writeSync(fd, "help\r\x03\x04\x7f\xff\n", null, "latin1");
    expect(await until(() => typed.endsWith("\n") ? typed : null)).toBe("help\r\x03\x04\x7f\xff\n");
    pty.write("ok\r\nlock> \x1b[K\x80");
    expect(await until(() => readNow(fd))).toBe("ok\r\nlock> \x1b[K\x80");
  } finally {
    closeSync(fd);
    pty.close();
  }
});

describe("the lock's console at two ends", () => {
  const folder = mkdtempSync(join(tmpdir(), "lock-console-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** A real lock whose console is shared between a pseudo-terminal and the host's own screen. */
  async function share(screen: string[]) {
    const board = readBoard("sim");
    const engine = await projectEngines.load("sim", board);
    if (typeof engine === "string") throw new Error(engine);
    const lock = startSimulatedLock(board, engine, new StateFolder(join(folder, "lock")), (line) => screen.push(line));
    const pty = await openPseudoTerminal((bytes) => lock.world.type(bytes));
    lock.world.onConsole = (bytes) => pty.write(bytes);
    let asked: Exchange | null = null;
    shareConsole(lock.world, () => asked);
    const fd = openSync(pty.path, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK);
    let seen = "";
    const ask = async (bytes: string, end: string): Promise<string> => {
      seen = "";
      writeSync(fd, bytes, null, "latin1");
      await until(() => {
        lock.world.advance(10);
        seen += readNow(fd) ?? "";
        return seen.endsWith(end) ? true : null;
      });
      return seen;
    };
    const give = (line: string): void => {
      asked = lock.session.begin(line);
      lock.world.advance(10000, () => lock.session.settle());
      asked = null;
    };
    const close = (): void => { closeSync(fd); pty.close(); };
    return { ask, give, close, lock };
  }

  withScript("a terminal program that ends its lines with a return sees no staircase, and the host's screen nothing of it", async () => {
    const screen: string[] = [];
    const { ask, give, close, lock } = await share(screen);
    try {
      give("trace off");
      expect(await ask("interactive on\r", "lock> ")).toMatch(/ok\r\nlock> $/);
      screen.length = 0;
      const status = await ask("status\r", "ok\r\nlock> ");
      expect(status).toMatch(/^status\r\nlock locked\r\n/);
      expect(status).not.toMatch(/[^\r]\n/);
      expect(await ask("password correct-horse\r", "ok\r\nlock> ")).toContain("password *************\r\n");
      expect(screen).toEqual([]);
      give("passcode set 1 604827");
      expect(screen).toEqual([expect.stringMatching(/^error no-such-user/)]);
      screen.length = 0;
      give("trace on");
      await ask("stat", "stat");
      lock.world.setTamper(true);
      lock.world.advance(100);
      expect(screen[0]).toBe("ok");
      expect(screen.slice(1).length).toBeGreaterThan(0);
      expect(screen.slice(1).filter((line) => !/^@\d+ /.test(line))).toEqual([]);
    } finally {
      close();
    }
  });
});
