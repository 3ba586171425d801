/** init.lua and the places of NodeMCU, on the strict model of its files: whatever a power cut leaves, an image starts. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Chip, Engine, Image, PowerLost } from "../../../hal/platform/sim/chip";
import { freshImage } from "../../../scripts/build/build";
import { headOf, initFile } from "../../../scripts/build/nodemcu-files";
import { luaEngine } from "../lua";
import { ChipFiles, nodemcuRoom } from "./files";

const name = { board: "esp32-devkitc-nodemcu", main: "hal/platform/nodemcu/places-image" };
const bundle = readFileSync(join(freshImage(name), "lock.lua"), "latin1");
const id = "0123456789abcdef";
const next = `uart.setup(0, 115200, 8, 0, 1, 0) uart.start(0) uart.write(0, "next\\n")`;
const failed = next.replace("next", "failed");
const broken = 'error("as it was told")';

/** A chip, of which only the console and the supply matter here. */
class TestChip {
  said = "";
  restarts = 0;
  cause = 0;
  private readonly timers = new Map<number, number>();
  private image: Image | null = null;
  private at = 0;
  private readonly engine: Engine;

  constructor(readonly files: ChipFiles) {
    this.engine = luaEngine("lua53", name, files, initFile());
  }

  /** The supply comes, and the image runs until it waits; restarts that it asks for happen, at most so many. */
  start(most = 20): string {
    this.files.supplyCame(0x5AA55AA5);
    this.cause = 0;
    this.said = "";
    this.restarts = 0;
    for (this.boot(); this.wanted && this.restarts < most; this.boot()) {
      this.restarts++;
      this.cause = 1;
    }
    return this.said;
  }

  /** @returns what it said to it, "cut" when the supply went. */
  tell(line: string): string {
    this.said = "";
    try {
      this.image?.received(0, `${line}\n`);
    } catch (error) {
      if (!(error instanceof PowerLost)) throw error;
      return "cut";
    }
    return this.said;
  }

  /** Time passes, up to the end of all timers. */
  pass(): void {
    for (const [timer, due] of [...this.timers].sort((a, b) => a[1] - b[1])) {
      this.at = due;
      this.timers.delete(timer);
      this.image?.timerFired(timer);
    }
  }

  get wanted(): boolean {
    return this.isWanted;
  }

  get timerTimes(): number[] {
    return [...this.timers.values()].map((due) => due - this.at);
  }

  private isWanted = false;

  private boot(): void {
    this.image?.end();
    this.isWanted = false;
    this.timers.clear();
    const chip: Partial<Chip> = {
      now: () => this.at,
      send: (_port, bytes) => { this.said += bytes; },
      setTimer: (timer, ms) => { if (ms < 0) this.timers.delete(timer); else this.timers.set(timer, this.at + ms); },
      bootCause: () => this.cause,
      sha256: (bytes) => createHash("sha256").update(bytes, "latin1").digest().toString("latin1"),
      restart: () => { this.isWanted = true; },
    };
    try {
      this.image = this.engine(chip as Chip);
    } catch (error) {
      if (!(error instanceof PowerLost)) throw error;
      this.said = "cut";
    }
  }
}

/** @param image in place 0, with its head; confirmed or not */
function installed(image = bundle): ChipFiles {
  const files = new ChipFiles();
  files.files.set("lock0", image).set("head0", headOf(image, 1));
  return files;
}

/** Sends an image into the free place. @returns false when the supply went. */
function update(chip: TestChip, image: string): boolean {
  const pieces = (image.match(/[^]{1,120}/g) ?? []).map((piece, i) => `write ${i * 120} ${Buffer.from(piece, "latin1").toString("base64")}`);
  return ["begin", ...pieces, `finish ${image.length}`].every((line) => chip.tell(line) !== "cut");
}

test("what was installed starts, as text and out of LFS, and is confirmed", () => {
  for (const image of [bundle, `\x1bLua${bundle}${id}`]) {
    const chip = new TestChip(installed(image));
    expect(chip.start()).toBe("runs 0\n");
    expect(chip.restarts).toBe(image === bundle ? 0 : 1);
    expect(chip.tell("confirm")).toBe("ok\n");
    expect(chip.start()).toBe("runs 0\n");
    expect([chip.restarts, chip.files.files.has("works0"), chip.files.files.has("loads0")]).toEqual([0, true, false]);
  }
});

/** A chip whose first image works, and has said so. */
function confirmed(): TestChip {
  const chip = new TestChip(installed());
  chip.start();
  chip.tell("confirm");
  return chip;
}

test("an update starts; when a minute has passed without a word that it works the old image starts again, for good", () => {
  const chip = confirmed();
  expect(update(chip, next)).toBe(true);
  expect(chip.start()).toBe("next\n");
  expect(chip.timerTimes).toEqual([60000]);
  chip.pass();
  expect([chip.wanted, chip.files.files.get("tries1")]).toEqual([true, "xxx"]);
  expect(chip.start()).toBe("runs 0\n");
  expect(chip.start()).toBe("runs 0\n");
});

