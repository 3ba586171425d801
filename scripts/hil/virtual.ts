import { ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { root } from "../build/sources";
import { UserError } from "../build/user-error";
import { BenchPaths } from "./lock-bench";

/** Chosen: on a busy machine. */
const startMs = 120000;

/** The process of a virtual lock. */
export class VirtualProcess {
  /** What it said when it ended by itself, null while it runs. */
  ended: string | null = null;

  private constructor(private readonly child: ChildProcess, readonly paths: BenchPaths) {}

  /** @throws UserError if that engine cannot run here */
  static start(board: string, engine: string, rig: string): Promise<VirtualProcess> {
    const program = ["--require", join(__dirname, "compiled.js"), join(__dirname, "virtual-lock.ts")];
    const child = spawn(process.execPath, [...program, "--board", board, "--engine", engine, "--rig", rig], { cwd: root, stdio: ["pipe", "pipe", "pipe"] });
    return new Promise((resolve, reject) => {
      let said = "";
      let words = "";
      let started: VirtualProcess | null = null;
      const late = setTimeout(() => {
        words = `it did not start within ${startMs / 1000} s`;
        child.kill("SIGKILL");
      }, startMs);
      child.stdin.on("error", () => undefined);
      child.stderr.on("data", (chunk: Buffer) => { words = `${words}${chunk.toString()}`.slice(-2000); });
      child.stdout.on("data", (chunk: Buffer) => {
        said += chunk.toString();
        const end = said.indexOf("\n");
        if (end < 0 || started !== null) return;
        clearTimeout(late);
        started = new VirtualProcess(child, JSON.parse(said.slice(0, end)) as BenchPaths);
        resolve(started);
      });
      child.on("error", (error) => reject(error));
      child.on("close", () => {
        clearTimeout(late);
        const why = `The virtual lock (${engine}) stopped: ${words.trim() || "without a word"}`;
        if (started === null) reject(new UserError(why));
        else started.ended = why;
      });
    });
  }

  close(): void {
    this.child.stdin?.end();
    this.child.unref();
  }
}
