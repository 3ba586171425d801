/** A scenario played once without a cut, with everything kept that a cut at any of its flash operations needs. */
import { readFileSync } from "node:fs";
import { Board } from "../../hal/board";
import { Engine } from "../../hal/platform/sim/chip";
import { benchWords, FlashOperation, newWorld, Session, Standing, standingOf, World } from "../../hal/platform/sim/world";
import { parseScenario, Scenario } from "../../scripts/scenario/parse";
import { play } from "../../scripts/scenario/play";
import { describeFailure } from "../../scripts/scenario/report";
import { codesIn, Kept, keptIn, Told, toldBy } from "./known";

/** A trace line and when it was printed; or, behind `> `, a line that was given. */
export interface Line { text: string; ms: number }

/** One flash operation, and how everything stood before it. */
export interface Operation extends FlashOperation {
  /** The bytes it changed, before and after. */
  before: Uint8Array;
  after: Uint8Array;
  /** How far the log had come. */
  printed: number;
  atMs: number;
  /** Index of the scenario's step that was given last, -1 in the preparation. */
  step: number;
  standing: Standing;
  /** Bench words that put back what `standing` does not hold: who is at the sensors, buttons held, silent modules. */
  surroundings: string[];
  /** Of `moments`: the change it belongs to. */
  moment: number;
}

/** The lock at rest between two changes: what a cut must leave is one of two neighbours. */
export interface Moment {
  /** null where its console was closed. */
  told: Told | null;
  kept: Kept | null;
  /** How far the log had come. */
  printed: number;
}

export interface Story {
  file: string;
  scenario: Scenario;
  board: Board;
  /** The codes it gives the lock. */
  codes: string[];
  /** The flash before the first operation. */
  flash: Uint8Array;
  operations: Operation[];
  /** Operation `o` changes `moments[o.moment]` to `moments[o.moment + 1]`. */
  moments: Moment[];
  log: Line[];
  /** What was given, in order. */
  given: string[];
}

export interface StoryOptions {
  engine: Engine;
  board: Board;
  /** From the very first start on, not from the end of the preparation. */
  fromStart?: boolean;
}

/** As in scripts/scenario: until the battery has been measured, the keys are felt, and the modules are paired. */
export const settleMs = 4000;
export const lastOfPreparation = "trace on";

class Recorder {
  readonly session: Session;
  readonly operations: Operation[] = [];
  readonly moments: Moment[] = [];
  readonly log: Line[] = [];
  readonly given: string[] = [];
  flash = new Uint8Array();
  step = -1;
  private recording = false;
  private busy = false;
  private open = 0;
  /** What the lock has answered to a line of its console, null where the bench was spoken to. */
  private owed: readonly string[] | null = null;

  constructor(readonly world: World, private readonly codes: string[]) {
    this.session = new Session(world);
    this.session.onLine = (text) => { if (/^@\d+ /.test(text)) this.log.push({ text, ms: world.nowMs }); };
    world.flash.onOperation = (operation) => { if (this.recording) this.begun(operation); };
    const advance = world.advance.bind(world);
    // Between any two happenings: the smallest steps that the lock takes as a whole.
    world.advance = (ms, enough) => advance(ms, () => {
      if (!this.busy) this.look();
      return enough?.() ?? false;
    });
  }

  begin(): void {
    this.recording = true;
    this.flash = Uint8Array.from(this.world.flash.bytes);
    this.moments.push(this.moment());
  }

  /** As `Session.perform`, but so that it is known whether the lock still owes the answer. */
  perform(line: string): string[] {
    this.given.push(line);
    this.log.push({ text: `> ${line}`, ms: this.world.nowMs });
    const exchange = this.session.begin(line);
    this.owed = Object.hasOwn(benchWords, line.split(" ")[0]) ? null : exchange.answer;
    this.world.advance(Infinity, () => this.session.settle());
    return exchange.answer;
  }

