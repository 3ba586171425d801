import { spawnSync } from "node:child_process";
import { join } from "node:path";

test.each([
  [["--nonsense"], 'There is no option "--nonsense"; options are: --help.\n'],
  [["unlock"], '"unlock" is no option; --help lists them.\n'],
])("%p is told in one line, exit code 2", (args, message) => {
  const bench = spawnSync(process.execPath, ["-r", "ts-node/register", join(__dirname, "bench.ts"), ...args], { encoding: "utf8" });
  expect([bench.status, bench.stdout, bench.stderr]).toEqual([2, "", message]);
}, 60000);
