import { UserError } from "../build/user-error";
import { Connection } from "../serial/connection";
import { restartStep, tellSteps } from "./dry-run";
import { checkRoom, luaSteps } from "./lua-install";
import { LuaLoader } from "./lua-loader";
import { Plan } from "./plan";
import { Progress } from "./progress";
import { Prompt } from "./prompt";
import { restart } from "./to-prompt";

/** A first image, through the Lua prompt of a chip with NodeMCU. */
export async function flashLuaPrompt(plan: Plan, prompt: Prompt, connection: Connection, progress: Progress): Promise<void> {
  const { image, port } = plan;
  await checkModules(prompt, image.manifest.base.modules ?? []);
  await prompt.define();
  if (await prompt.askTwice("16777216.0+1.0>16777216.0") !== "true") {
    throw new UserError(`The NodeMCU at ${port} counts with single precision; build it with LUA_NUMBER_DOUBLE (hal/platform/nodemcu/base.json).`);
  }
  const loader = new LuaLoader(prompt);
  await loader.install();
  progress.say(await checkRoom(image, loader, port));
  const steps = luaSteps(image);
  if (plan.dry) {
    tellSteps([...steps, restartStep], progress);
    return;
  }
  for (const { label, run } of steps) {
    progress.begin(label);
    progress.end(await run(loader, progress));
  }
  await restart(plan, prompt, connection, progress, () => prompt.send(prompt.dialect.restart));
}

/** Before anything else: the answers of the prompt are checked with some of them. @throws UserError that names those that are missing */
async function checkModules(prompt: Prompt, modules: readonly string[]): Promise<void> {
  const line = `_M=""for m in("${modules.join(" ")}"):gmatch("%a%w*")do if not _G[m]then _M=_M.." "..m end end print("~".."lacks".._M..";")`;
  for (let turn = 0; turn < prompt.pace.tries; turn++) {
    prompt.forget();
    prompt.send(line);
    const found = /~lacks([ \w]*);/.exec(await prompt.quiet());
    if (found === null) continue;
    if (found[1] === "") return;
    throw new UserError(`The NodeMCU at ${prompt.path} was built without the modules ${found[1].trim().replaceAll(" ", ", ")}; hal/platform/nodemcu/base.json says how to build it.`);
  }
  throw new UserError(`The prompt at ${prompt.path} does not tell which modules it has; is it NodeMCU for the ESP32?`);
}
