/** The lock's image on the interpreter, in real time, its console and each module at the far end of a pseudo-terminal. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hilCommand } from "../../scripts/hil/command";
import { readRig } from "../../scripts/hil/rig";
import { whyNoEspruino } from "../engines/espruino";

const noTerminals = spawnSync("script", ["--version"]).status === 0 ? null : "no pseudo-terminals: util-linux's script is not there";
const reason = whyNoEspruino() ?? noTerminals;

/** Voice, fingerprint module, palm module: a word and an answer on each of the three lines, in seconds. */
const stories = ["unlock/passcode", "credentials/fingerprint", "unlock/palm"];

/** The stories take 10 s each; the rest is for a machine that has much else to do. */
const patienceMs = 300000;

const folder = mkdtempSync(join(tmpdir(), "espruino-wire-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("over pseudo-terminals (on the interpreter that ESPRUINO_BIN names)", () => {
  if (reason !== null) {
    test.skip(`cannot run: ${reason}`, () => undefined);
    return;
  }

  test("the lock's drivers and the emulated modules understand each other", async () => {
    const rig = join(folder, "rig.json");
    // The bench of a machine that stands still now and then.
    writeFileSync(rig, JSON.stringify({ ...readRig("full"), tolerance: { ms: 10000, percent: 10 } }));
    let printed = "";
    const write = (text: string): void => { printed += text; };
    const files = stories.map((story) => `test/scenarios/${story}.scn`);
    const code = await hilCommand(["--virtual", "espruino", "--rig", rig, "--jobs", String(files.length), ...files], { write, complain: write, terminal: false });
    expect({ code, printed }).toEqual({ code: 0, printed: expect.stringMatching(/\n3 passed, 0 failed, 0 skipped\n$/) });
  }, patienceMs);
});
