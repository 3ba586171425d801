import { Appointment, Scheduler } from "./scheduler";

/** How long somebody stays who gets no verdict. Chosen: longer than a reader takes from supply to verdict, its rest without supply included. */
const patienceMs = 4000;

/** What a bench word waits for. */
export interface Coming {
  done: boolean;
  /** It is done by then. */
  readonly mostMs: number;
}

/**
 * Fingers, hands or faces before a module, one after the other. Each stays until the module has given
 * its verdict; between two of them is a pause in which nobody is there.
 */
export class Visitors<Visitor> {
  private visitor: Visitor | null = null;
  private cameMs = 0;
  private leftMs: number;
  private judged = false;
  private next: (() => void) | null = null;
  private due: Appointment | null = null;

  /** @param pauseMs so long that the driver sees that the one before has gone */
  constructor(private readonly scheduler: Scheduler, private readonly pauseMs: number, private readonly place: (visitor: Visitor | null) => void) {
    this.leftMs = -pauseMs;
  }

  /** Who is there, null = nobody. */
  get present(): Visitor | null {
    return this.visitor;
  }

  /** The next one comes. */
  put(visitor: Visitor): Coming {
    return this.whenJudged((done) => {
      this.leave();
      this.at(this.leftMs + this.pauseMs, () => {
        this.come(visitor);
        done();
      });
    });
  }

  /** Whoever is there goes. */
  off(): Coming {
    return this.whenJudged((done) => {
      this.leave();
      done();
    });
  }

  /** Whoever is there holds still no more: another pose. */
  turn(visitor: Visitor): Coming {
    return this.whenJudged((done) => {
      this.come(visitor);
      done();
    });
  }

  /** The module has given its verdict. */
  judge(): void {
    this.judged = true;
    const next = this.next;
    this.next = null;
    next?.();
  }

  private come(visitor: Visitor): void {
    this.visitor = visitor;
    this.cameMs = this.scheduler.nowMs;
    this.judged = false;
    this.place(visitor);
  }

  private leave(): void {
    if (this.visitor === null) return;
    this.visitor = null;
    this.leftMs = this.scheduler.nowMs;
    this.place(null);
  }

  private whenJudged(act: (done: () => void) => void): Coming {
    const coming = { done: false, mostMs: patienceMs + this.pauseMs };
    const begin = (): void => {
      this.next = null;
      this.scheduler.cancel(this.due);
      act(() => { coming.done = true; });
    };
    this.scheduler.cancel(this.due);
    if (this.visitor === null || this.judged) begin();
    else {
      this.next = begin;
      this.at(this.cameMs + patienceMs, begin);
    }
    return coming;
  }

  /** At once if the time has come already. */
  private at(ms: number, act: () => void): void {
    const leftMs = ms - this.scheduler.nowMs;
    if (leftMs <= 0) act();
    else this.due = this.scheduler.after(leftMs, act);
  }
}
