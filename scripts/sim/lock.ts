import { PROMPTS, word } from "../../firmware/console/words";
import { Board } from "../../hal/board";
import { Engine } from "../../hal/platform/sim/chip";
import { StateFolder } from "../../hal/platform/sim/flash-file";
import { newWorld, Session, standingOf, World } from "../../hal/platform/sim/world";

/** A simulated lock whose state is kept in a folder. */
export interface SimulatedLock {
  world: World;
  session: Session;
  /** Nothing was kept of it: this is its first start. */
  fresh: boolean;
  /** What a person should know of the reading of its state, a sentence each. */
  notes: string[];
  /** Writes the state if it changed, apart from the hands of its clock. */
  save(): void;
  /** Writes the state: nothing more will happen. */
  end(): void;
}

/** The voice module may be busy or just starting: a prompt is heard at most so long after its trace line. */
const promptLateMs = 5000;
/** Chosen: more trace lines than come in that time. */
const recentLines = 50;

/** Powers the lock on and waits until its keys are felt; it then stands at the console with echo and prompt off. @param print takes each line it prints. */
export function startSimulatedLock(board: Board, engine: Engine, state: StateFolder, print: (line: string) => void): SimulatedLock {
  const kept = state.load(board.flash.pageSize * board.flash.pages);
  const world = newWorld({ board, engine, flash: kept.flash, standing: kept.standing });
  const session = new Session(world);
  session.onLine = print;
  world.speaker.onPrompt = (prompt) => narrate(world, session, prompt, print);
  world.powerOn();
  world.advance(world.keypad.startMs);
  prepare(session, kept.fresh, print);
  return { world, session, fresh: kept.fresh, notes: kept.notes, ...newSaver(world, state) };
}

/** A prompt as a person hears it. */
export function promptWords(prompt: number): string {
  return word(PROMPTS, prompt).replace(/-/g, " ");
}

/** What is said is told in words when the trace does not tell it. */
function narrate(world: World, session: Session, prompt: number, print: (line: string) => void): void {
  // The trace line of a step may stand behind what the step said.
  world.scheduler.after(0, () => {
    const sinceMs = world.machine.now() - promptLateMs;
    const recent = session.trace.slice(-recentLines).filter((line) => Number.parseInt(line.slice(1), 10) >= sinceMs);
    const told = recent.some((line) => line.includes(` voice ${word(PROMPTS, prompt)}`));
    if (!told) print(`(voice) ${promptWords(prompt)}`);
  });
}

/** The host edits lines and shows the prompt. A first start is traced, for a newcomer to see what happens. */
function prepare(session: Session, fresh: boolean, print: (line: string) => void): void {
  session.onLine = () => undefined;
  session.perform("interactive off");
  if (fresh) session.perform("trace on");
  session.onLine = print;
}

function newSaver(world: World, state: StateFolder): Pick<SimulatedLock, "save" | "end"> {
  let savedOperations = -1;
  let savedStanding = "";
  const save = (always: boolean): void => {
    const standing = standingOf(world);
    const text = JSON.stringify({ ...standing, clock: null });
    if (!always && world.flash.operations === savedOperations && text === savedStanding) return;
    savedOperations = world.flash.operations;
    savedStanding = text;
    state.save(world.flash.bytes, standing);
  };
  return { save: () => save(false), end: () => save(true) };
}
