import { NorFlash } from "../../hal/platform/sim/world";

/** NOR flash that fails the test on a write which the cells cannot take: no bit goes back to 1 without an erase. */
export class StrictFlash extends NorFlash {
  override write(address: number, bytes: string): void {
    super.write(address, bytes);
    const kept = this.read(address, bytes.length);
    if (kept !== bytes) throw new Error(`flash write of ${bytes.length} bytes at ${address}: the cells were not erased`);
  }
}

export function copyOf(flash: NorFlash): StrictFlash {
  return new StrictFlash(flash.pageSize, flash.pages, flash.bytes);
}
