import { Link } from "./link";
import { Scheduler } from "./scheduler";

/** Two lithium cells in series, full. */
export const fullBatteryMv = 8400;
/** How long a measurement takes. */
const measureMs = 20;

/** Battery slot and the USB-C inlet at the front. */
export class BatteryBox {
  mv = fullBatteryMv;
  usb = false;

  constructor(private readonly scheduler: Scheduler, private readonly link: Link) {}

  measure(): void {
    this.scheduler.after(measureMs, () => this.link.send(`battery ${this.mv}`));
  }

  plugUsb(on: boolean): void {
    if (this.usb === on) return;
    this.usb = on;
    this.link.send(`usb ${on ? 1 : 0}`);
  }

  /** At power-up both are told at once: the inlet first, so that an empty battery is not taken for the only supply (B4). */
  powered(on: boolean): void {
    if (!on) return;
    if (this.usb) this.link.send("usb 1");
    this.link.send(`battery ${this.mv}`);
  }
}
