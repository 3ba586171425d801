/** A run that cannot go on, or may not: what there was by then is told and written. */
import { EventEmitter } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { AddressInfo, createServer, Server, Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readBoard } from "../build/sources";
import { hilCommand } from "./command";
import { Place } from "./place";
import { Plan } from "./plan";
import { runOnBench } from "./run";
import { VirtualProcess } from "./virtual";

const folder = mkdtempSync(join(tmpdir(), "hil-stop-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const xml = join(folder, "out.xml");
// The first cannot be played anywhere: that is a result, and takes no time.
const files = ["a", "b", "c"].map((name) => join(folder, `${name}.scn`));
for (const [i, file] of files.entries()) writeFileSync(file, `# K1: a user\n${i === 0 ? "# needs: moon\n" : ""}> user add admin\n= user 1\n`);

let server: Server;
let address: string;
/** What the lock does when it is told a line. */
let onLine: (line: string, socket: Socket) => void;
const signals = new EventEmitter();

beforeEach(async () => {
  rmSync(xml, { force: true });
  server = createServer((socket) => {
    socket.on("data", (bytes) => { for (const line of bytes.toString().trim().split("\n")) onLine(line, socket); });
    socket.on("error", () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => server.close());

async function run(...names: string[]): Promise<{ code: number; printed: string; complaint: string }> {
  let [printed, complaint] = ["", ""];
  const out = { write: (text: string) => { printed += text; }, complain: (text: string) => { complaint += text; }, terminal: false };
  const code = await hilCommand(["--board", "sim", "--port", address, "--junit", xml, ...names], out, signals);
  return { code, printed, complaint };
}

test.each<[string, typeof onLine, string]>([
  ["a lock that does not do as it is told", (_line, socket) => socket.write("error busy later\n"), 'The lock does not restart: "reboot" was answered by "error busy later"'],
  ["a port that goes", (_line, socket) => socket.destroy(), "has gone."],
  ["Ctrl-C", () => signals.emit("SIGINT"), "It was interrupted."],
])("%s: results so far, the file under way, and those that waited", async (_what, does, why) => {
  onLine = does;
  const { code, printed, complaint } = await run(...files);
  expect(code).toBe(2);
  expect(complaint).toMatch(/^The bench stopped: .*\n$/);
  expect(complaint).toContain(why);
  expect(printed).toContain(`failed   ${files[0]}`);
  expect(printed).toContain(`error    ${files[1]}  0.`);
  expect(printed).not.toContain(files[2]);
  expect(printed).toMatch(/\n0 passed, 1 failed, 1 error, 1 skipped\n$/);
  // The simulator is asked about what was played only.
  expect(printed).not.toContain("passes it");
  const junit = readFileSync(xml, "utf8");
  expect(junit).toContain('tests="3" failures="1" errors="1" skipped="1"');
  expect(junit).toContain('<skipped message="the bench stopped"/>');
  expect(junit.replace(/&quot;/g, '"')).toContain(why);
  expect(signals.eventNames()).toEqual([]);
});

test("where nothing was played there is one sentence, and the file all the same", async () => {
  onLine = (_line, socket) => socket.write("error busy later\n");
  const { code, printed, complaint } = await run(files[1], files[2]);
  expect([code, printed]).toEqual([2, ""]);
  expect(complaint).toMatch(/^The lock does not restart: .*\n$/);
  expect(readFileSync(xml, "utf8")).toContain('tests="2" failures="0" errors="1" skipped="1"');
});

test("a run that skips everything played nothing", async () => {
  writeFileSync(join(folder, "door.scn"), "# K1: a door\n> door open\n< door open\n");
  const { code, printed, complaint } = await run(join(folder, "door.scn"));
  expect(printed).toMatch(/^skipped .*door\.scn: nothing moves the door's switch.*\n0 passed, 0 failed, 1 skipped\n$/);
  expect([code, complaint]).toEqual([2, "Nothing was played: this bench can play none of these scenarios.\n"]);
});

test("a virtual lock that stopped is a failure of its file, with what it said; the next one gets a new lock", async () => {
  onLine = (_line, socket) => socket.destroy();
  const stopped = { paths: { console: address, modules: {}, helper: null }, ended: false, end: Promise.resolve("The virtual lock (sim) stopped: no memory"), close: () => undefined };
  const start = jest.spyOn(VirtualProcess, "start").mockResolvedValue(stopped as unknown as VirtualProcess);
  let printed = "";
  const code = await hilCommand(["--virtual", "sim", "--rig", "modules", "--junit", xml, ...files.slice(1)], { write: (text) => { printed += text; }, complain: (text) => { printed += text; }, terminal: false }, signals);
  expect(code).toBe(1);
  expect(start).toHaveBeenCalledTimes(2);
  for (const file of files.slice(1)) {
    expect(printed).toMatch(new RegExp(`^failed   ${file}  .*\nFAIL ${file}\n  - expected  a bench that works to the end\n  \\+ seen      The virtual lock \\(sim\\) stopped: no memory\n`, "m"));
    // In virtual time it passes.
    expect(printed).toContain(`${file}: engine sim with board sim, in virtual time, passes it\n`);
  }
  expect(printed).toMatch(/\n0 passed, 2 failed, 0 skipped\n$/);
  const junit = readFileSync(xml, "utf8");
  expect(junit).toContain('message="expected a bench that works to the end, seen The virtual lock (sim) stopped: no memory"');
  expect(junit).toContain("in virtual time, passes it</failure>");
  start.mockRestore();
});

test("a real lock has no last words, and its bench is opened once", async () => {
  onLine = (_line, socket) => socket.destroy();
  const options = { password: null, colour: false, longestMs: Infinity };
  const plan: Plan = { board: readBoard("sim"), rig: null, rigName: "", virtual: null, port: address, files, jobs: 1, options, junit: null, log: null, vcd: null };
  const place = new Place(plan);
  const seat = await place.seat();
  expect(await runOnBench(files[1], seat, options)).toMatchObject({ outcome: "error", failure: { seen: `The port ${address} has gone.` } });
  expect(await place.lastWords()).toBeNull();
  expect(await place.seat()).toBe(seat);
  place.close();
});
