/** For tests: the bridge on a platform of virtual time, wired to the emulated chip. */
import { Platform, Uart } from "../../../ports";
import { I2cBus } from "../../../platform/sim/world/i2c-bus";
import { TestPlatform } from "../../test/platform";
import { Sc16is750Emulator } from "../emulator";
import { newPart } from "../part";

export const port = 3;
const address = 0x4D;
export const irqPin = 35;

export interface RigOptions {
  /** IRQ is wired. */
  irq?: boolean;
  crystalHz?: 1843200 | 14745600;
  baud?: number;
  change?: (chip: Sc16is750Emulator) => void;
}

export class Rig {
  readonly test = new TestPlatform();
  readonly chip: Sc16is750Emulator;
  /** With the bridge's UART. */
  readonly platform: Platform;
  /** What the module at the chip has got. */
  sent = "";
  /** I2C transactions, and timers that fired. */
  transactions = 0;
  wakeUps = 0;
  /** The most bytes that one timer's callback moved over the bus. */
  mostBytes = 0;
  /** What the bridge told, chunk by chunk. */
  readonly chunks: string[] = [];
  onModule: (bytes: string) => void = (bytes) => { this.sent += bytes; };
  private bytesNow = 0;

  constructor(private readonly options: RigOptions = {}) {
    const { test } = this;
    const crystalHz = options.crystalHz ?? 14745600;
    test.setInput(irqPin, 1);
    this.chip = new Sc16is750Emulator(test.scheduler, {
      send: (bytes) => this.onModule(bytes),
      irq: (level) => test.setInput(irqPin, level),
    }, crystalHz, options.baud ?? 9600);
    options.change?.(this.chip);
    this.platform = newPart(this.underneath(), { driver: "sc16is750", bus: 1, address, port, irqPin: options.irq === true ? irqPin : -1, crystalHz });
  }

  /** Opens the bridge's UART, for tests that write to it themselves. */
  open(): Uart {
    return this.platform.uart(port, this.options.baud ?? 9600, (bytes) => { this.chunks.push(bytes); });
  }

  pass(ms: number): void {
    this.test.pass(ms);
  }

  heard(): string {
    return this.chunks.splice(0).join("");
  }

  private underneath(): Platform {
    const bus = new I2cBus(1);
    bus.attach(address, this.chip);
    const count = (bytes: number): void => {
      this.transactions++;
      this.bytesNow += bytes;
    };
    return {
      ...this.test.platform,
      i2c: (number) => {
        if (number !== 1) throw new Error(`I2C bus ${number} is not the chip's`);
        return {
          write: (to, bytes) => { count(bytes.length); return bus.write(to, bytes); },
          read: (from, register, length) => { count(length); return bus.read(from, register, length); },
        };
      },
      timer: (onFire) => this.test.platform.timer(() => {
        this.wakeUps++;
        this.bytesNow = 0;
        onFire();
        this.mostBytes = Math.max(this.mostBytes, this.bytesNow);
      }),
    };
  }
}

/** So many different bytes. */
export function letters(count: number): string {
  return Array.from({ length: count }, (_, i) => String.fromCharCode((i * 7 + 1) % 256)).join("");
}

/** It passes bytes both ways. */
export function isAlive(rig: Rig, uart: Uart): boolean {
  rig.heard();
  rig.sent = "";
  uart.write("ping");
  rig.pass(100);
  rig.chip.receive("pong");
  rig.pass(1100);
  return rig.sent === "ping" && rig.heard() === "pong";
}
