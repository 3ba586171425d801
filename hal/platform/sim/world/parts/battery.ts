import { PackEmulator } from "../../../../drivers/battery/emulator";
import { DividerPart } from "../../../../drivers/battery/part";
import { Wires } from "../wires";

/** Battery slot, its divider, and the USB-C inlet at the front. */
export class BatteryBox {
  private readonly pack: PackEmulator;
  private plugged = false;

  /** @param underLoad does the motor run? */
  constructor(private readonly wires: Wires, private readonly part: DividerPart, underLoad: () => boolean) {
    const { upperOhms, lowerOhms, gainPpm, offsetMv, enablePin, enableLevel } = part;
    this.pack = new PackEmulator(wires.scheduler, { upperOhms, lowerOhms, gainPpm, offsetMv, gated: enablePin >= 0 });
    if (enablePin >= 0) wires.onSupply(enablePin, enableLevel, (on) => this.pack.enable(on));
    wires.voltage(part.adcPin, () => {
      this.pack.load = underLoad();
      return this.pack.read();
    });
    this.plugUsb(false);
  }

  /** Voltage of the pack. */
  get mv(): number {
    return this.pack.mv;
  }

  set mv(millivolts: number) {
    this.pack.mv = millivolts;
  }

  get usb(): boolean {
    return this.plugged;
  }

  plugUsb(on: boolean): void {
    this.plugged = on;
    this.wires.input(this.part.usbPin, on ? this.part.usbLevel : 1 - this.part.usbLevel);
  }
}
