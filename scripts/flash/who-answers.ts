import { UserError } from "../build/user-error";
import { lastWords, Prompt } from "./prompt";

export type Answerer = "prompt" | "lock";

/**
 * Finds out who is at the other end. The first bytes stop a program and drop a line half typed; the echo of a prompt is off
 * then. @param startMs a board that begins to run may take so long. @throws UserError if it is neither of the two.
 */
export async function whoAnswers(prompt: Prompt, startMs = prompt.pace.startMs): Promise<Answerer> {
  const { pace, path } = prompt;
  const turns = Math.max(1, Math.ceil(startMs / (pace.answerMs + pace.quietMs)));
  let said = "";
  for (let turn = 0; turn < turns; turn++) {
    prompt.forget();
    // The interpreter of a PC ends at the second Ctrl-C.
    if (turn === 0) prompt.interrupt();
    await prompt.quiet();
    prompt.send("");
    for (const line of prompt.dialect.probe) prompt.send(line);
    if (await prompt.saw(/~42\s|^error (?:unknown|too-long|denied|halted) /m, pace.answerMs)) {
      return /~42\s/.test(await prompt.quiet()) ? "prompt" : "lock";
    }
    said = lastWords(await prompt.quiet()) || said;
  }
  if (said === "") throw new UserError(`Nothing answers at ${path}; is the board powered, and does its console run at 115200 baud?`);
  throw new UserError(`What answers at ${path} is neither ${prompt.dialect.name} nor a lock; it said ${said}.`);
}
