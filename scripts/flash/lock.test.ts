/** `npm run flash` at a board that runs the lock: its console takes the image. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildFolder, flashAt, imageText, Run } from "./fakes/board";
import { FakeLock } from "./fakes/lock";
import { keyedCheck } from "./update";

const port = "/dev/ttyUSB0";
const environment = { LOCK_PASSWORD: "correct-horse" };

const wentBack = (version: string): string =>
  `The lock at ${port} runs version ${version} in place a: it went back to it, since the new image did not start or did not report healthy.`;

interface Case { prepare?: (lock: FakeLock) => void; args?: string[]; environment?: NodeJS.ProcessEnv; version?: string }

async function flash({ prepare = () => undefined, args = [], environment: given = environment, version = "0.1.0" }: Case = {}): Promise<Run & { lock: FakeLock }> {
  let lock: FakeLock | null = null;
  const run = await flashAt((print) => {
    lock = new FakeLock(print, version);
    prepare(lock);
    return lock;
  }, ["--board", "esp32-devkitc-espruino", "--port", port, "--build", buildFolder(), ...args], given);
  if (lock === null) throw new Error(`no line was opened: ${run.err}`);
  return { ...run, lock };
}

test("the check is SHA-256 of a key made from the password and the image's SHA-256", () => {
  expect(keyedCheck("correct-horse", "00".repeat(32))).toBe("bc264a8ad7cd6844b5ec84ad96e629dce36ce3d4e1329dbb929b3f844342c384");
});

test("a lock takes the image, restarts and tells the new version; it does not echo meanwhile", async () => {
  const { code, out, err, lock } = await flash();
  expect([code, err]).toEqual([0, ""]);
  expect(lock.image === imageText).toBe(true);
  expect(out.split("\n")).toEqual([
    "esp32-devkitc-espruino, version 0.2.0 (abc1234), for esp32.",
    "A lock answers: the image goes through its console.",
    "Prepare a place           place b, version 0.1.0 stays in the other one",
    "Send lock                 27 %",
    "Send lock                 50 %",
    "Send lock                 78 %",
    "Send lock                 2600 bytes",
    "Check and restart         the lock runs version 0.2.0 in place b",
    "The new image is on trial it works, and stays",
    "",
  ]);
  expect(lock.echoes).toBe(true);
  expect(lock.lines.filter((line) => line.startsWith("interactive"))).toEqual(["interactive off", "interactive on"]);
  expect(Math.max(...lock.lines.map((line) => line.length))).toBeLessThanOrEqual(200);
  expect(out).not.toContain(environment.LOCK_PASSWORD);
});

test("the same version again, on a console without echo", async () => {
  const { code, out, lock } = await flash({ version: "0.2.0", prepare: (made) => { made.echoes = false; } });
  expect([code, lock.image === imageText]).toEqual([0, true]);
  expect(out).toContain("the lock runs version 0.2.0 in place b\n");
  expect(lock.lines.filter((line) => line.startsWith("interactive"))).toEqual([]);
});

test("success is told only when the image has been confirmed", async () => {
  let told = 0;
  const { code, lock } = await flash({ prepare: (made) => { made.onLine = (line) => { if (line === "version") told = made.trial; return line; }; } });
  expect([code, lock.trial, told]).toEqual([0, 0, 0]);
});

test("an image on trial is not taken its way back: the update waits until it is confirmed", async () => {
  const { code, err, out, lock } = await flash({ prepare: (made) => { made.trial = 3; } });
  expect([code, err, lock.image === imageText]).toEqual([0, "", true]);
  expect(out).toContain("What runs is on trial     it works, and stays\nPrepare a place           place b");
  expect(lock.lines.filter((line) => line.startsWith("update begin"))).toHaveLength(1);
});

test("the known faults of the firmware below are told", async () => {
  const { out } = await flash({ prepare: (made) => { made.base = "2v29"; } });
  expect(out).toMatch(/A lock answers: [^\n]+\nKnown fault of 2v29: it loses what follows the first 64 bytes of a burst[^\n]+\nKnown fault of 2v29: it opens a Wi-Fi/);
});

/** Changes every third line of a piece. */
function everyThird(change: (line: string) => string): (line: string) => string {
  let count = 0;
  return (line) => /^update \d/.test(line) && ++count % 3 === 0 ? change(line) : line;
}

test.each<[string, (line: string) => string]>([
  ["is lost", () => ""],
  ["is damaged", (line) => line.slice(0, -9)],
])("a piece that %s is sent again", async (_what, change) => {
  const { code, err, lock } = await flash({ prepare: (made) => { made.onLine = everyThird(change); } });
  expect([code, err]).toEqual([0, ""]);
  expect(lock.image === imageText).toBe(true);
});

test("an answer that comes late answers no other piece", async () => {
  let lost = false;
  const { code, err, lock } = await flash({ prepare: (made) => {
    made.late = { line: /^update 240 /, until: /^update 480 / };
    made.onLine = (line) => {
      if (lost || !line.startsWith("update 480 ")) return line;
      lost = true;
      return "";
    };
  } });
  expect([code, err, lost]).toEqual([0, "", true]);
  expect(lock.image === imageText).toBe(true);
});

