import { World } from "../../hal/platform/sim/world";

/** Between two looks at the clock while nothing is due, ms. */
const longestNapMs = 50;
/** Chosen: how late a timer may be on a machine that keeps up. */
const punctualMs = 50;

interface Waiter { untilMs: number; enough: () => boolean; done: () => void; failed: (error: unknown) => void }

/** Lets the time of a world go with the clock on the wall. */
export class RealTime {
  /** Told when this machine has come to its turn so late that the world may have noticed. */
  onLate: (ms: number) => void = () => undefined;
  private startMs: number;
  /** When it is to look at the clock again, by the wall's clock. */
  private lookMs = Infinity;
  private timer: NodeJS.Timeout | undefined;
  private readonly waiters = new Set<Waiter>();
  private stopped = false;

  /**
   * @param onFault told of what a part or the image throws; the world goes on
   * @param mostMs a process that stood still for longer than this did not live meanwhile: its world's clock stood still too
   */
  constructor(private readonly world: World, private readonly onFault: (error: unknown) => void, private readonly mostMs = Infinity) {
    this.startMs = performance.now() - world.nowMs;
    this.schedule();
  }

  /** Milliseconds since the world began, with a fraction. */
  get nowMs(): number {
    return performance.now() - this.startMs;
  }

  /** Brings the world to now. To be called before anything from outside is given to it, and after. */
  toNow(): void {
    if (this.stopped) return;
    const stoodMs = Math.max(0, this.nowMs - this.world.nowMs - this.mostMs);
    this.startMs += stoodMs;
    const lateMs = Math.max(stoodMs, performance.now() - this.lookMs);
    this.lookMs = Infinity;
    if (lateMs > punctualMs) this.onLate(Math.round(lateMs));
    try {
      this.world.advance(Math.max(0, Math.floor(this.nowMs) - this.world.nowMs));
    } catch (error) {
      this.onFault(error);
    }
    for (const waiter of [...this.waiters]) this.check(waiter);
    this.schedule();
  }

  /** @param enough asked after every happening; true ends it early */
  wait(ms: number, enough: () => boolean = () => false): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiters.add({ untilMs: this.nowMs + ms, enough, done: resolve, failed: reject });
      this.toNow();
    });
  }

  /** Ends all waiting. */
  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    for (const waiter of this.waiters) waiter.done();
    this.waiters.clear();
  }

  private check(waiter: Waiter): void {
    try {
      if (!waiter.enough() && this.nowMs < waiter.untilMs) return;
      waiter.done();
    } catch (error) {
      waiter.failed(error);
    }
    this.waiters.delete(waiter);
  }

  private schedule(): void {
    clearTimeout(this.timer);
    if (this.stopped) return;
    const due = Math.min(this.world.scheduler.nextMs(), ...[...this.waiters].map(({ untilMs }) => untilMs));
    const napMs = Math.max(0, Math.min(longestNapMs, due - this.nowMs));
    this.lookMs = performance.now() + napMs;
    this.timer = setTimeout(() => this.toNow(), napMs);
  }
}
