import { newWorld, Session, World } from "../../hal/platform/sim/world";
import { UserError } from "../build/user-error";
import { Recorder } from "../trace/recording";
import { signalsOf } from "../trace/signals";
import { Target } from "../scenario/target";
import { Clocks } from "./clocks";
import { LockBench } from "./lock-bench";
import { mirrorBoard, sightOf } from "./mirror";
import { lacking, needsOfLine } from "./needs";
import { RealTime } from "./real-time";
import { RemoteLock } from "./remote";
import { toleranceOf } from "./rig";

/** A lock that starts takes at most so long until it says so. */
export const bootMs = 30000;

/** From the boot line until touches are felt, of the slowest keypad: its reset, configuration and first baseline. */
const keysFeltMs = 250;

/** Chosen: between two pieces of what the lock says at once less time passes; and it is waited for no longer than the other. */
const quietMs = 25;
const longestTalkMs = 500;

/** Chosen, as in the simulator: a hand's pause after it has moved a switch. The first one may have been over before the switch moved. */
const handMs = 50;

/** One play on the bench: a fresh world around the lock, in real time. */
export class BenchTarget implements Target {
  readonly recorder: Recorder;
  /** Lines `@… boot` that came. */
  boots = 0;
  /** How long in all this machine, or the one under a virtual lock, came too late to what was due, ms. */
  lateMs = 0;
  private readonly world: World;
  private readonly session: Session;
  private readonly remote: RemoteLock;
  private readonly time: RealTime;
  private readonly can: ReadonlySet<string>;
  /** The first thing that went wrong with the bench or a part on it, once the lock had started. */
  private fault: Error | null;
  /** Boots after which the console was opened, -1 = it was not yet; when the lock printed last. */
  private opened = -1;
  private heardMs = -Infinity;
  /** A cut of the supply is to come. */
  private cutting = false;
  private readonly clocks = new Clocks();

  /** @param title of its recording @param password of a closed console */
  constructor(private readonly bench: LockBench, title: string, private readonly password: string | null = null) {
    const { board, rig, link } = bench;
    this.fault = bench.stopped;
    const mirror = mirrorBoard(board, rig);
    this.can = bench.can;
    const times = { after: (ms: number, act: () => void) => this.world.scheduler.after(ms, act), now: () => this.world.nowMs };
    this.remote = new RemoteLock({ after: times.after, get nowMs() { return times.now(); } }, board, rig, bench.lines, link);
    this.world = newWorld({ board: mirror, engine: (chip) => this.remote.engine(chip) });
    this.session = new Session(this.world);
    const kind = this.world.finger?.emulator.kind;
    if (kind !== undefined) {
      this.remote.fingerRestMs = kind.restMs;
      kind.restMs = 0;
    }
    this.time = new RealTime(this.world, (error) => this.fails(error));
    this.time.onLate = (ms) => { this.lateMs += ms; };
    this.recorder = new Recorder(board, title, () => this.time.nowMs, sightOf(board, rig, bench.lines.keys()));
    this.recorder.watch(this.world, [...signalsOf(board).pins.keys()]);
    this.session.onLine = (line) => this.printed(line);
    bench.events = {
      received: (port, bytes) => this.outside(() => this.remote.received(port, bytes)),
      pin: (pin, level, rigMs) => this.outside(() => this.remote.changed(pin, level, rigMs)),
      cut: () => this.outside(() => {
        this.cutting = false;
        this.world.powerOff();
      }),
      late: (ms) => { this.lateMs += ms; },
      rig: (text, given) => this.recorder.add({ kind: "rig", text, given }),
      fault: (error) => this.fails(error),
    };
  }

  get trace(): readonly string[] {
    return this.session.trace;
  }

  get transcript(): readonly string[] {
    return this.session.transcript;
  }

  /** Reports of the helper begin, and the battery is fed. */
  async begin(): Promise<void> {
    this.demandBench();
    await this.remote.watch();
    this.remote.feed(this.world.battery.mv);
  }

  /** The lock gets its supply, as far as the bench knows. */
  powerOn(): void {
    this.outside(() => this.world.powerOn());
  }

  powerOff(): void {
    this.outside(() => this.world.powerOff());
  }