test.each([["--erase", []], ["--base", ["would write firmware, 1000 bytes at 0x10000, through the chip's loader"]]])("a dry run with %s lists what is done at a prompt, and judges nobody", async (option, first) => {
  const base = join(mkdtempSync(join(tmpdir(), "flash-base-")), "app.bin");
  writeFileSync(base, Buffer.alloc(1000, 1).fill(0xe9, 0, 1).fill(0, 12, 14));
  const { code, out, err, lock } = await flash({ args: [option, ...option === "--base" ? [base] : [], "--dry-run"], environment: {} });
  expect([code, err, lock.lines]).toEqual([0, "", []]);
  expect(out.split("\n").slice(1)).toEqual([
    ...first,
    "would write Storage, 917504 bytes at 0x320000, through the chip's loader",
    "would check chip, firmware, Storage and the room for variables, and switch off Wi-Fi and Bluetooth",
    "would erase all of Storage",
    "would write lock, 2600 bytes",
    "would check the SHA-256 of lock on the chip",
    "would write .boot0, 160 bytes, which starts the image",
    "would check the SHA-256 of .boot0 on the chip",
    "would restart, and ask the lock for its version",
    "Nothing was written.",
    "",
  ]);
});

test("a dry run asks for the version and nothing else", async () => {
  const { code, out, lock } = await flash({ args: ["--dry-run"], environment: {} });
  expect(code).toBe(0);
  expect(out).toMatch(/A lock answers: version 0\.1\.0\.\nwould log in, which needs the password, and check that it is the board esp32-devkitc-espruino\nwould send lock, 2600 bytes, through its console\n.*\nNothing was written\.\n$/);
  expect(lock.lines.filter((line) => /^(login|update)/.test(line))).toEqual([]);
});

test.each<[string, Case, string]>([
  ["no password", { environment: {} }, "The lock asks for its password, and there is no terminal to type it at; give it in LOCK_PASSWORD."],
  ["a password of two words", { environment: { LOCK_PASSWORD: "correct horse" } }, "A password of the lock is one word of printable characters."],
  ["a wrong password", { environment: { LOCK_PASSWORD: "wrong-horse" } }, `The lock at ${port} refuses the password: denied wrong password.`],
  ["a firmware that knows no update", { prepare: (lock) => { lock.onLine = (line) => line.replace(/^update /, "updat "); } },
    `The lock at ${port} refuses \`update begin\`: unknown no command \`updat\`; \`help\` lists all.`],
  ["a piece that never arrives", { prepare: (lock) => { lock.onLine = (line) => line.startsWith("update 240 ") ? "update 240 AAAA" : line; } },
    `The lock at ${port} does not take the piece at byte 240 (error usage write \`update <offset> <bytes>\`); it goes on with its old image.`],
  ["a piece that arrived as another", { prepare: (lock) => { lock.onLine = (line) => line.startsWith("update 240 ") ? line.replace(/.$/, "A").replace(/.{4}$/, "AAAA") : line; } },
    `The lock at ${port} refuses \`update end\`: value the image is not whole.`],
  ["an image that does not start", { prepare: (lock) => { lock.goesBack = "at its start"; } }, wentBack("0.1.0")],
  ["an image that is not healthy", { prepare: (lock) => { lock.goesBack = "on trial"; } }, wentBack("0.1.0")],
  ["an image of the same version that does not start", { version: "0.2.0", prepare: (lock) => { lock.goesBack = "at its start"; } }, wentBack("0.2.0")],
  ["an image of the same version that is not healthy", { version: "0.2.0", prepare: (lock) => { lock.goesBack = "on trial"; } }, wentBack("0.2.0")],
  ["an image that never confirms itself", { prepare: (lock) => { lock.trialOfNew = Infinity; } },
    `The lock at ${port} runs version 0.2.0 on trial, and has not confirmed it in 1.5 s; npm run console shows what it says.`],
  ["a lock that says nothing any more", { prepare: (lock) => { lock.onLine = (line) => lock.place === "b" ? "" : line; } },
    `The lock at ${port} does not answer after its restart; npm run console shows what it says.`],
  ["a lock of another board", { prepare: (lock) => { lock.board = "esp32-devkitc-nodemcu"; } },
    `The lock at ${port} is the board esp32-devkitc-nodemcu, and the image is for esp32-devkitc-espruino; if it is that board after all, --erase puts the image on.`],
  ["a lock that a newer firmware has left", { prepare: (lock) => { lock.isHalted = true; } },
    `The lock at ${port} is halted, since a newer firmware wrote its store, and takes no update; put that firmware on it with --erase: users and events stay.`],
])("refused in one sentence: %s", async (_what, given, message) => {
  const { code, err, lock } = await flash(given);
  expect([code, err]).toEqual([2, `${message}\n`]);
  if (lock.place === "a") expect([lock.image, lock.version]).toEqual([null, given.version ?? "0.1.0"]);
});
