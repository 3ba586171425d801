import { UserError } from "../build/user-error";
import { LockConsole } from "../console/lock-console";
import { Connection } from "../serial/connection";
import { Plan } from "./plan";
import { Progress } from "./progress";
import { Update, updateFile, UpdatePace } from "./update";

/** A new image for a lock that runs: its console takes it. */
export async function flashLock(plan: Plan, connection: Connection, progress: Progress, pace: UpdatePace, password: () => Promise<string>): Promise<void> {
  const { store, image } = updateFile(plan.image);
  connection.inBursts(pace.gapMs);
  const console = new LockConsole((bytes) => connection.write(bytes), { other: (line) => update.onOther(line) });
  const update = new Update(console, plan.port, pace);
  connection.onBytes = (bytes) => console.received(bytes);
  if (!plan.dry) {
    progress.say("A lock answers: the image goes through its console.");
    await update.run(plan.image, await password(), progress);
    return;
  }
  const version = await update.version();
  if (version === null) throw new UserError(`The lock at ${plan.port} does not tell its version.`);
  progress.say(`A lock answers: version ${version}.`);
  progress.say(`would send ${store}, ${image.length} bytes, through its console, which needs the password`);
  progress.say("would wait until the lock has restarted with it");
  progress.say("Nothing was written.");
}
