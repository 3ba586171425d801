import { createHash, randomBytes } from "node:crypto";

/** Random bytes: the system's, or a stream that a seed fixes. It goes on across restarts of the lock. */
export class Entropy {
  private block = 0;
  private pool: Buffer = Buffer.alloc(0);

  constructor(private readonly seed: string | null) {}

  take(count: number): string {
    if (this.seed === null) return randomBytes(count).toString("latin1");
    while (this.pool.length < count) {
      const more = createHash("sha256").update(`${this.seed}:${this.block++}`).digest();
      this.pool = Buffer.concat([this.pool, more]);
    }
    const taken = this.pool.subarray(0, count);
    this.pool = this.pool.subarray(count);
    return taken.toString("latin1");
  }
}

/** @returns the 32 bytes of SHA-256. */
export function sha256(bytes: string): string {
  return createHash("sha256").update(Buffer.from(bytes, "latin1")).digest().toString("latin1");
}