test("when the supply goes, or the chip's watchdog restarts it, before the minute has passed, an update has three starts", () => {
  const chip = confirmed();
  update(chip, next);
  for (const tries of ["x", "xx", "xxx"]) expect([chip.start(), chip.files.files.get("tries1")]).toEqual(["next\n", tries]);
  expect(chip.start()).toBe("runs 0\n");
});

test("a silent image without another one runs again and again, and its marks become no more", () => {
  const chip = new TestChip(installed(next));
  for (let turn = 0; turn < 5; turn++) {
    expect(chip.start()).toBe("next\n");
    chip.pass();
    expect([chip.wanted, chip.files.files.get("tries0")]).toEqual([true, "xxx"]);
  }
});

test("an update whose text does not load is tried three times, and left for the old image", () => {
  const chip = confirmed();
  update(chip, "this is not Lua at all (");
  expect([chip.start(), chip.restarts, chip.timerTimes, chip.files.files.get("loads1")]).toEqual(["", 3, [60000], "xxx"]);
  for (let turn = 0; turn < 3; turn++) expect(chip.start()).toBe("runs 0\n");
});

test("an LFS image without the module `lock` is loaded three times, and left for the old image", () => {
  const chip = confirmed();
  update(chip, `\x1bLua${id}`);
  for (const restarts of [3, 0]) expect([chip.start(), chip.restarts, chip.files.files.get("loads1")]).toEqual(["runs 0\n", restarts, "xxx"]);
});

test("an image that raises at its start is left after three trials; with no other the chip rests in between", () => {
  const chip = confirmed();
  update(chip, broken);
  expect(chip.start()).toBe("");
  // Three errors: it rests for a minute, and then the old one starts.
  expect([chip.restarts, chip.timerTimes]).toEqual([3, [60000]]);
  expect(chip.start()).toBe("runs 0\n");
  const alone = new TestChip(installed(broken));
  expect([alone.start(), alone.restarts, alone.timerTimes]).toEqual(["", 3, [60000]]);
});

test("an image that LFS does not take is left for the other one", () => {
  const chip = confirmed();
  expect(update(chip, `\x1bLua${next}${id}`)).toBe(true);
  const files = new ChipFiles({ ...nodemcuRoom, lfs: 0 });
  for (const [file, bytes] of chip.files.files) files.files.set(file, bytes);
  const small = new TestChip(files);
  for (let turn = 0; turn < 3; turn++) expect([small.start(), small.timerTimes]).toEqual(["", [60000]]);
  expect(small.start()).toBe("runs 0\n");
});

test("an image with a damaged byte does not start, unless it has been confirmed, and none with a damaged head", () => {
  const chip = confirmed();
  update(chip, next);
  chip.files.files.set("lock1", failed);
  expect(chip.start()).toBe("runs 0\n");
  chip.files.files.set("works1", "x");
  expect(chip.start()).toBe("failed\n");
  chip.files.files.set("head1", headOf(failed, 2).replace("000002", "000009"));
  expect(chip.start()).toBe("runs 0\n");
});

test("a place is written from the start, without gaps, in base64 only", () => {
  const chip = new TestChip(installed());
  chip.start();
  chip.tell("begin");
  expect(["write 0 YWJj", "write 4 YWJj", "write 3 %%%%", "write 3 YWJ", "write 3 ", "write 3 ZGU=", "write 3 ZGU="].map((line) => chip.tell(line)))
    .toEqual(["3\n", "-1\n", "-1\n", "-1\n", "-1\n", "2\n", "2\n"]);
  expect(chip.tell("digest 5")).toBe(`${createHash("sha256").update("abcde").digest("hex")}\n`);
  expect(chip.tell("digest 6")).toBe("\n");
  expect(chip.files.files.get("lock1")).toBe("abcde");
});

/** Every change that an update, its first start and its word make, with the supply gone in it after so many bytes. */
function cutStory(image: string, change: number, bytes: number): { cut: boolean; said: string } {
  const chip = confirmed();
  // An image whose trials are over is in the place.
  for (const [file, text] of Object.entries({ lock1: failed, head1: headOf(failed, 2), tries1: "xxx", loads1: "x" })) chip.files.files.set(file, text);
  chip.files.changes.length = 0;
  chip.files.cut = { change, bytes };
  let cut = !update(chip, image);
  if (!cut) cut = chip.start() === "cut";
  chip.files.cut = null;
  return { cut, said: chip.start() };
}

test.each([["text", next], ["an LFS image", `\x1bLua${next}${id}`]])("a power cut in any change, at any of its bytes, and one of the two starts: %s", (_what, image) => {
  const seen = new Set<string>();
  for (const bytes of [0, 1, 45, 90, 1000]) {
    let change = 1;
    for (; ; change++) {
      const { cut, said } = cutStory(image, change, bytes);
      expect(["runs 0\n", "next\n"]).toContain(said);
      seen.add(said);
      if (!cut) break;
    }
    expect(change).toBeGreaterThan(8);
  }
  expect(seen.size).toBe(2);
});