  /** The last change is over. */
  end(): void {
    this.finishOperation();
    if (this.operations.length > this.open) this.close(this.world.machine.powered ? this.moment() : { ...this.moments[this.moments.length - 1], told: null });
  }

  private begun(operation: FlashOperation): void {
    this.finishOperation();
    const { world } = this;
    this.operations.push({
      ...operation, before: this.bytes(operation), after: new Uint8Array(), printed: this.log.length, atMs: world.nowMs, step: this.step,
      standing: structuredClone(standingOf(world)), surroundings: surroundingsOf(world, this.given), moment: this.moments.length - 1,
    });
  }

  private bytes({ address, length }: FlashOperation): Uint8Array {
    return this.world.flash.bytes.slice(address, address + length);
  }

  private finishOperation(): void {
    const last = this.operations.at(-1);
    if (last !== undefined && last.after.length === 0) last.after = this.bytes(last);
  }

  /** Where the lock cannot be asked, its change goes on into the next one. */
  private look(): void {
    if (!this.recording || this.operations.length === this.open || !this.world.machine.powered) return;
    const last = this.owed?.at(-1) ?? "";
    if (this.owed !== null && last !== "ok" && !last.startsWith("error ")) return;
    this.finishOperation();
    this.close(this.moment());
  }

  private close(moment: Moment): void {
    this.open = this.operations.length;
    this.moments.push(moment);
  }

  private moment(): Moment {
    this.busy = true;
    const { flash, machine } = this.world;
    const told = machine.powered ? toldBy(this.world) : null;
    const moment = { told, kept: keptIn(flash.bytes, flash.pageSize, this.codes), printed: this.log.length };
    this.busy = false;
    return moment;
  }
}

function surroundingsOf(world: World, given: readonly string[]): string[] {
  const words: string[] = [];
  const last = (pattern: RegExp): string | undefined => given.filter((line) => pattern.test(line)).at(-1);
  for (const button of ["set", "lock"]) {
    const line = last(new RegExp(`^button ${button} (down|up)$`));
    if (line?.endsWith("down") === true) words.push(line);
  }
  for (const name of world.modules.keys()) {
    const line = last(new RegExp(`^module ${name} (silent|back)$`));
    if (line?.endsWith("silent") === true) words.push(line);
  }
  const present = { finger: world.finger?.presence, palm: world.palmFace?.palm.presence, face: world.palmFace?.face.presence };
  for (const [sensor, who] of Object.entries(present)) if (who !== undefined && who !== null) words.push(`${sensor} ${who}`);
  return words;
}

/** @throws where the scenario does not pass. */
export async function recordStory(file: string, options: StoryOptions): Promise<Story> {
  const scenario = parseScenario(file, readFileSync(file, "utf8"));
  const { board, engine } = options;
  const codes = codesIn(scenario.steps.flatMap((step) => step.kind === "send" ? [step.text] : []));
  const recorder = new Recorder(newWorld({ board, engine, seed: "scenario" }), codes);
  const { world, session } = recorder;
  if (options.fromStart === true) recorder.begin();
  world.powerOn();
  world.advance(settleMs);
  let ready = false;
  const sends = scenario.steps.flatMap((step, index) => step.kind === "send" ? [index] : []);
  const failure = await play(scenario, {
    trace: session.trace, transcript: session.transcript,
    send: (line) => {
      recorder.step = ready ? sends.shift() ?? recorder.step : -1;
      const answer = recorder.perform(line);
      if (!ready && line === lastOfPreparation) {
        ready = true;
        if (options.fromStart !== true) recorder.begin();
      }
      return Promise.resolve(answer);
    },
    advance: (ms, enough) => Promise.resolve(world.advance(ms, enough)),
    end: () => Promise.resolve(),
  });
  recorder.end();
  if (failure !== null) throw new Error(`a scenario that fails cannot be cut: ${describeFailure(file, failure)}`);
  world.powerOff();
  return {
    file, scenario, board, codes, flash: recorder.flash, operations: recorder.operations, moments: recorder.moments,
    log: recorder.log, given: recorder.given,
  };
}
