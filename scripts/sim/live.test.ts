import { PassThrough } from "node:stream";
import { ReadStream, WriteStream } from "node:tty";
import { fakeBoard, newFakeLock } from "../../test/rig/fake-lock";
import { newWorld, Session } from "../../hal/platform/sim/world";
import { Live } from "./live";
import { SimulatedLock } from "./lock";

/** A person at a terminal: what is typed goes in, what the screen was sent comes out. */
class Seat {
  screen = "";
  /** The arguments of each passcode command that reached the lock. */
  readonly passcodes: string[] = [];
  private readonly stdin = new PassThrough();
  private readonly live: Live;
  private readonly running: Promise<number>;

  constructor(rows = 40) {
    const lock = newFakeLock({ passcode: (_chip, _print, args) => { this.passcodes.push(args.join(" ")); }, help: () => undefined });
    const world = newWorld({ board: fakeBoard, engine: lock.engine });
    const session = new Session(world);
    const simulated: SimulatedLock = { world, session, fresh: false, notes: [], save: () => undefined, end: () => undefined };
    world.powerOn();
    const stdout = new PassThrough();
    stdout.on("data", (chunk: Buffer) => { this.screen += chunk.toString("utf8"); });
    Object.assign(this.stdin, { isTTY: true, setRawMode: () => this.stdin });
    Object.assign(stdout, { isTTY: true, rows, columns: 100 });
    this.live = new Live(this.stdin as unknown as ReadStream, stdout as unknown as WriteStream, { stayAtEnd: false });
    session.onLine = (line) => this.live.print(line);
    this.running = this.live.run(simulated);
  }

  async type(keys: string): Promise<void> {
    for (const key of keys.match(/\x1b\[.|[^]/g) ?? []) {
      this.stdin.write(key);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await new Promise((resolve) => setTimeout(resolve, 60));
  }

  async end(): Promise<void> {
    this.stdin.write("\x03");
    await this.running;
    this.live.close();
  }
}

let seat: Seat;
afterEach(() => seat.end());

test("a secret is typed as stars, edited as stars, sent as it is, and not in the history", async () => {
  seat = new Seat();
  await seat.type("say hello\r");
  await seat.type("passcode set 1 604827");
  expect(seat.screen).toContain("passcode set 1 ******");
  await seat.type("\x7f\x1b[D8\x1b[D\x1b[C\x05");
  await seat.type("\r");
  await seat.type("\x1b[A");
  expect(seat.screen).not.toMatch(/60|04|488|827/);
  expect(seat.screen.slice(-60)).toContain("lock> say hello");
  expect(seat.passcodes).toEqual(["set 1 604882"]);
});

test("what is no secret is echoed as it is", async () => {
  seat = new Seat();
  await seat.type("user add admin");
  expect(seat.screen.replace(/\x1b\[[\d;]*[A-Za-z]/g, "")).toContain("user add admin");
});

test("help names the bench words, once, after the answer", async () => {
  seat = new Seat();
  await seat.type("help\r");
  await seat.type("\r");
  expect(seat.screen.match(/Bench words move the world/g)).toHaveLength(1);
  expect(seat.screen.indexOf("Bench words")).toBeGreaterThan(seat.screen.lastIndexOf("ok\n"));
});

test("a terminal too small for the picture is told once", async () => {
  seat = new Seat(12);
  await seat.type("say a\r");
  expect(seat.screen.match(/the picture needs 78x15, this terminal has 100x12/g)).toHaveLength(1);
});
