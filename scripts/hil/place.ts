import { openLine } from "../serial/open";
import { LockBench } from "./lock-bench";
import { Plan } from "./plan";
import { Seat } from "./run";
import { VirtualProcess } from "./virtual";

/** Chosen: the lines of a process go, and then it; it has said why by then. */
const lastWordsMs = 2000;

/** A bench, opened when it is wanted; a virtual one that stopped is begun anew. */
export class Place {
  private process: VirtualProcess | null = null;
  private at: Seat | null = null;

  constructor(private readonly plan: Plan) {}

  /** @throws UserError if the bench cannot be opened */
  async seat(): Promise<Seat> {
    if (this.hasEnded()) this.close();
    this.at ??= { bench: await this.open(), checked: false };
    return this.at;
  }

  /** What is played there ends at once. */
  stop(error: Error): void {
    this.at?.bench.stop(error);
  }

  /** Why the virtual lock stopped by itself; null: it goes on, or is a real one. */
  async lastWords(): Promise<string | null> {
    if (this.process === null || !this.hasEnded()) return null;
    const { end } = this.process;
    let late: NodeJS.Timeout | undefined;
    const silence = new Promise<null>((resolve) => { late = setTimeout(() => resolve(null), lastWordsMs); });
    return Promise.race([end, silence]).finally(() => clearTimeout(late));
  }

  close(): void {
    this.at?.bench.close();
    this.process?.close();
    this.at = null;
    this.process = null;
  }

  /** Of a virtual one: its process, its lines, or the way there. */
  private hasEnded(): boolean {
    return this.process !== null && (this.process.ended || this.at === null || this.at.bench.stopped !== null);
  }

  private async open(): Promise<LockBench> {
    const { board, rig, virtual, rigName, port } = this.plan;
    if (virtual !== null) {
      this.process = await VirtualProcess.start(board.name, virtual, rigName);
      return LockBench.open(board, rig, this.process.paths, openLine);
    }
    const { finger, palmFace, speech } = rig?.modules ?? {};
    const modules = { finger: finger?.port, palmFace: palmFace?.port, speech: speech?.port };
    return LockBench.open(board, rig, { console: port, modules, helper: rig?.helper?.port ?? null }, openLine);
  }
}