  async send(line: string): Promise<string[]> {
    this.demandBench();
    const why = lacking(this.can, needsOfLine(line));
    if (why !== null) return [`error real-part On this bench ${why}.`];
    await this.openConsole();
    this.recorder.add({ kind: "given", text: line });
    const cut = /^power cut (\d{1,6})$/.exec(line.trim());
    if (cut !== null) return this.cutAt(Number(cut[1]));
    const boots = this.boots;
    const powerOn = /^power\s+on$/.test(line.trim());
    // An interpreter comes to the operation that is cut later than the line that brings it there is answered.
    if (powerOn && this.cutting) await this.advance(bootMs, () => !this.cutting);
    const answer = await this.exchange(line);
    await this.remote.settled();
    if (/^(door|tamper|handle|button|usb|power off)\b/.test(line)) await this.time.wait(handMs);
    this.demandBench();
    this.remote.feed(this.world.battery.mv);
    // An interpreter starts longer than the simulator.
    if (powerOn && answer.at(-1) === "ok") {
      await this.booted(boots);
      await this.openConsole();
      await this.advance(keysFeltMs);
    }
    return answer;
  }

  async advance(ms: number, enough?: () => boolean): Promise<void> {
    await this.time.wait(ms, () => enough?.() === true || this.fault !== null);
    this.demandBench();
    if (enough !== undefined) await this.quiet();
  }

  toleranceMs(ms: number): number {
    return toleranceOf(this.bench.rig, ms) + this.lateMs;
  }

  /** @returns whether a `boot` line has come beyond `boots` of them. */
  async booted(boots: number, ms = bootMs): Promise<boolean> {
    await this.advance(ms, () => this.boots > boots);
    return this.boots > boots;
  }

  /** How the clocks of bench and lock parted since the last boot, in words; null: not further than the bench's tolerance. */
  clockFault(): string | null {
    return this.clocks.fault((ms) => this.toleranceMs(ms));
  }

  end(): Promise<void> {
    this.bench.events = null;
    this.time.stop();
    return Promise.resolve();
  }

  // ---- inner working

  private async exchange(line: string): Promise<string[]> {
    this.time.toNow();
    const exchange = this.session.begin(line);
    await this.time.wait(Infinity, () => this.session.settle() || this.fault !== null);
    this.demandBench();
    return exchange.answer;
  }

  /** A console that starts closed forgets at each start that it was opened, and that it traced. */
  private async openConsole(): Promise<void> {
    if (this.password === null || this.opened === this.boots) return;
    this.opened = this.boots;
    const answer = (await this.exchange(`login ${this.password}`)).at(-1) ?? "";
    // A lock that does not answer refuses nothing.
    if (/^error (?!no-)/.test(answer)) throw new UserError(`The lock refuses --password: ${answer.slice("error ".length)}.`);
    for (const line of ["interactive off", "trace on"]) await this.exchange(line);
  }

  /** What the lock says in one step comes in several pieces: none of it belongs to the line that is given next. */
  private async quiet(): Promise<void> {
    const endMs = this.time.nowMs + longestTalkMs;
    while (this.time.nowMs < Math.min(endMs, this.heardMs + quietMs)) await this.advance(quietMs);
  }

  /** Something comes from outside: the world is brought to now, before and after. */
  private outside(act: () => void): void {
    this.time.toNow();
    try {
      act();
    } catch (error) {
      this.fails(error);
    }
    this.time.toNow();
  }

  /** A real power cut: by whoever counts flash operations, or by the clock. */
  private async cutAt(operation: number): Promise<string[]> {
    const { link, rig } = this.bench;
    if (link === null) return ["error real-part This bench has no helper."];
    this.cutting = true;
    if (link.words.includes("cut")) await link.ask(`cut ${operation}`);
    else await link.ask(`supply cut ${Math.round(operation * (rig?.helper?.supply?.cutMs ?? 1))}`);
    return ["ok"];
  }

  private printed(line: string): void {
    this.recorder.add({ kind: "printed", text: line });
    this.heardMs = this.time.nowMs;
    const stamp = /^@(\d+) (boot )?/.exec(line);
    if (stamp === null) return;
    if (stamp[2] !== undefined) this.boots++;
    // The first line after a start is late by what the start takes.
    if (stamp[2] !== undefined) this.clocks.restart();
    else this.clocks.line(this.time.nowMs, Number(stamp[1]));
  }

  /** Noise on a line while the lock has no supply or starts is nobody's fault. */
  private fails(error: unknown): void {
    if (!this.world.booted && this.bench.stopped === null) return;
    this.fault ??= error instanceof Error ? error : new Error(String(error));
    this.time.toNow();
  }

  private demandBench(): void {
    if (this.fault !== null) throw this.fault;
  }
}
