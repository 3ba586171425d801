/** For tests of drivers on a real wire: a platform whose time is the clock's and whose one UART is a line. */
import { createHash, randomBytes } from "node:crypto";
import { Platform, Timer } from "../../ports";

const wrap = 2 ** 30;

export class RealTimePlatform {
  readonly platform: Platform;
  private ear: (bytes: string) => void = () => undefined;
  private readonly running = new Set<NodeJS.Timeout>();

  /** @param write what the driver sends */
  constructor(write: (bytes: string) => void) {
    const unused = (): never => { throw new Error("a driver on a wire has no use for this port"); };
    this.platform = {
      now: () => Math.floor(performance.now()) % wrap,
      uart: (_port, _baud, onBytes) => {
        this.ear = onBytes;
        return { write };
      },
      timer: (onFire) => this.newTimer(onFire),
      sha256: (bytes) => createHash("sha256").update(bytes, "latin1").digest().toString("latin1"),
      random: (count) => randomBytes(count).toString("latin1"),
      memory: () => -1,
      input: unused, output: unused, i2c: unused, adc: unused, pwm: unused, bootCause: unused, base: "", watchdog: null, places: null, afterCallbacks: () => undefined, restart: unused,
      flash: { pageSize: 0, pages: 0, read: unused, write: unused, erase: unused },
    };
  }

  /** Bytes from the line. */
  received(bytes: string): void {
    this.ear(bytes);
  }

  close(): void {
    for (const one of this.running) clearTimeout(one);
    this.running.clear();
    this.ear = () => undefined;
  }

  private newTimer(onFire: () => void): Timer {
    let timeout: NodeJS.Timeout | undefined;
    const stop = (): void => {
      clearTimeout(timeout);
      if (timeout !== undefined) this.running.delete(timeout);
      timeout = undefined;
    };
    const start = (ms: number): void => {
      stop();
      timeout = setTimeout(() => {
        stop();
        onFire();
      }, ms);
      this.running.add(timeout);
    };
    return { start, stop };
  }
}
