import { UserError } from "../build/user-error";
import { Connection, OpenLine } from "../serial/connection";
import { openLine } from "../serial/open";
import { askPassword } from "./ask-password";
import { javascript, lua } from "./dialect";
import { tellUnasked } from "./dry-run";
import { Plan, planOf, usage } from "./plan";
import { newProgress, Progress } from "./progress";
import { chipPace, Pace, Prompt } from "./prompt";
import { RomLoader } from "./rom-loader";
import { flashLock } from "./to-lock";
import { flashLuaPrompt } from "./to-lua-prompt";
import { flashPrompt } from "./to-prompt";
import { lockPace, UpdatePace } from "./update";
import { whoAnswers } from "./who-answers";

/** After its firmware was exchanged the chip starts for the first time, perhaps by somebody's hand. */
const firstStartMs = 60000;

export interface FlashTerminal {
  stdin: NodeJS.ReadableStream;
  stdout: NodeJS.WritableStream;
  stderr: NodeJS.WritableStream;
}

/** What a test has otherwise. */
export interface Surroundings {
  open: OpenLine;
  chip: Pace;
  lock: UpdatePace;
  environment: NodeJS.ProcessEnv;
}

const real: Surroundings = { open: openLine, chip: chipPace, lock: lockPace, environment: process.env };

/** @returns the exit code: 0, 2 if something is wrong, which was told in a sentence. */
export async function flashCommand(args: readonly string[], terminal: FlashTerminal, surroundings = real): Promise<number> {
  const progress = newProgress(terminal.stdout);
  try {
    const plan = planOf(args);
    if (plan === null) progress.say(usage);
    else await flash(plan, terminal, progress, surroundings);
    return 0;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    progress.stop();
    terminal.stderr.write(`${error.message}\n`);
    return 2;
  }
}

async function flash(plan: Plan, terminal: FlashTerminal, progress: Progress, surroundings: Surroundings): Promise<void> {
  const { manifest } = plan.image;
  const { open, chip, lock, environment } = surroundings;
  progress.say(`${manifest.board}, version ${manifest.version} (${manifest.git}), for ${manifest.soc}.`);
  const connection = await Connection.open(plan.port, open);
  const work = async (): Promise<void> => {
    if (plan.before.length > 0) {
      if (plan.dry) return tellUnasked(plan, progress);
      await throughRom(plan, connection, progress);
    }
    connection.withFlowControl();
    const isLua = manifest.platform === "nodemcu";
    const prompt = new Prompt((bytes) => connection.write(bytes), plan.port, chip, isLua ? lua : javascript);
    connection.onBytes = (bytes) => prompt.received(bytes);
    if (await whoAnswers(prompt, plan.before.length > 0 ? firstStartMs : chip.startMs) === "prompt") await (isLua ? flashLuaPrompt : flashPrompt)(plan, prompt, connection, progress);
    else await flashLock(plan, connection, progress, lock, () => askPassword(terminal.stdin, terminal.stderr, environment));
  };
  try {
    await connection.during(work());
  } finally {
    connection.close();
  }
}

async function throughRom({ before, image }: Plan, connection: Connection, progress: Progress): Promise<void> {
  const loader = new RomLoader(connection.line, progress);
  connection.onBytes = (bytes) => loader.received(bytes);
  await loader.write(before, image.manifest.soc);
}
