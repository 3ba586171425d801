/** `npm run console` at a real simulated lock's console on a pseudo-terminal, as a program and as a person use it. */
import { ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { StateFolder } from "../../hal/platform/sim/flash-file";
import { readBoard } from "../build/sources";
import { projectEngines } from "../scenario/engines";
import { Connection } from "../serial/connection";
import { openPseudoTerminal } from "../serial/pty";
import { startSimulatedLock } from "../sim/lock";
import { consoleCommand, usage } from "./command";
import { completions } from "./complete";
import { Identity, LockConsole } from "./lock-console";
import { Session } from "./session";

const withScript = spawnSync("script", ["--version"]).status === 0 ? test : test.skip;
const folder = mkdtempSync(join(tmpdir(), "console-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** On a machine that stands still for a while. */
const patienceMs = 20000;

interface Place { path: string; close(): void }

/** A lock whose console is on a pseudo-terminal, in real time. */
async function lockAt(state: string): Promise<Place> {
  const board = readBoard("sim");
  const engine = await projectEngines.load("sim", board);
  if (typeof engine === "string") throw new Error(engine);
  const lock = startSimulatedLock(board, engine, new StateFolder(join(folder, state)), () => undefined);
  const pty = await openPseudoTerminal((bytes) => lock.world.type(bytes));
  lock.world.onConsole = (bytes) => pty.write(bytes);
  const ticking = setInterval(() => lock.world.advance(5), 5);
  return { path: pty.path, close: () => { clearInterval(ticking); pty.close(); } };
}

async function piped(port: string, lines: string): Promise<[number, string, string]> {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  stdin.end(lines);
  const code = await consoleCommand(["--port", port], { stdin, stdout, stderr });
  return [code, String(stdout.read() ?? ""), String(stderr.read() ?? "")];
}

withScript("piped commands are answered one after the other, echo or none (skipped without util-linux's script)", async () => {
  const { path, close } = await lockAt("piped");
  try {
    expect(await piped(path, "interactive on\nversion\n\nsettings\n")).toEqual([0, expect.stringMatching(/^ok\nversion \S+\nok\ndirection unset\n[^]*\nok\n$/), ""]);
    const [code, out] = await piped(path, "user add admin\npasscode set 1 604827\nnonsense\n");
    expect([code, out.split("\n").filter((line) => !line.startsWith("@"))]).toEqual([1, ["user 1", "ok", "ok", "error unknown no command `nonsense`; `help` lists all", ""]]);
    expect(out).not.toContain("604827");
  } finally {
    close();
  }
});

/** The command at a terminal of its own, typed at once its prompt is there. */
function person(port: string): { child: ChildProcess; until(pattern: RegExp): Promise<string>; type(keys: string): void } {
  const run = `${process.execPath} -r ts-node/register ${join(__dirname, "..", "console.ts")} --port ${port}`;
  const child = spawn("script", ["-qfec", run, "/dev/null"], { stdio: ["pipe", "pipe", "inherit"], env: { ...process.env, TERM: "xterm", SHELL: "/bin/sh" } });
  let seen = "";
  let check = (): void => undefined;
  child.stdout.on("data", (chunk: Buffer) => {
    seen += chunk.toString();
    check();
  });
  const until = (pattern: RegExp): Promise<string> => new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`${String(pattern)} has not come; the last was ${JSON.stringify(seen)}`)), patienceMs);
    check = () => {
      const found = pattern.exec(seen);
      if (found === null) return;
      clearTimeout(late);
      seen = seen.slice(found.index + found[0].length);
      check = () => undefined;
      resolve(found[0]);
    };
    check();
  });
  return { child, until, type: (keys) => child.stdin.write(keys) };
}

withScript("a person has completion and a history without secrets, and leaves with Ctrl-D (skipped without util-linux's script)", async () => {
  const { path, close } = await lockAt("person");
  const { child, until, type } = person(path);
  try {
    const left = new Promise((resolve) => child.on("exit", resolve));
    await until(/lock> /);
    for (const key of ["s", "e", "l", "\t"]) type(key);
    await until(/selftest/);
    type("\x15version\r");
    await until(/version \S+\r\n[^]*ok\r\n/);
    type("password correct-horse\r");
    expect(await until(/password[^]*ok\r\n/)).not.toContain("correct");
    type("\x1b[A");
    await until(/lock> version/);
    type("\x15");
    type("\x04");
    expect(await left).toBe(0);
  } finally {
    child.kill("SIGKILL");
    close();
  }
}, 60000);

