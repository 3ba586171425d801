/** `npm run flash` at a chip whose Lua prompt is open: a real Lua on a strict model of NodeMCU, which boots what it was given. */
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ChipFiles, nodemcuRoom } from "../../test/engines/lua/files";
import { Manifest, manifestName, sha256 } from "../build/manifest";
import { headOf, initFile, nodemcuBase } from "../build/nodemcu-files";
import { root } from "../build/sources";
import { flashAt, Run } from "./fakes/board";
import { FakeLock } from "./fakes/lock";
import { FakeLuaChip } from "./fakes/lua-prompt";

const port = "/dev/ttyUSB0";

/** Answers as a lock's console does; every byte occurs in it. */
const program = `local line = ""
uart.setup(0, 115200, 8, 0, 1, 0)
uart.on(0, "data", 0, function(byte)
  line = byte == "\\n" and "" or line .. byte
  if line == "version" then uart.write(0, "version 0.2.0\\nok\\n") end
end, 0)
uart.start(0)
uart.write(0, "@0 boot cause=power version=0.2.0\\n")
--[[${Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).join("").replace("]", "")}]]`;
const inFlash = `\x1bLua${program}0123456789abcdef`;

function buildFolder(image: string): string {
  const folder = mkdtempSync(join(tmpdir(), "flash-lua-"));
  const texts: [string, "boot" | "image", string][] = [["lock0", "image", image], ["head0", "boot", headOf(image, 1)], ["init.lua", "boot", initFile()]];
  const files = texts.map(([file, role, text]) => {
    writeFileSync(join(folder, file), text, "latin1");
    return { file, store: file, role, size: text.length, sha256: sha256(text) };
  });
  const manifest: Manifest = {
    format: 1, board: "esp32-devkitc-nodemcu", platform: "nodemcu", version: "0.2.0", git: "abc1234", base: nodemcuBase(), soc: "esp32", files,
  };
  writeFileSync(join(folder, manifestName), JSON.stringify(manifest));
  return folder;
}

interface Case { image?: string; files?: ChipFiles; lacks?: string; args?: string[]; prepare?: (chip: FakeLuaChip, cut: () => void) => void }

async function flash({ image = inFlash, files = new ChipFiles(), lacks, args = [], prepare = () => undefined }: Case = {}): Promise<Run & { files: ChipFiles }> {
  const run = await flashAt((print, cut) => {
    const chip = new FakeLuaChip(print, files, lacks);
    prepare(chip, cut);
    return chip;
  }, ["--board", "esp32-devkitc-nodemcu", "--port", port, "--build", buildFolder(image), ...args]);
  return { ...run, files };
}

/** What a chip says that is switched on once more. */
function startAgain(files: ChipFiles): string {
  let said = "";
  files.supplyCame(0);
  new FakeLuaChip((bytes) => { said += bytes; }, files);
  return said;
}

test.each([["code in LFS", inFlash, nodemcuRoom, "its code goes to LFS"], ["text", program, nodemcuRoom, "it is text, and runs in memory"]])(
  "an image goes onto a chip, starts there and answers: %s", async (_what, image, room, says) => {
    const files = new ChipFiles(room);
    files.files.set("store0", "users").set("lock1", "old").set("head1", "old");
    const { code, out, err } = await flash({ image, files });
    expect([code, err]).toEqual([0, ""]);
    expect(out.split("\n").filter((line) => !line.endsWith("%"))).toEqual([
      "esp32-devkitc-nodemcu, version 0.2.0 (abc1234), for esp32.",
      expect.stringMatching(new RegExp(`^File system of 1769472 bytes, the image needs \\d+; ${says}\\.$`)),
      "Remove                    done",
      `Write lock0               ${image.length} bytes, SHA-256 agrees`,
      "Write head0               91 bytes, SHA-256 agrees",
      expect.stringMatching(/^Write init\.lua {12}\d+ bytes, SHA-256 agrees$/),
      "Restart                   the lock answers: version 0.2.0",
      "",
    ]);
    expect(files.files.get("lock0") === image).toBe(true);
    expect(files.files.get("store0")).toBe("users");
    expect([...files.files.keys()].filter((name) => /1$|new/.test(name))).toEqual([]);
    expect(startAgain(files)).toContain("@0 boot cause=power version=0.2.0");
  });

test("no line is as long as the prompt's limit, and lines that are lost or damaged are said again", async () => {
  let longest = 0;
  let count = 0;
  const { code, err } = await flash({
    prepare: (chip) => {
      chip.toChip = (bytes) => {
        longest = Math.max(longest, ...bytes.split("\n").map((line) => line.length));
        count++;
        if (count % 9 === 0) return bytes.slice(0, bytes.length / 2);
        return count % 7 === 0 ? bytes.replace(/[Q-T]/, "Z") : bytes;
      };
    },
  });
  expect([code, err]).toEqual([0, ""]);
  expect(longest).toBeLessThan(256);
  expect(longest).toBeGreaterThan(200);
});

