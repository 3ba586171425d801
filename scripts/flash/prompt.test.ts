/** `npm run flash` at a chip whose JavaScript prompt is open: a strict fake, which loses, damages and refuses. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { Manifest } from "../build/manifest";
import { bootText, buildFolder, flashAt, imageText, Run } from "./fakes/board";
import { FakeLock } from "./fakes/lock";
import { devKitC, FakeChip, FakePrompt } from "./fakes/prompt";

const port = "/dev/ttyUSB0";

interface Case { chip?: Partial<FakeChip>; change?: (manifest: Manifest) => void; args?: string[]; prepare?: (prompt: FakePrompt, cut: () => void) => void; lockVersion?: string }

async function flash({ chip = {}, change, args = [], prepare = () => undefined, lockVersion = "0.2.0" }: Case = {}): Promise<Run & { prompt: FakePrompt }> {
  let prompt: FakePrompt | null = null;
  const run = await flashAt((print, cut) => {
    const lock = new FakeLock(print, lockVersion);
    prompt = new FakePrompt({ ...devKitC, ...chip }, print, (bytes) => lock.received(bytes));
    prepare(prompt, cut);
    return prompt;
  }, ["--board", "esp32-devkitc-espruino", "--port", port, "--build", buildFolder(change), ...args]);
  if (prompt === null) throw new Error(`no line was opened: ${run.err}`);
  return { ...run, prompt };
}

function holdsAll({ storage }: FakePrompt): void {
  expect(storage.text("lock") === imageText).toBe(true);
  expect(storage.text(".boot0")).toBe(bootText);
}

function holdsNothingThatStarts({ storage, isLock }: FakePrompt): void {
  expect(isLock).toBe(false);
  expect(storage.list()).not.toContain(".boot0");
}

test("an image goes onto a chip that loses what follows 64 bytes of a burst", async () => {
  const { code, out, err, prompt } = await flash({ prepare: ({ storage }) => storage.write("other", "x") });
  expect([code, err]).toEqual([0, ""]);
  holdsAll(prompt);
  expect(out.split("\n")).toEqual([
    "esp32-devkitc-espruino, version 0.2.0 (abc1234), for esp32.",
    "Espruino 2v29 on ESP32.",
    "Storage of 917504 bytes, the image needs 2824; room for 3400 variables, the image needs 5800.",
    expect.stringMatching(/^Known fault of 2v29: it loses what follows the first 64 bytes of a burst/),
    expect.stringMatching(/^Known fault of 2v29: it opens a Wi-Fi access point/),
    "Storage holds another file, to be erased: other.",
    "Switch off Wi-Fi          room for 7300 variables",
    "Switch off Bluetooth      room for 9100 variables",
    "Erase Storage             done",
    "Write lock                39 %",
    "Write lock                78 %",
    "Write lock                2600 bytes",
    "Check lock                SHA-256 agrees",
    "Write .boot0              160 bytes",
    "Check .boot0              SHA-256 agrees",
    "Restart                   the lock answers: version 0.2.0",
    "",
  ]);
  expect(prompt.storage.log).toEqual(["write other 0", "erase all", "write lock 0", "write lock 1024", "write lock 2048", "write .boot0 0"]);
  expect(Math.max(...prompt.lines.map((line) => line.length))).toBeLessThan(64);
});

test("a file with room for updates takes it on the chip, and its erased blocks are not sent", async () => {
  const change = (manifest: Manifest): void => { Object.assign(manifest.files[1], { reserve: 9000 }); };
  const { code, out, prompt } = await flash({ change });
  expect([code, prompt.storage.text("lock")]).toEqual([0, imageText.padEnd(9000, "\xff")]);
  expect(out).toContain("Check lock                SHA-256 agrees");
});

test("a firmware without the fault gets long lines; where they do not arrive, short ones", async () => {
  const long = await flash({ chip: { version: "2v29.277", burstBytes: 1024 } });
  holdsAll(long.prompt);
  expect(long.out).not.toContain("Known fault");
  expect(Math.max(...long.prompt.lines.map((line) => line.length))).toBeGreaterThan(200);
  const short = await flash({ chip: { version: "2v29.277" } });
  expect([short.code, short.err]).toEqual([0, ""]);
  holdsAll(short.prompt);
  const pieces = ({ prompt }: { prompt: FakePrompt }): number => prompt.lines.filter((line) => line.includes(",_D(")).length;
  expect(pieces(short)).toBeGreaterThan(pieces(long) * 4);
});

/** Does something to one piece in n, always the same ones, in no step that what is said again could fall into. */
function every(n: number, change: (bytes: string) => string): (bytes: string) => string {
  let count = 0;
  return (bytes) => crc32(String(++count)) % n === 0 ? change(bytes) : bytes;
}

