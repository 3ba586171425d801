import { FlashPart } from "./base-file";
import { stepsOf } from "./install";
import { luaSteps } from "./lua-install";
import { Plan } from "./plan";
import { Progress } from "./progress";

/** As every piece of the work says it of itself. */
interface Wish { would: string }

export const restartStep: Wish = { would: "restart, and ask the lock for its version" };

/** What would be done, a line each. */
export function tellSteps(steps: readonly Wish[], progress: Progress): void {
  for (const { would } of steps) progress.say(`would ${would}`);
  progress.say("Nothing was written.");
}

/** Where the chip's own loader goes first, who answers now is not who takes the image: nobody is asked. */
export function tellUnasked({ before, image }: Plan, progress: Progress): void {
  const isLua = image.manifest.platform === "nodemcu";
  const check = isLua ? "check modules, number model, file system and room for code" : "check chip, firmware, Storage and the room for variables, and switch off Wi-Fi and Bluetooth";
  tellSteps([...before.map(writing), { would: check }, ...isLua ? luaSteps(image) : stepsOf(image), restartStep], progress);
}

function writing({ name, address, data }: FlashPart): Wish {
  return { would: `write ${name}, ${data.length} bytes at 0x${address.toString(16)}, through the chip's loader` };
}
