/** One run of the real interpreter: a child process in lock-step with the host over two FIFOs. */
import { ChildProcess, execFileSync, spawn } from "node:child_process";
import { closeSync, constants, fstatSync, mkdtempSync, openSync, readSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A turn takes milliseconds; one that takes this long, in ms, does not end. */
const longestTurn = 20000;

const lengthDigits = 6;
const nap = new Int32Array(new SharedArrayBuffer(4));

/** Folders of interpreters that still run, removed when the host ends without having ended them. */
const open = new Set<EspruinoProcess>();
process.on("exit", () => { for (const one of open) one.close(); });

export class EspruinoProcess {
  private readonly folder: string;
  private readonly inbox: number;
  private readonly outbox: number;
  private readonly log: number;
  private readonly child: ChildProcess;
  private readonly buffer = Buffer.alloc(65536);
  private pending = "";

  /** @param files written into the folder it runs in; "boot.js" is what it runs. */
  constructor(program: string, files: Record<string, string | Buffer>) {
    this.folder = mkdtempSync(join(tmpdir(), "espruino-"));
    for (const [name, contents] of Object.entries(files)) writeFileSync(join(this.folder, name), contents);
    const [inbox, outbox] = [join(this.folder, "in.fifo"), join(this.folder, "out.fifo")];
    execFileSync("mkfifo", [inbox, outbox]);
    // Opened for both ways, so that opening does not wait for the other side.
    this.inbox = openSync(inbox, constants.O_RDWR);
    this.outbox = openSync(outbox, constants.O_RDONLY | constants.O_NONBLOCK);
    // Held by the child as long as it runs, whatever it opens itself: the end of file of the outbox is the end of the child.
    const held = openSync(outbox, constants.O_WRONLY);
    this.log = openSync(join(this.folder, "log.txt"), "w+");
    // Its input stays open and silent: at the end of it the interpreter would flood its own console.
    this.child = spawn(program, ["boot.js"], { cwd: this.folder, stdio: ["pipe", this.log, this.log, held] });
    this.child.on("error", () => undefined);
    closeSync(held);
    open.add(this);
  }

  /** @returns the next lines from the interpreter. */
  read(): string {
    const length = Number.parseInt(this.take(lengthDigits), 10);
    return this.take(length);
  }

  write(lines: string): void {
    const bytes = Buffer.from(`${lines.length}`.padEnd(lengthDigits) + lines, "latin1");
    for (let done = 0; done < bytes.length;) done += writeSync(this.inbox, bytes, done);
  }

  close(): void {
    if (!open.delete(this)) return;
    // Node.js would signal whatever number it finds for a program that never began: 0 is the whole process group.
    if (this.child.pid !== undefined) this.child.kill("SIGKILL");
    this.child.stdin?.destroy();
    this.child.unref();
    for (const file of [this.inbox, this.outbox, this.log]) closeSync(file);
    rmSync(this.folder, { recursive: true, force: true });
  }

  private take(length: number): string {
    this.fill(length);
    const taken = this.pending.slice(0, length);
    this.pending = this.pending.slice(length);
    return taken;
  }

  /** Reads until there is enough, without the event loop: the host's world stands still meanwhile. */
  private fill(length: number): void {
    let waits = 0;
    const end = performance.now() + longestTurn;
    while (this.pending.length < length) {
      const count = this.readSome();
      if (count > 0) {
        this.pending += this.buffer.toString("latin1", 0, count);
      } else if (count === 0) {
        const words = this.lastWords();
        throw new Error(`the program named by ESPRUINO_BIN ended${words === "" ? "" : `: ${words}`}`);
      } else if (performance.now() > end) {
        throw new Error(`the image did not come to rest in ${longestTurn / 1000} s: ${this.lastWords()}`);
      } else if (++waits > 100) {
        Atomics.wait(nap, 0, 0, 0.2);
      }
    }
  }

  /** @returns how many bytes were read, -1 if there is nothing yet. */
  private readSome(): number {
    try {
      return readSync(this.outbox, this.buffer, 0, this.buffer.length, null);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EAGAIN") return -1;
      throw error;
    }
  }

  /** What it printed last: the reason, if it ended by itself. */
  private lastWords(): string {
    const size = fstatSync(this.log).size;
    const tail = Buffer.alloc(Math.min(size, 800));
    readSync(this.log, tail, 0, tail.length, size - tail.length);
    return tail.toString("latin1").trim();
  }
}
