/** The runner's end of a console, against one whose answers stand in a table. */
import { readBoard } from "../build/sources";
import { UserError } from "../build/user-error";
import { Line, LineEvents } from "../serial/line";
import { LockBench } from "./lock-bench";
import { checkLock, prepare } from "./prepare";
import { BenchTarget } from "./target";

const board = readBoard("esp32-devkitc-espruino");
let heard: string[];
let bench: LockBench;
let target: BenchTarget;
let events: LineEvents;

/** @param answers the last line of each answer by the first word of the line given; the others get `ok` */
async function begin(answers: { [word: string]: string }, control?: Line["control"], password = "sesame99"): Promise<void> {
  heard = [];
  bench = await LockBench.open(board, null, { console: "console", modules: {}, helper: null }, (path, told) => {
    events = told;
    const write = (line: string): void => {
      heard.push(line.trimEnd());
      setImmediate(() => told.received(`${answers[line.trim().split(" ")[0]] ?? "ok"}\n`));
    };
    return Promise.resolve({ path, write, close: () => undefined, ...control === undefined ? {} : { control } });
  });
  target = new BenchTarget(bench, "title", password);
  target.powerOn();
}

afterEach(async () => {
  await target.end();
  bench.close();
});

test("a closed console is opened before the first line, and after each start", async () => {
  await begin({});
  await target.send("reboot");
  expect(heard).toEqual(["login sesame99", "interactive off", "trace on", "reboot"]);
  await target.send("version");
  expect(heard.slice(4)).toEqual(["version"]);
  events.received("@0 boot cause=restart version=0\n");
  await target.send("version");
  expect(heard.slice(5)).toEqual(["login sesame99", "interactive off", "trace on", "version"]);
});

test("a password that the lock refuses ends it, in the lock's words; a lock that is silent refuses nothing", async () => {
  await begin({ login: "error denied wrong password" });
  await expect(target.send("reboot")).rejects.toThrow(new UserError("The lock refuses --password: denied wrong password."));
  expect(heard).toEqual(["login sesame99"]);
  await target.end();
  await begin({ login: "error no-answer …" });
  expect(await target.send("status")).toEqual(["ok"]);
});

test.each<[string, Line["control"], string]>([
  ["no control lines", () => { throw new UserError("The port console has no control lines."); }, " The port console has no control lines."],
  ["no such thing as control lines", undefined, ""],
])("a lock that does not restart, on a line with %s", async (_what, control, more) => {
  await begin({ reboot: "error busy later" }, control);
  await expect(prepare(target, bench)).rejects.toThrow(new UserError(
    `The lock does not restart: "reboot" was answered by "error busy later", and no boot line came. Press its reset button, or look at --port.${more}`));
});

test("another board's image is refused, and its lock is not reset", async () => {
  const sentence = 'The lock says "board sim", --board is esp32-devkitc-espruino: name its own board, or put the image of this one on it.';
  await begin({ board: "board sim\nok" });
  expect(await checkLock(target, board)).toEqual([sentence]);
  const refused = expect(prepare(target, bench)).rejects.toThrow(new UserError(sentence));
  while (!heard.includes("reboot")) await new Promise((resolve) => setImmediate(resolve));
  setImmediate(() => events.received("@0 boot cause=restart version=0\n"));
  await refused;
  expect(heard).not.toContain("factory-reset");
});

test("a bench that is stopped ends what is played on it, and what would be", async () => {
  await begin({});
  const waiting = target.advance(60000);
  bench.stop(new UserError("It was interrupted."));
  await expect(waiting).rejects.toThrow("It was interrupted.");
  await target.end();
  const next = new BenchTarget(bench, "next");
  await expect(prepare(next, bench)).rejects.toThrow("It was interrupted.");
  await next.end();
});