const middle = (bytes: string, put: string): string => {
  const at = Math.floor(bytes.length / 2);
  return bytes.slice(0, at) + put + bytes.slice(at + 1);
};

test.each<[string, (prompt: FakePrompt) => void]>([
  ["lines are lost", (prompt) => { prompt.toChip = every(7, () => ""); }],
  ["their ends are lost", (prompt) => { prompt.toChip = every(9, (bytes) => bytes.replace(/\n$/, "")); }],
  ["lines are damaged", (prompt) => { prompt.toChip = every(6, (bytes) => middle(bytes, "7")); }],
  ["answers are lost", (prompt) => { prompt.fromChip = every(7, () => ""); }],
  ["answers are damaged", (prompt) => { prompt.fromChip = every(6, (bytes) => middle(bytes, "7")); }],
])("what gets lost on the way is said again: %s", async (_what, damage) => {
  const { code, err, prompt } = await flash({ prepare: (made) => damage(made) });
  expect([code, err]).toEqual([0, ""]);
  holdsAll(prompt);
});

test("it waits while the chip has said XOFF", async () => {
  let isFull = false;
  let said = 0;
  let tooMuch = 0;
  const { code, prompt } = await flash({
    prepare: (made) => {
      made.toChip = (bytes) => {
        if (isFull) tooMuch++;
        return isFull ? "" : bytes;
      };
      made.fromChip = (bytes) => {
        if (++said % 5 !== 0) return bytes;
        isFull = true;
        setTimeout(() => {
          isFull = false;
          made.fromChip("");
          made.say("\x11");
        }, 3);
        return `${bytes}\x13`;
      };
    },
  });
  expect([code, tooMuch]).toEqual([0, 0]);
  holdsAll(prompt);
});

test("a firmware without SHA-256: every byte is read back, and what is damaged on the way once more", async () => {
  const { code, out, prompt } = await flash({ chip: { hasHash: false }, prepare: (made) => { made.fromChip = every(6, (bytes) => middle(bytes, "7")); } });
  expect(code).toBe(0);
  expect(out).toContain("Check lock                read back, every byte agrees\n");
  holdsAll(prompt);
});

test("a dry run asks the chip and writes nothing", async () => {
  const { code, out, prompt } = await flash({ args: ["--dry-run"] });
  expect(code).toBe(0);
  expect(prompt.storage.log).toEqual([]);
  expect(out).toContain("would switch off Wi-Fi, which makes room for more variables\n");
  expect(prompt.radios).toEqual({ Wifi: true, BLE: true });
  expect(out).toContain("would write .boot0, 160 bytes, which starts the image\n");
  expect(out).toMatch(/Nothing was written\.\n$/);
});

describe("refused in one sentence, and nothing is written:", () => {
  test.each<[string, Case, string]>([
    ["another chip", { chip: { board: "ESP32C3_IDF4" } }, `Wrong chip: esp32-devkitc-espruino is an ESP32, and at ${port} is an ESP32C3_IDF4.`],
    ["an old firmware", { chip: { version: "2v26.33" } }, `The Espruino at ${port} is 2v26.33, and the image needs 2v27 or later; flash one with --base <file>.`],
    ["too little memory", { chip: { variables: 5799 } },
      `The image needs room for 5800 variables, and the chip at ${port} has 5799; take a chip with more memory, or leave parts out of the board's file.`],
    ["a radio that stays on", { prepare: (prompt) => { Object.defineProperty(prompt.radios, "Wifi", { value: true, writable: false }); } },
      `Wi-Fi of the chip at ${port} does not go off; nothing was written.`],
    ["a small Storage", { chip: { storageBytes: 2048 } }, `The image needs 2824 bytes of Storage, and the chip at ${port} has 2048.`],
    ["a board that answers nothing", { prepare: (prompt) => { prompt.toChip = () => ""; } },
      `Nothing answers at ${port}; is the board powered, and does its console run at 115200 baud?`],
    ["something else", { prepare: (prompt) => { prompt.toChip = () => { prompt.say("login: \r\nPassword:"); return ""; }; } },
      `What answers at ${port} is neither an Espruino prompt nor a lock; it said "Password:login: / Password:".`],
    ["a line that carries nothing whole", { prepare: (prompt) => { prompt.toChip = (bytes) => bytes.replace("_A(", "_A["); } },
      expect.stringMatching(new RegExp(`^The prompt at ${port} gave no right answer in 8 tries; its last words: "Uncaught SyntaxError`))],
  ])("%s", async (_what, given, message) => {
    const { code, err, prompt } = await flash(given);
    expect([code, err.trimEnd()]).toEqual([2, message]);
    expect(prompt.storage.log).toEqual([]);
    expect(err.trimEnd()).not.toContain("\n");
  });
});

