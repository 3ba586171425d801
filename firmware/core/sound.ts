import { Beep } from "../../hal/roles";
import { Out, say } from "./outputs";

/** K3: one long beep, and the prompt that says what succeeded. */
export function succeed(out: Out, prompt: number): void {
  out.beep = Beep.Success;
  say(out, prompt);
}

/** K3: three short beeps, and the prompt that says why. */
export function fail(out: Out, prompt: number): void {
  out.beep = Beep.Failure;
  say(out, prompt);
}
