import { createHash } from "node:crypto";
import { createContext, runInContext } from "node:vm";
import { crc32 } from "node:zlib";
import { FakeStorage } from "./storage";

export interface FakeChip {
  board: string;
  version: string;
  storageBytes: number;
  /** Its firmware has SHA-256. */
  hasHash: boolean;
  /** So many bytes of a burst arrive. */
  burstBytes: number;
  /** Variables without radios. */
  variables: number;
}

export const devKitC: FakeChip = { board: "ESP32", version: "2v29", storageBytes: 917504, hasHash: true, burstBytes: 64, variables: 9100 };

/** What a radio takes of them. */
const radioVariables = { Wifi: 3900, BLE: 1800 };

const banner = "\r\n ____                 _ \r\n|  __|___ ___ ___ _ _|_|___ ___ \r\n 2v29 (c) 2026 G.Williams\r\n\r\n>";

/** The JavaScript prompt of a chip with Espruino. Once it was restarted with a `.boot0`, the lock in it answers and no prompt. */
export class FakePrompt {
  readonly storage: FakeStorage;
  /** Changes a burst on its way to the chip, and what the chip prints. */
  toChip: (bytes: string) => string = (bytes) => bytes;
  fromChip: (bytes: string) => string = (bytes) => bytes;
  /** Lines that the chip was given whole. */
  readonly lines: string[] = [];
  isLock = false;
  private echo = true;
  private line = "";
  /** Kept beside the firmware: on, until somebody switches them off. */
  readonly radios = { Wifi: true, BLE: true };
  private context: object;

  /** @param lock answers in its stead once it is one. */
  constructor(private readonly chip: FakeChip, private readonly print: (bytes: string) => void, public lock: (bytes: string) => void = () => undefined) {
    this.storage = new FakeStorage(chip.storageBytes);
    this.variables = this.roomFor();
    this.context = createContext(this.globals());
  }

  received(bytes: string): void {
    if (this.isLock) {
      this.lock(bytes);
      return;
    }
    const arrived = this.toChip(bytes).slice(0, this.chip.burstBytes);
    for (const part of arrived.split(/(\x1b\[2H|[\x03\n])/)) {
      if (part === "\x1b[2H" || part === "\x03") this.line = "";
      else if (part === "\n") this.entered();
      else this.line += part;
    }
  }

  /** A prompt waits for the rest of what has open brackets. */
  private entered(): void {
    const { line } = this;
    const code = line.replace(/"[^"]*"|'[^']*'/g, "");
    if (code.split("(").length > code.split(")").length) {
      this.line += "\n";
      return;
    }
    this.line = "";
    if (this.echo) this.say(`${line}\r\n`);
    if (line === "") return;
    this.lines.push(line);
    this.run(line);
    if (this.echo) this.say("=undefined\r\n>");
  }

  private run(line: string): void {
    try {
      runInContext(line, this.context);
    } catch (error) {
      this.say(`Uncaught ${String(error)}\r\n    at REPL (:1:1)\r\n`);
    }
  }

  /** Prints, whatever the prompt does at the moment. */
  say(bytes: string): void {
    const told = this.fromChip(bytes);
    if (told !== "") this.print(told);
  }

  /** As many as the heap has room for when it starts. */
  private variables: number;

  private roomFor(): number {
    const { Wifi, BLE } = this.radios;
    return this.chip.variables - (Wifi ? radioVariables.Wifi : 0) - (BLE ? radioVariables.BLE : 0);
  }

  private setRadio(name: "Wifi" | "BLE", on: boolean): void {
    this.radios[name] = on;
    this.start();
  }

  /** With nothing in its memory but what the firmware has. */
  private start(): void {
    this.echo = true;
    this.variables = this.roomFor();
    this.context = createContext(this.globals());
    this.isLock = this.storage.files.has(".boot0");
    if (!this.isLock) this.say(banner);
  }

  private globals(): Record<string, unknown> {
    const { chip, storage } = this;
    const modules: Record<string, unknown> = { Storage: storage, ...(chip.hasHash ? { crypto: { SHA256: (text: string) => createHash("sha256").update(text, "latin1").digest() } } : {}) };
    return {
      print: (text: string) => this.say(`${text}\r\n`),
      echo: (on: number) => { this.echo = on !== 0; },
      reset: () => {
        this.echo = true;
        this.say(banner);
      },
      require: (name: string) => {
        if (!Object.hasOwn(modules, name)) throw new Error(`Module ${name} not found`);
        return modules[name];
      },
      process: { env: { BOARD: chip.board, VERSION: chip.version }, memory: () => ({ total: this.variables }) },
      ESP32: {
        getState: () => ({ ...this.radios }),
        enableWifi: (on: boolean) => this.setRadio("Wifi", on),
        enableBLE: (on: boolean) => this.setRadio("BLE", on),
      },
      E: {
        CRC32: (text: string) => crc32(Buffer.from(text, "latin1")),
        reboot: () => this.start(),
      },
      atob: (text: string) => Buffer.from(text, "base64").toString("latin1"),
      btoa: (bytes: string | Buffer) => Buffer.from(bytes as string, "latin1").toString("base64"),
    };
  }
}