test("flash that does not keep the image: no boot file is written", async () => {
  const { code, err, prompt } = await flash({ prepare: ({ storage }) => { storage.worn = (name, data) => { if (name === "lock" && data.length > 2048) data[9] &= 0x0f; }; } });
  expect([code, err]).toEqual([2, "lock could not be written at byte 0 (the chip says: differs); nothing was started.\n"]);
  holdsNothingThatStarts(prompt);
});

test("flash that loses it later: the check of the whole finds it", async () => {
  const { code, err, prompt } = await flash({ prepare: ({ storage }) => { storage.worn = (_name, data) => { if (storage.log.at(-1) === "write lock 2048") data[9] &= 0x0f; }; } });
  expect([code, err]).toEqual([2, "lock on the chip is not what was sent; no boot file was written, so nothing of it starts.\n"]);
  holdsNothingThatStarts(prompt);
});

test("a boot file that does not hold is erased again", async () => {
  const { code, err, prompt } = await flash({ prepare: ({ storage }) => {
    // Whole when it is written, and not any more when it is checked.
    storage.worn = (name, data) => { if (name === ".boot0") setImmediate(() => { data[5] = 0; }); };
  } });
  expect([code, err]).toEqual([2, ".boot0 on the chip is not what was sent; it was erased again, and nothing of it starts.\n"]);
  holdsNothingThatStarts(prompt);
});

test("a line that goes away in between: no boot file is there", async () => {
  const { code, err, prompt } = await flash({ prepare: (made, cut) => { made.storage.worn = () => { if (made.storage.log.at(-1) === "write lock 1024") cut(); }; } });
  expect([code, err]).toEqual([2, `The port ${port} has gone.\n`]);
  holdsNothingThatStarts(prompt);
});

test("a lock that does not come up, or another one", async () => {
  expect(await flash({ prepare: (made) => { made.lock = () => undefined; } })).toMatchObject({
    code: 2, err: `The image was written, and the lock at ${port} does not answer; npm run console shows what it says.\n`,
  });
  expect(await flash({ lockVersion: "0.1.0" })).toMatchObject({ code: 2, err: `The image was written, and the lock at ${port} says version 0.1.0, not 0.2.0.\n` });
});

test("the command line and the image are looked at first", async () => {
  const never = (): never => { throw new Error("a line was opened"); };
  const run = async (...args: string[]): Promise<string> => (await flashAt(never, args)).err;
  const board = ["--board", "esp32-devkitc-espruino"];
  expect(await run()).toMatch(/^Which board\? Give --board and one of .*esp32-devkitc-espruino/);
  expect(await run("--board", "esp8266", "--port", port)).toMatch(/^There is no board "esp8266"; boards are: /);
  expect(await run(...board)).toBe("Where is the board? Give --port and a serial port such as /dev/ttyUSB0, or tcp://<host>:<port>.\n");
  const damaged = buildFolder();
  writeFileSync(join(damaged, "lock.js"), imageText.replace("a", "b"), "latin1");
  expect(await run(...board, "--port", port, "--build", damaged)).toBe(`${damaged}/lock.js is not what was built: its SHA-256 is another one; build again with npm run build.\n`);
  const other = buildFolder((manifest) => { manifest.board = "sim"; });
  expect(await run(...board, "--port", port, "--build", other)).toBe(`The image in ${other} is for the board sim, not for esp32-devkitc-espruino.\n`);
});
