import { ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { root } from "../build/sources";
import { UserError } from "../build/user-error";
import { BenchPaths } from "./lock-bench";

/** Chosen: on a busy machine. */
const startMs = 120000;

/** The process of a virtual lock. */
export class VirtualProcess {
  /** It does not run any more. */
  ended = false;

  /** @param end what it said when it ended, in a sentence */
  private constructor(private readonly child: ChildProcess, readonly paths: BenchPaths, readonly end: Promise<string>) {
    void end.then(() => { this.ended = true; });
  }

  /** @throws UserError if that engine cannot run here */
  static start(board: string, engine: string, rig: string): Promise<VirtualProcess> {
    const program = ["--require", join(__dirname, "compiled.js"), join(__dirname, "virtual-lock.ts")];
    // In a group of its own: Ctrl-C is for the runner, which ends it.
    const child = spawn(process.execPath, [...program, "--board", board, "--engine", engine, "--rig", rig], { cwd: root, stdio: ["pipe", "pipe", "pipe"], detached: true });
    return new Promise((resolve, reject) => {
      let said = "";
      let words = "";
      let started = false;
      const end = new Promise<string>((ended) => {
        child.on("close", () => ended(`The virtual lock (${engine}) stopped: ${words.trim() || "without a word"}`));
      });
      const late = setTimeout(() => {
        words = `it did not start within ${startMs / 1000} s`;
        child.kill("SIGKILL");
      }, startMs);
      child.stdin.on("error", () => undefined);
      child.stderr.on("data", (chunk: Buffer) => { words = `${words}${chunk.toString()}`.slice(-2000); });
      child.stdout.on("data", (chunk: Buffer) => {
        said += chunk.toString();
        const length = said.indexOf("\n");
        if (length < 0 || started) return;
        started = true;
        clearTimeout(late);
        resolve(new VirtualProcess(child, JSON.parse(said.slice(0, length)) as BenchPaths, end));
      });
      child.on("error", (error) => reject(error));
      void end.then((why) => {
        clearTimeout(late);
        reject(new UserError(why));
      });
    });
  }

  close(): void {
    this.child.stdin?.end();
    this.child.unref();
  }
}
