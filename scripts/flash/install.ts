import { BuiltImage, ManifestFile } from "../build/manifest";
import { UserError } from "../build/user-error";
import { Loader } from "./loader";
import { Progress } from "./progress";

interface Part extends ManifestFile { bytes: string }

/** One piece of the work. */
export interface Step {
  label: string;
  /** What a dry run says of it. */
  would: string;
  /** @returns how it went. */
  run(loader: Loader, progress: Progress): Promise<string>;
}

/**
 * An empty Storage, every file that starts nothing, each checked, and then those that start them, `.boot0` last: whatever breaks off
 * in between leaves a chip that starts nothing of it. Chosen: all of Storage is erased. A boot file of another program would run
 * beside the lock, and a log without gaps is never compacted, which a power cut can turn into an erased one.
 */
export function stepsOf({ manifest, bytes }: BuiltImage): Step[] {
  const parts = manifest.files.map((entry, index) => ({ ...entry, bytes: bytes[index] }));
  const boot = parts.filter(({ role }) => role === "boot").sort((a, b) => (a.store < b.store ? 1 : -1));
  const erase: Step = {
    label: "Erase Storage",
    would: "erase all of Storage",
    run: async (loader) => {
      await loader.eraseAll();
      return "done";
    },
  };
  return [erase, ...[...parts.filter(({ role }) => role !== "boot"), ...boot].flatMap((part) => [writing(part), checking(part)])];
}

function writing(part: Part): Step {
  return {
    label: `Write ${part.store}`,
    would: `write ${part.store}, ${part.size} bytes${part.role === "boot" ? ", which starts the image" : ""}`,
    run: async (loader, progress) => {
      await writeOrErase(part, loader, progress);
      return `${part.size} bytes`;
    },
  };
}

/** A boot file that did not get there whole must not be there at all. */
async function writeOrErase(part: Part, loader: Loader, progress: Progress): Promise<void> {
  try {
    await loader.write(part.store, part.bytes, part.reserve ?? part.size, (done) => progress.at(done, part.size));
  } catch (error) {
    if (part.role === "boot") await loader.erase(part.store).catch(() => undefined);
    throw error;
  }
}

/**
 * Chosen: the digest is made on the chip, over the flash that it will run; that takes a second, and reading a whole image back half
 * a minute. Where the firmware has no digest, or no room for one, the bytes are read back.
 */
function checking(part: Part): Step {
  return {
    label: `Check ${part.store}`,
    would: `check the SHA-256 of ${part.store} on the chip`,
    run: async (loader, progress) => {
      const digest = await loader.digest(part.store, part.size);
      const right = digest === null ? await loader.read(part.store, part.size, (done) => progress.at(done, part.size)) === part.bytes : digest === part.sha256;
      if (right) return digest === null ? "read back, every byte agrees" : "SHA-256 agrees";
      if (part.role === "boot") await loader.erase(part.store);
      throw new UserError(`${part.store} on the chip is not what was sent; ${part.role === "boot" ? "it was erased again, and" : "no boot file was written, so"} nothing of it starts.`);
    },
  };
}

export async function runSteps(steps: readonly Step[], loader: Loader, progress: Progress): Promise<void> {
  for (const step of steps) {
    progress.begin(step.label);
    progress.end(await step.run(loader, progress));
  }
}
