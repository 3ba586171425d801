import { bytecodeMark } from "../build/nodemcu-files";
import { UserError } from "../build/user-error";
import { LockConsole } from "../console/lock-console";
import { Connection } from "../serial/connection";
import { tellSteps } from "./dry-run";
import { faultsOf } from "./faults";
import { Plan } from "./plan";
import { Progress } from "./progress";
import { Update, updateFile, UpdatePace } from "./update";

/** A new image for a lock that runs: its console takes it. */
export async function flashLock(plan: Plan, connection: Connection, progress: Progress, pace: UpdatePace, password: () => Promise<string>): Promise<void> {
  const { store, image } = updateFile(plan.image);
  const { board, platform } = plan.image.manifest;
  // Chosen: any text. What a lock has left of its memory says nothing of the memory that its image will have.
  if (platform === "nodemcu" && !image.startsWith(bytecodeMark)) {
    throw new UserError(`The image is Lua text, and whether the memory of the lock at ${plan.port} has room for it can only be asked at the prompt; build it for flash, with LUAC_CROSS (hal/platform/nodemcu/README.md).`);
  }
  connection.inBursts(pace.gapMs);
  const console = new LockConsole((bytes) => connection.write(bytes), { other: (line) => update.onOther(line) });
  const update = new Update(console, plan.port, pace);
  connection.onBytes = (bytes) => console.received(bytes);
  const before = await update.identity();
  progress.say(plan.dry ? `A lock answers: version ${before.version}.` : "A lock answers: the image goes through its console.");
  for (const fault of faultsOf(before.base)) progress.say(fault);
  if (!plan.dry) {
    await update.run(plan.image, before, await password(), progress);
    return;
  }
  tellSteps([
    { would: `log in, which needs the password, and check that it is the board ${board}` },
    { would: `send ${store}, ${image.length} bytes, through its console` },
    { would: "wait until the lock has restarted with it, and has confirmed it" },
  ], progress);
}
