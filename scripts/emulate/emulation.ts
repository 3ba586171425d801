import { UserError } from "../build/user-error";
import { KeptFile } from "./kept";
import { EmulatedPart, PartKind, Times, Words } from "./part";

/** One part in real time, between a line and somebody who types. */
export class Emulation {
  private readonly part: EmulatedPart;
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly words: Words;
  private templates = 0;
  /** Why the templates are not kept, as it was told; "" while they are. */
  private lost = "";

  /**
   * @param send bytes for the lock
   * @param say a line for who watches
   * @throws UserError if the file cannot be read or written
   */
  constructor(kind: PartKind, model: string, private readonly kept: KeptFile | null, send: (bytes: string) => void, private readonly say: (line: string) => void) {
    const modules = kept?.load() ?? null;
    this.part = kind.start({ times: this.newTimes(), send, say }, model, modules);
    this.words = { ...this.part.words, help: { usage: "help", act: (args) => args.length === 0 && this.help() } };
    this.templates = this.part.templates?.() ?? 0;
    try {
      this.keep();
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** Bytes from the lock. */
  received(bytes: string): void {
    this.guarded(() => this.part.receive(bytes));
  }

  /** A line that was typed. @returns the answer, "" to none */
  typed(line: string): string {
    const [word, ...args] = line.trim().split(/\s+/);
    if (word === "") return "";
    if (!Object.hasOwn(this.words, word)) return `error unknown There is no word "${word}"; help lists them.`;
    let understood = true;
    this.guarded(() => { understood = this.words[word].act(args); });
    return understood ? "ok" : `error usage Usage: ${this.words[word].usage}.`;
  }

  close(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
  }

  private help(): true {
    for (const word of Object.values(this.words)) this.say(word.usage);
    return true;
  }

  private newTimes(): Times {
    const startMs = performance.now();
    return {
      get nowMs() { return Math.floor(performance.now() - startMs); },
      after: (ms, act) => {
        const timer = setTimeout(() => {
          this.timers.delete(timer);
          this.guarded(act);
        }, ms);
        this.timers.add(timer);
      },
    };
  }

  /** What the lock does wrong is told, and the emulation goes on. What a module has taken in is kept before it answers. */
  private guarded(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.say(`! refused: ${error instanceof Error ? error.message : String(error)}`);
      this.part.recover();
    }
    try {
      this.keep();
      this.lost = "";
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      if (error.message !== this.lost) this.say(`! ${error.message}`);
      this.lost = error.message;
    }
  }

  private keep(): void {
    const templates = this.part.templates?.() ?? 0;
    if (templates !== this.templates) this.say(`templates: ${templates}`);
    this.templates = templates;
    if (this.part.save !== undefined) this.kept?.save(this.part.save());
  }
}