test("wherever the line breaks off, nothing of it starts and the prompt is there, or all of it starts", async () => {
  const whole = await flash();
  const changes = whole.files.changes.length;
  const seen = new Set<string>();
  for (let change = 1; change <= changes; change += change < changes - 30 ? 3 : 1) {
    const files = new ChipFiles();
    files.cut = { change, bytes: 7 };
    await flash({ files }).catch(() => undefined);
    files.cut = null;
    const said = startAgain(files);
    seen.add(said.includes("version=0.2.0") ? "lock" : said.endsWith("> ") ? "prompt" : said);
  }
  expect([...seen].sort()).toEqual(["lock", "prompt"]);
}, 30000);

test.each<[string, Case, RegExp]>([
  ["missing modules", { lacks: "encoder rtcmem" }, /^The NodeMCU at \S+ was built without the modules encoder, rtcmem; hal\/platform\/nodemcu\/base\.json says how to build it\.\n$/],
  ["a small file system", { files: new ChipFiles({ ...nodemcuRoom, files: 70000 }) }, /^The file system at \S+ has 70000 bytes, and the image needs \d+ with room for updates; build NodeMCU/],
  ["a small LFS", { files: new ChipFiles({ ...nodemcuRoom, lfs: 1000 }) }, /^The partition lfs at \S+ has 1000 bytes, and the image needs some \d+; build NodeMCU/],
  ["a text that is too long for its memory", { image: program, files: new ChipFiles({ ...nodemcuRoom, heap: 600 }) }, /^The image is Lua text, which needs some \d+ bytes of memory, and the chip at \S+ has 600; build it for flash/],
  ["nothing", { prepare: (chip) => { chip.toChip = () => ""; } }, /^(Nothing answers at|What answers at \S+ is neither a NodeMCU prompt nor a lock)/],
])("refused in one sentence: %s", async (_what, given, message) => {
  const { code, err, files } = await flash(given);
  expect([code, err]).toEqual([2, expect.stringMatching(message)]);
  expect(files.changes).toEqual([]);
});

test("a dry run writes nothing", async () => {
  const { code, out, files } = await flash({ args: ["--dry-run"] });
  expect(code).toBe(0);
  expect(out).toContain("would write lock0");
  expect(out).toContain("Nothing was written.");
  expect(files.changes).toEqual([]);
});

/** At a lock that answers. */
async function flashLock(image: string, args: string[] = []): Promise<Run & { lock: FakeLock }> {
  let lock: FakeLock | null = null;
  const run = await flashAt((print) => {
    lock = new FakeLock(print, "0.1.0");
    lock.board = "esp32-devkitc-nodemcu";
    return lock;
  }, ["--board", "esp32-devkitc-nodemcu", "--port", port, "--build", buildFolder(image), ...args], { LOCK_PASSWORD: "correct-horse" });
  if (lock === null) throw new Error(`no line was opened: ${run.err}`);
  return { ...run, lock };
}

test("a lock that runs takes code for LFS, and no text, which its memory may not have room for", async () => {
  const code = await flashLock(inFlash);
  expect([code.code, code.err, code.lock.image === inFlash]).toEqual([0, "", true]);
  for (const args of [[], ["--dry-run"]]) {
    const text = await flashLock(program, args);
    expect([text.code, text.err]).toEqual([2, expect.stringMatching(/^The image is Lua text, and whether the memory of the lock at \S+ has room for it can only be asked at the prompt; build it for flash, with LUAC_CROSS/)]);
    expect(text.lock.lines.filter((line) => /^(login|update)/.test(line))).toEqual([]);
  }
});

test("a firmware must leave the files alone, and --erase erases them all, where base.json has them", async () => {
  const firmware = join(mkdtempSync(join(tmpdir(), "flash-lua-base-")), "nodemcu.bin");
  writeFileSync(firmware, Buffer.alloc(0x250000 - 0x10000 + 1, 0xe9).fill(0, 12, 14));
  expect((await flash({ args: ["--base", firmware] })).err).toMatch(/^The firmware \S+ reaches into the flash where the lock keeps its users; it is no NodeMCU for this chip\.\n$/);
  writeFileSync(firmware, Buffer.alloc(1000, 0xe9).fill(0, 12, 14));
  const { out } = await flash({ args: ["--base", firmware, "--erase", "--dry-run"] });
  const storage = (JSON.parse(readFileSync(join(root, "hal/platform/nodemcu/base.json"), "utf8")) as { partitions: { name: string; offset: string; size: string }[] })
    .partitions.find(({ name }) => name === "storage");
  expect(out).toContain("would write firmware, 1000 bytes at 0x10000, through the chip's loader\n");
  expect(out).toContain(`would write file system, ${Number(storage?.size)} bytes at ${storage?.offset}, through the chip's loader\n`);
});
