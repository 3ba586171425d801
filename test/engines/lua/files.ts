/** What a NodeMCU chip keeps besides the store's pages: files, LFS and RTC memory. Outlives the image. */
import { PowerLost } from "../../../hal/platform/sim/chip";

/** Bytes of the file system, of the partition for LFS, and of free memory; as of base.json on an ESP32 without PSRAM. */
export const nodemcuRoom = { files: 0x1b0000, lfs: 0xc0000, heap: 200000 };

export class ChipFiles {
  readonly files = new Map<string, string>();
  lfs = "";
  /** Each change of a file or of LFS, in order. */
  readonly changes: string[] = [];
  /** The supply goes in this change, counted from 1, after so many bytes of it. */
  cut: { change: number; bytes: number } | null = null;
  private readonly words = [0, 0];

  constructor(private readonly room = nodemcuRoom) {}

  /** RTC memory lasts over restarts only. @param chance what it holds when the supply comes */
  supplyCame(chance: number): void {
    this.words.fill(chance);
  }

  /** @param words of one question of files.lua @returns its answer */
  serve([what, name, at, text = ""]: string[]): string {
    switch (what) {
      case "size": return String(this.files.get(name)?.length ?? -1);
      case "read": return hexOf((this.files.get(name) ?? "").slice(Number(at), Number(at) + Number(text)));
      case "list": return [...this.files].map(([file, bytes]) => `${file}=${bytes.length}`).join(" ");
      case "info": return `${this.room.files - this.used()} ${this.used()}`;
      case "heap": return String(this.room.heap);
      case "lfsroom": return String(this.room.lfs);
      case "lfs": return hexOf(this.lfs);
      case "rtc": return at === undefined ? String(this.words[Number(name)]) : String(this.words[Number(name)] = Number(at));
      case "make": return this.change(`make ${name}`, () => { this.files.set(name, ""); });
      case "remove": return this.files.has(name) ? this.change(`remove ${name}`, () => { this.files.delete(name); }) : "none";
      case "rename": return this.rename(name, at);
      case "put": return this.put(name, Number(at), Buffer.from(text, "hex").toString("latin1"));
      case "reload": return this.reload(name);
      default: throw new Error(`files.lua asked "${what}"`);
    }
  }

  private put(name: string, at: number, bytes: string): string {
    const before = this.files.get(name) ?? "";
    if (at > before.length) throw new Error(`a gap in ${name} before byte ${at}`);
    if (this.used() + at + bytes.length - before.length > this.room.files) return "full";
    return this.change(`put ${name} ${at}`, (done) => {
      this.files.set(name, before.slice(0, at) + bytes.slice(0, done) + before.slice(at + Math.min(done, bytes.length)));
    }, bytes.length);
  }

  /** Refused where the new name is taken, as SPIFFS does. */
  private rename(from: string, to: string): string {
    const bytes = this.files.get(from);
    if (bytes === undefined || this.files.has(to)) return "refused";
    return this.change(`rename ${from} ${to}`, () => {
      this.files.delete(from);
      this.files.set(to, bytes);
    });
  }

  /** Erased first; a header that is not whole is no LFS. */
  private reload(name: string): string {
    const image = this.files.get(name);
    if (this.room.lfs === 0 || image === undefined) return "none";
    this.lfs = "";
    return this.change(`reload ${name}`, () => { this.lfs = image.startsWith("\x1bLua") ? image : ""; });
  }

  private used(): number {
    return [...this.files.values()].reduce((sum, bytes) => sum + bytes.length, 0);
  }

  /** @param bytes that it writes; 0: it is done whole or not at all */
  private change(what: string, make: (bytes: number) => void, bytes = 0): string {
    this.changes.push(what);
    if (this.cut === null || this.changes.length !== this.cut.change) {
      make(bytes);
      return "done";
    }
    if (bytes > 0 && this.cut.bytes > 0) make(Math.min(bytes, this.cut.bytes));
    throw new PowerLost();
  }
}

function hexOf(bytes: string): string {
  return Buffer.from(bytes, "latin1").toString("hex");
}
