import { createHash } from "node:crypto";
import type { ESPLoader } from "esptool-js";
import { UserError } from "../build/user-error";
import { Line } from "../serial/line";
import { FlashPart } from "./base-file";
import { Progress } from "./progress";
import { LineAsWebSerial } from "./web-serial";

type EsptoolJs = typeof import("esptool-js");

/** An ES module; TypeScript would turn a plain `import()` into a `require`, which Node.js 20 refuses it before 20.19. */
const importModule = new Function("name", "return import(name)") as (name: string) => Promise<EsptoolJs>;

const baud = 115200;

/** Tries of five answers each, before the chip counts as not in its loader. */
const attempts = 4;

/** EN is held low for so long, in ms. */
const resetMs = 100;

/**
 * Writes parts of the flash through the loader in the chip's ROM. A serial port's DTR and RTS put the chip into it, as on every
 * DevKitC; where there are none, a person does, with BOOT and EN.
 * @param soc as in a manifest. @throws UserError if no loader answers, it is another chip, or a part does not arrive.
 */
export class RomLoader {
  private readonly port: LineAsWebSerial;
  private readonly hasControl: boolean;

  constructor(private readonly line: Line, private readonly progress: Progress) {
    this.port = new LineAsWebSerial(line);
    this.hasControl = canControl(line);
  }

  received(bytes: string): void {
    this.port.received(bytes);
  }

  async write(parts: FlashPart[], soc: string): Promise<void> {
    if (!this.hasControl) this.progress.say(`${this.line.path} cannot reset the chip: hold BOOT, press EN and let go of both, if that is not done yet.`);
    this.progress.begin("Chip's loader");
    const loader = await this.connect();
    try {
      await this.checkChip(loader, soc);
      await loader.runStub();
      this.progress.end(loader.chip.CHIP_NAME);
      for (const part of parts) await this.writePart(loader, part);
    } catch (error) {
      if (error instanceof UserError) throw error;
      throw new UserError(`The loader of the chip at ${this.line.path} broke off: ${oneLine(error)}.`);
    } finally {
      await loader.transport.disconnect();
    }
    await this.restart();
  }

  private async connect(): Promise<ESPLoader> {
    const { ESPLoader: Loader, Transport } = await importModule("esptool-js");
    const transport = new Transport(this.port as unknown as ConstructorParameters<typeof Transport>[0]);
    // It would write to the console of a browser.
    transport.trace = () => undefined;
    const silent = { clean: () => undefined, writeLine: () => undefined, write: () => undefined };
    const loader = new Loader({ transport, baudrate: baud, romBaudrate: baud, terminal: silent });
    try {
      await loader.detectChip(this.hasControl ? "default_reset" : "no_reset", attempts);
    } catch (error) {
      await transport.disconnect();
      if (/^Unexpected/.test((error as Error).name)) throw new UserError(`The chip at ${this.line.path} is none that is known here (${oneLine(error)}).`);
      throw new UserError(`No loader of an ESP32 answers at ${this.line.path}; hold BOOT, press EN and let go of both, and try again.`);
    }
    return loader;
  }

  private async checkChip(loader: ESPLoader, soc: string): Promise<void> {
    const name = loader.chip.CHIP_NAME;
    if (name.replace("-", "").toLowerCase() === soc) return;
    if (this.hasControl) await this.restart();
    throw new UserError(`Wrong chip: the image is for an ${soc.toUpperCase()}, and at ${this.line.path} is an ${name}; nothing was written.`);
  }

  private async writePart(loader: ESPLoader, { name, address, data }: FlashPart): Promise<void> {
    this.progress.begin(`Write ${name}`);
    await loader.writeFlash({
      fileArray: [{ data, address }],
      flashMode: "keep", flashFreq: "keep", flashSize: "keep",
      eraseAll: false, compress: true,
      reportProgress: (_index, done, total) => this.progress.at(done, total),
      calculateMD5Hash: (image) => createHash("md5").update(image).digest("hex"),
    });
    this.progress.end(`${data.length} bytes at 0x${address.toString(16)}, MD5 agrees`);
  }

  /** Into what was written. */
  private async restart(): Promise<void> {
    if (!this.hasControl) {
      this.progress.say("Press EN now: the chip starts what it has.");
      return;
    }
    this.line.control?.({ dtr: false, rts: true });
    await new Promise((resolve) => setTimeout(resolve, resetMs));
    this.line.control?.({ dtr: false, rts: false });
  }
}

/** A pseudo-terminal has none, and tells so only when it is tried. */
function canControl(line: Line): boolean {
  try {
    line.control?.({ dtr: false, rts: false });
    return line.control !== undefined;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return false;
  }
}

function oneLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\s+/g, " ").replace(/\.$/, "");
}
