/** An image of the conformance suite on a chip whose outside is the test. */
import { Engine } from "../platform/sim/chip";
import { Entropy } from "../platform/sim/world/entropy";
import { NorFlash } from "../platform/sim/world/flash";
import { Machine } from "../platform/sim/world/machine";
import { Scheduler } from "../platform/sim/world/scheduler";
import { wiring } from "./wiring";

export class Bench {
  readonly scheduler = new Scheduler();
  readonly flash: NorFlash;
  readonly machine: Machine;
  /** Levels the image gave its outputs, in order. */
  readonly driven: string[] = [];
  /** Tones and shares the image gave its PWM outputs, as `<pin>: <hertz> <permille>`, in order. */
  readonly waves: string[] = [];
  private readonly heard: Record<number, string> = {};

  constructor(engine: Engine, contents?: Uint8Array) {
    this.flash = new NorFlash(4096, 16, contents);
    this.machine = new Machine(this.scheduler, this.flash, new Entropy("conformance"), engine, {
      output: (pin, level) => { this.driven.push(`${pin}=${level}`); },
      sent: (port, bytes) => { this.heard[port] = (this.heard[port] ?? "") + bytes; },
      pwm: (pin, hertz, permille) => { this.waves.push(`${pin}: ${hertz} ${permille}`); },
      powered: () => undefined,
    });
  }

  /** Sends bytes to a port and lets the lock come to rest. @returns what it sent on that port since the last time. */
  send(port: number, bytes: string): string {
    this.machine.deliver(port, bytes);
    this.pass(0);
    return this.take(port);
  }

  /** A line to the console. @returns the lines it said since the last time. */
  tell(line: string): string[] {
    return this.send(wiring.console, `${line}\n`).split("\n").slice(0, -1);
  }

  /** The one line it answers. */
  ask(line: string): string {
    const lines = this.tell(line);
    if (lines.length !== 1) throw new Error(`"${line}" was answered by ${lines.length} lines: ${lines.join(" | ")}`);
    return lines[0];
  }

  /** Lets time pass. @returns the lines the console said since the last time. */
  pass(ms: number): void {
    this.scheduler.run(this.scheduler.nowMs + ms);
  }

  take(port: number): string {
    const bytes = this.heard[port] ?? "";
    this.heard[port] = "";
    return bytes;
  }

  lines(): string[] {
    return this.take(wiring.console).split("\n").slice(0, -1);
  }
}

/** @returns a bench whose image has started. */
export function startedBench(engine: Engine, contents?: Uint8Array): Bench {
  const bench = new Bench(engine, contents);
  bench.machine.powerOn();
  bench.pass(0);
  const said = bench.lines();
  if (said.join() !== "started") throw new Error(`the image did not start: ${said.join(" | ")}`);
  return bench;
}
