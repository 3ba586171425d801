import { UserError } from "../build/user-error";
import { LockConsole } from "../console/lock-console";
import { Connection } from "../serial/connection";
import { askChip, checkChip, chipLines, isPc } from "./chip";
import { restartStep, tellSteps } from "./dry-run";
import { runSteps, stepsOf } from "./install";
import { Loader } from "./loader";
import { Plan } from "./plan";
import { Progress } from "./progress";
import { Prompt } from "./prompt";
import { checkMemory, radiosOn, switchOff } from "./radios";

/** While it is awaited the lock is asked so often. */
const polls = 60;

/** A first image, through the JavaScript prompt of a chip whose prompt is still open. */
export async function flashPrompt(plan: Plan, prompt: Prompt, connection: Connection, progress: Progress): Promise<void> {
  const { manifest } = plan.image;
  const loader = new Loader(prompt);
  const chip = await askChip(prompt, loader);
  chipLines(chip, manifest).forEach((line) => progress.say(line));
  checkChip(chip, manifest, plan.port);
  const on = await radiosOn(chip, prompt);
  const steps = stepsOf(plan.image);
  if (plan.dry) {
    const before = on.map(({ name }) => ({ would: `switch off ${name}, which makes room for more variables` }));
    tellSteps([...before, ...steps, restartStep], progress);
    return;
  }
  checkMemory(await switchOff(on, chip, prompt, loader, progress), manifest.variables ?? 0, plan.port);
  await runSteps(steps, loader, progress);
  await restart(plan, prompt, connection, progress, () => prompt.send(isPc(chip) ? "load()" : prompt.dialect.restart));
}

/** @param start makes the board restart */
export async function restart({ image: { manifest }, port }: Plan, prompt: Prompt, connection: Connection, progress: Progress, start: () => void): Promise<void> {
  progress.begin("Restart");
  // It is the prompt that answers `version` so: the line did not arrive.
  const answer = (line: string): void => { if (prompt.dialect.stillThere.test(line)) start(); };
  const console = new LockConsole((bytes) => connection.write(bytes), { answer });
  start();
  connection.onBytes = (bytes) => console.received(bytes);
  const end = performance.now() + prompt.pace.restartMs;
  let version: string | null = null;
  while (version === null && performance.now() < end) version = await console.version(prompt.pace.restartMs / polls);
  if (version === null) throw new UserError(`The image was written, and the lock at ${port} does not answer; npm run console shows what it says.`);
  if (version !== manifest.version) throw new UserError(`The image was written, and the lock at ${port} says version ${version}, not ${manifest.version}.`);
  progress.end(`the lock answers: version ${version}`);
}