test("what can stand next is completed", () => {
  const usages = ["user <n>", "user add <admin|user>", "enrol <n> <face|palm>", "events [from] [count]", "away <on|off>", "clock <time>"];
  expect(completions(usages, "")).toEqual(["away", "clock", "enrol", "events", "user"]);
  expect(completions(usages, "e")).toEqual(["enrol", "events"]);
  expect(completions(usages, "user a")).toEqual(["user add"]);
  expect(completions(usages, "user add ")).toEqual(["user add admin", "user add user"]);
  expect(completions(usages, "enrol 2 p")).toEqual(["enrol 2 palm"]);
  expect(completions(usages, "enrol  ")).toEqual([]);
  expect(completions(usages, "away x")).toEqual([]);
  expect(completions(usages, "clock ")).toEqual([]);
});

test("an answer is told from its echo, the prompt, and trace lines that interrupt it", async () => {
  const other: string[] = [];
  const written: string[] = [];
  const console = new LockConsole((bytes) => written.push(bytes), { other: (line) => other.push(line) });
  console.received("lock> ");
  const answer = console.ask("user add admin", 1000);
  console.received("user add ");
  console.received("\r\x1b[K@7 keypad off\r\nlock> user add admin\r\n@8 user added n=1 role=admin\r\nuser 1\r\no");
  console.received("k\r\nlock> ");
  expect(await answer).toEqual({ lines: ["user 1"], end: "ok" });
  console.received("\r\x1b[K@9 door open\r\nlock> ");
  expect(other).toEqual(["@7 keypad off", "@8 user added n=1 role=admin", "@9 door open"]);
  expect([written, console.echoes]).toEqual([["user add admin\n"], true]);
  const login = console.ask("login correct-horse", 1000);
  console.received("login *************\r\nerror denied wrong password\r\nlock> ");
  expect(await login).toEqual({ lines: [], end: "error denied wrong password" });
  expect(await console.ask("version", 1)).toBeNull();
});

test("what a lock tells of itself", async () => {
  const told = async (...lines: string[]): Promise<Identity | null> => {
    const console = new LockConsole(() => undefined, {});
    const identity = console.identity(1000);
    console.received([...lines, "ok", ""].join("\n"));
    return identity;
  };
  expect(await told("version 0.1.0")).toEqual({ version: "0.1.0", base: "", place: "", onTrial: false });
  expect(await told("version 0.1.0", "base=2v29.277", "place=a")).toEqual({ version: "0.1.0", base: "2v29.277", place: "a", onTrial: false });
  expect(await told("version 0.1.0", "place=b trial")).toEqual({ version: "0.1.0", base: "", place: "b", onTrial: true });
  expect(await told("lock locked")).toBeNull();
});

test("the known faults of the firmware below are told when the lock starts; a program's answers hold nothing else", async () => {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const connection = { write: () => undefined, onBytes: (_bytes: string): void => undefined };
  const session = new Session(connection as unknown as Connection, { stdin, stdout, stderr });
  connection.onBytes("@0 boot cause=power version=0.1.0\n@1 boot cause=power version=0.1.0 base=2v29.277\n@2 boot cause=crash version=0.1.0 base=2v29.100\n");
  session.close();
  expect(String(stdout.read())).toBe("@0 boot cause=power version=0.1.0\n@1 boot cause=power version=0.1.0 base=2v29.277\n@2 boot cause=crash version=0.1.0 base=2v29.100\n");
  expect(String(stderr.read())).toBe("Known fault of 2v29.100: it opens a Wi-Fi access point at power-on as long as no Wi-Fi is configured.\n");
});

test("the command line", async () => {
  const run = async (...args: string[]): Promise<[number, string, string]> => {
    const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
    return [await consoleCommand(args, { stdin, stdout, stderr }), String(stdout.read() ?? ""), String(stderr.read() ?? "")];
  };
  expect(await run("--help")).toEqual([0, `${usage}\n`, ""]);
  expect(await run()).toEqual([2, "", "Where is the lock? Give --port and a serial port such as /dev/ttyUSB0, or tcp://<host>:<port>.\n"]);
  expect(await run("--port", "/dev/ttyNone")).toEqual([2, "", "There is no port /dev/ttyNone; ls /dev/tty* lists the ports there are.\n"]);
});
