import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encode as encodeAa } from "../../hal/drivers/efaa/frames";
import { encode as encodePlayer } from "../../hal/drivers/dfplayer/frames";
import { encode as encode01 } from "../../hal/drivers/r503/frames";
import { readBoard } from "../build/sources";
import { projectEngines } from "../scenario/engines";
import { runScenario } from "../scenario/run";
import { traceCommand } from "./command";
import { FrameReader } from "./frames";
import { logText, parseLog } from "./log";
import { Recording } from "./recording";
import { Lane, Timeline, timelineOf } from "./timeline";

const story = `# U1: </script> & a finger
> user add admin
> enrol 1 finger
> finger 7
> finger off
> finger 7
> finger off
> finger 7
< credential added n=1 kind=finger
> finger off
> finger 7
< grant user=1 by=finger
< bolt unlocked
> door open
+1s
> door close
+30s
`;

const folder = mkdtempSync(join(tmpdir(), "trace-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let recording: Recording;
let timeline: Timeline;
beforeAll(async () => {
  const board = readBoard("sim");
  const engine = await projectEngines.load("sim", board);
  if (typeof engine === "string") throw new Error(engine);
  const result = await runScenario("story </script>.scn", story, { engine, board, record: true });
  if (result.recording === null || !result.passed) throw new Error(result.report);
  recording = result.recording;
  const log = parseLog(logText(recording));
  if (log === null) throw new Error("the log cannot be read");
  timeline = timelineOf(log);
});

function lane(name: string): Lane {
  const found = timeline.lanes.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no lane ${name}`);
  return found;
}

test("a log has every happening, with both times", () => {
  const log = parseLog(logText(recording));
  expect(log).toMatchObject({ board: "sim", title: "story </script>.scn" });
  expect(recording.levels.size).toBeGreaterThan(15);
  expect(log?.lines).toHaveLength(recording.levels.size + recording.happenings.length);
  expect(log?.activeLow).toEqual(expect.arrayContaining(["bolt_withdrawn", "bolt_thrown", "handle", "finger_wake", "keys_irq"]));
  expect(log?.activeLow).not.toContain("door_open");
  const grant = recording.happenings.find((one) => one.kind === "printed" && one.text.includes("grant user=1"));
  const lockMs = grant?.kind === "printed" ? Number(grant.text.slice(1).split(" ")[0]) : -1;
  expect(log?.lines.find((line) => line.text.includes("grant user=1"))).toEqual({ s: (grant?.ms ?? 0) / 1000, lockMs, subject: "lock<", text: expect.stringContaining("by=finger") });
  expect(log?.lines.map(({ subject }) => subject)).toEqual(expect.arrayContaining(["lock>", "pin", "uart", "i2c", "wave", "power"]));
  expect(parseLog("something else\n")).toBeNull();
});

test("states are bars from word to word, what happens is a mark", () => {
  expect(lane("bolt").items.map(({ label }) => label).slice(0, 2)).toEqual(["unlocking", "unlocked"]);
  const [unlocking, unlocked] = lane("bolt").items;
  expect(unlocking.to).toBe(unlocked.from);
  expect(unlocked.to).toBe(timeline.endS);
  expect(unlocking.to - unlocking.from).toBeCloseTo(lane("motor").items[0].to - lane("motor").items[0].from, 1);
  expect(lane("door").items).toMatchObject([{ label: "open" }]);
  expect(lane("grants").items).toMatchObject([{ label: "user=1 by=finger", colour: "green" }]);
  expect(lane("lights").items.at(-1)?.to).toBeLessThan(timeline.endS);
  const prompts = lane("prompts").items;
  prompts.slice(1).forEach((prompt, i) => expect(prompts[i].to).toBeLessThanOrEqual(prompt.from));
});

test("the bar of a wire is what it is named for, at whichever level", () => {
  const [unlocking, unlocked] = lane("bolt").items;
  const [thrown, ...again] = lane("bolt_thrown").items;
  expect(thrown).toMatchObject({ from: 0, label: "0", hover: "bolt_thrown (active low)" });
  expect(thrown.to).toBeGreaterThanOrEqual(unlocking.from);
  expect(thrown.to).toBeLessThan(unlocked.from);
  expect(again).toEqual([]);
  // Its switch is read a little later than it closes.
  expect(lane("bolt_withdrawn").items).toMatchObject([{ from: expect.closeTo(unlocked.from, 1), to: timeline.endS, label: "0" }]);
  const door = lane("door").items[0];
  expect(lane("door_open").items).toMatchObject([{ from: expect.closeTo(door.from, 1), to: expect.closeTo(door.to, 1), label: "1" }]);
  // What stays as it rests has no lane.
  expect(timeline.lanes.map(({ name }) => name)).not.toContain("handle");
});

test("the frames on the readers' lines are named", () => {
  expect(lane("finger asks").items.map(({ label }) => label)).toEqual(expect.arrayContaining(["take image", "make features", "search", "store template"]));
  expect(lane("finger says").items.map(({ label }) => label)).toEqual(expect.arrayContaining(["ok", "ok: template 0, score 150"]));
  expect(lane("speech asks").items.some(({ label }) => label.startsWith("play 1/"))).toBe(true);
  const loose = timeline.lanes.filter((one) => one.group === "Lines").flatMap(({ items }) => items.filter(({ label }) => label.includes("loose")));
  // The reader says 55 when it has started.
  expect(loose.every(({ hover }) => hover.endsWith("\n55"))).toBe(true);
});

describe("frames", () => {
  const read = (line: string, ...pieces: [string, boolean][]): string[] => {
    const reader = new FrameReader(line);
    return pieces.flatMap(([bytes, sent]) => reader.take(1, bytes, sent).map(({ name, details }) => details === "" ? name : `${name} (${details})`));
  };

  test("in pieces, several at once, and with noise before them", () => {
    const search = encode01(1, "\x04\x01\x00\x00\x00\xc8");
    const found = encode01(7, "\x00\x00\x05\x00\x96");
    expect(read("finger", [search.slice(0, 3), true], [search.slice(3), true], [`xx${found}${found}`, false])).toEqual([
      "search (parameters 01 00 00 00 c8)", "2 loose bytes", "ok: template 5, score 150 (answer to search, data 00 05 00 96)", "ok: template 5, score 150 (answer to search, data 00 05 00 96)"]);
    expect(read("finger", [encode01(1, "\x04"), true], [encode01(7, "\x09"), false])).toEqual(["search", "not found (answer to search)"]);
  });

  test("of the palm and face module, and of the voice", () => {
    expect(read("palm_face", [encodeAa(0x12, "\0\x0a"), true], [encodeAa(0, "\x12\0\0\x07"), false], [encodeAa(1, "\0"), false], [encodeAa(0, "\x12\x0d"), false])).toEqual(
      ["verify (data 00 0a)", "ok: template 7 (answer to verify, data 00 07)", "note: ready", "timeout (answer to verify)"]);
    expect(read("speech", [encodePlayer(0x0f, 0, 0x0203), true], [encodePlayer(0x40, 0, 1), false])).toEqual(["play 2/3", "error 1"]);
  });
});

describe("npm run trace", () => {
  const run = (...args: string[]): { code: number; printed: string } => {
    let printed = "";
    const out = { write: (text: string) => { printed += text; }, complain: (text: string) => { printed += text; } };
    return { code: traceCommand(args, out), printed };
  };

  test("one page with everything in it, whatever the title is", () => {
    const path = join(folder, "story.log");
    writeFileSync(path, logText(recording));
    expect(run(path, "--html")).toEqual({ code: 0, printed: `${join(folder, "story.html")}\n` });
    const page = readFileSync(join(folder, "story.html"), "utf8");
    expect(page).toContain("<title>story &lt;/script&gt;.scn</title>");
    expect(page.match(/<\/script>/g)).toHaveLength(2);
    expect(page).not.toMatch(/(src|href)=|https?:|@import|url\(/);
    const data = /<script type="application\/json" id="data">(.*)<\/script>/.exec(page)?.[1] ?? "";
    expect(JSON.parse(data)).toEqual(JSON.parse(JSON.stringify(timeline)));
  });

  test("without --html it tells what is in the log", () => {
    const path = join(folder, "story.log");
    writeFileSync(path, logText(recording));
    expect(run(path).printed).toMatch(/^story <\/script>\.scn, board sim, \d+\.\d s, \d+ lines\n {2}Steps +given +\d+\n/);
  });

  test("--out alone is enough, and is looked at first", () => {
    const path = join(folder, "story.log");
    writeFileSync(path, logText(recording));
    const page = join(folder, "other.html");
    expect(run(path, "--out", page)).toEqual({ code: 0, printed: `${page}\n` });
    expect(readFileSync(page, "utf8")).toContain("<!doctype html>");
    expect(run(path, "--html", "--out", "/nowhere/x.html")).toEqual({ code: 2, printed: "/nowhere/x.html cannot be written: there is no folder /nowhere.\n" });
  });

  test.each<[string[], string]>([
    [[], "Name one log"], [["a", "b"], "Name one log"], [[join(folder, "none.log")], "cannot be read (ENOENT)."], [[__filename], "is no log of npm run hil"],
  ])("%p is told in a sentence", (args, message) => {
    const { code, printed } = run(...args);
    expect(printed).toContain(message);
    expect(code).toBe(2);
  });
});
