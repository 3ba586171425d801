import { Journal, Method, Save } from "./events";
import { Out, note, say } from "./outputs";
import { Prompt } from "./prompts";
import { Lock } from "./state";
import { throwBolt } from "./locking";

/** O7: locks if needed and arms the lock. @returns false when the door is open. */
export function leaveHome(s: Lock, out: Out, by: Method): boolean {
  if (!throwBolt(s, out, by)) return false;
  say(out, Prompt.LeavingHome);
  if (s.armed === 1) return true;
  s.armed = 1;
  out.save = out.save | Save.Counters;
  note(out, Journal.Armed, 0, by);
  return true;
}
