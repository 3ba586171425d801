import { EnrolError } from "../../../roles";
import { Link } from "./link";
import { Appointment, Scheduler } from "./scheduler";
import { TemplateMemory } from "./templates";

/** Who is before the module: an identity number, a stranger, or something that cannot be read. */
export type Presence = number | "unknown" | "bad";

export interface ReaderKind {
  name: "finger" | "palm" | "face";
  /** Placements, or poses, that an enrolment takes. */
  steps: number;
  /** From being there to the module's answer. */
  answerMs: number;
}

/** An enrolment under way: whose it is (null before the first step) and how many steps succeeded. */
interface Enrolment { identity: number | null; steps: number }

/**
 * A sensor module that looks by its own proximity (finger, palm). Who is there stays until the
 * module has answered: only then it is taken away, or lifted for the next one.
 */
export class ReaderModule {
  protected present: Presence | null = null;
  protected enrolment: Enrolment | null = null;
  protected answer: Appointment | null = null;
  private next: Appointment | null = null;
  private busyUntilMs = 0;
  private mute = false;

  constructor(
    protected readonly scheduler: Scheduler,
    private readonly link: Link,
    readonly kind: ReaderKind,
    readonly templates: TemplateMemory,
  ) {}

  /** Who is before the module, null = nobody. */
  get presence(): Presence | null {
    return this.present;
  }

  get enrolling(): boolean {
    return this.enrolment !== null;
  }

  /** @returns milliseconds until the presence before has had its answer and this one is there. */
  put(presence: Presence): number {
    return this.whenFree(() => {
      this.leave();
      this.appear(presence);
    });
  }

  /** @returns milliseconds until the presence has had its answer and is taken away. */
  off(): number {
    return this.whenFree(() => this.leave());
  }

  /** A command of the lock: the words after the module's name. */
  receive(words: string[]): void {
    if (this.mute) return;
    if (words[0] === "enrol") this.beginEnrolment();
    else if (words[0] === "cancel") this.cancel();
    else if (words[0] === "remove") this.templates.remove(Number(words[1]));
    else if (words[0] === "clear") this.templates.clear();
    else if (words[0] === "look") this.look(words[1] === "1");
    else throw new Error(`the ${this.kind.name} module does not know "${words.join(" ")}"`);
  }

  /** The module stops answering, or answers again; what was under way is gone. */
  silence(silent: boolean): void {
    this.powered();
    this.mute = silent;
    this.link.send(`${this.kind.name} silent ${silent ? 1 : 0}`);
  }

  /** Supply came or went: what was under way is gone, who is there stays, templates stay. */
  powered(): void {
    this.stopAnswer();
    this.enrolment = null;
  }

  protected tell(what: string): void {
    if (!this.mute) this.link.send(`${this.kind.name} ${what}`);
  }

  /** A module that looks by itself ignores this. */
  protected look(_on: boolean): void {
    return;
  }

  protected appear(presence: Presence): void {
    this.present = presence;
    this.tell("near");
    if (this.link.powered) this.answerIn(this.kind.answerMs, () => this.judge());
  }

  protected leave(): void {
    this.stopAnswer();
    if (this.present === null) return;
    this.present = null;
    this.tell("gone");
  }

  protected beginEnrolment(): void {
    this.stopAnswer();
    if (this.templates.full) {
      this.enrolment = null;
      this.tell(`failed ${EnrolError.Full}`);
      return;
    }
    this.enrolment = { identity: null, steps: 0 };
  }

  /** Calls back once the answer under way has been given. */
  protected whenFree(act: () => void): number {
    this.scheduler.cancel(this.next);
    const waitMs = this.answer === null ? 0 : Math.max(0, this.busyUntilMs - this.scheduler.nowMs);
    if (waitMs > 0) this.next = this.scheduler.after(waitMs, act);
    else act();
    return waitMs;
  }

  protected answerIn(ms: number, act: () => void): void {
    this.stopAnswer();
    this.busyUntilMs = this.scheduler.nowMs + ms;
    this.answer = this.scheduler.after(ms, () => {
      this.answer = null;
      act();
    });
  }

  protected stopAnswer(): void {
    this.scheduler.cancel(this.answer);
    this.answer = null;
  }

  /** What the module has to say of who is there. */
  protected judge(): void {
    if (this.present === null) return;
    if (this.enrolment !== null) this.step(this.present);
    else if (this.present === "bad") this.tell("unreadable");
    else this.tellMatch(this.present);
  }

  /** One step of the enrolment: the same person each time, and nobody who is enrolled already (C5). */
  protected step(presence: Presence): void {
    const enrolment = this.enrolment;
    if (enrolment === null) return;
    const another = enrolment.identity !== null && enrolment.identity !== presence;
    if (typeof presence !== "number" || another) {
      this.tell("again");
      return;
    }
    if (this.templates.find(presence) >= 0) {
      this.enrolment = null;
      this.tell(`failed ${EnrolError.Duplicate}`);
      return;
    }
    enrolment.identity = presence;
    enrolment.steps++;
    if (enrolment.steps < this.kind.steps) {
      this.tell(`placed ${enrolment.steps}`);
      return;
    }
    this.enrolment = null;
    this.tell(`enrolled ${this.templates.add(presence)}`);
  }

  private cancel(): void {
    if (this.enrolment === null) return;
    this.enrolment = null;
    this.stopAnswer();
  }

  private tellMatch(presence: number | "unknown"): void {
    const template = presence === "unknown" ? -1 : this.templates.find(presence);
    this.tell(template < 0 ? "unknown" : `matched ${template}`);
  }
}
