import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { UserError } from "../build/user-error";
import { Modules } from "./part";

interface Contents extends Modules { part: string; model: string }

/** The file that keeps a part's templates between two runs. */
export class KeptFile {
  private written = "";

  /** @param isMemory is this what one module of the part keeps? */
  constructor(readonly path: string, private readonly part: string, private readonly model: string, private readonly isMemory: (value: object) => boolean) {}

  /** @returns null if there is no such file yet. @throws UserError for one of something else. */
  load(): Modules | null {
    if (!existsSync(this.path)) return null;
    const contents = this.parse(this.read());
    if (contents === null) throw new UserError(`${this.path} holds no templates of an emulated part; name another file, or move it away.`);
    if (contents.part !== this.part || contents.model !== this.model) {
      throw new UserError(`${this.path} belongs to a ${contents.part}, model ${contents.model}; name another file for a ${this.part}, model ${this.model}.`);
    }
    return { present: contents.present, all: contents.all };
  }

  /** A whole file only, written beside the old one, which it then replaces. */
  save(modules: Modules): void {
    const contents: Contents = { part: this.part, model: this.model, present: modules.present, all: modules.all };
    const text = `${JSON.stringify(contents, null, 1)}\n`;
    if (text === this.written) return;
    try {
      writeFileSync(`${this.path}.new`, text);
      renameSync(`${this.path}.new`, this.path);
    } catch (error) {
      throw new UserError(`The templates cannot be kept in ${this.path} (${reason(error)}).`);
    }
    this.written = text;
  }

  private read(): string {
    try {
      return readFileSync(this.path, "utf8");
    } catch (error) {
      throw new UserError(`${this.path} cannot be read (${reason(error)}).`);
    }
  }

  private parse(text: string): Contents | null {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return null;
    }
    if (typeof value !== "object" || value === null) return null;
    const { part, model, present, all } = value as Contents;
    const named = typeof part === "string" && typeof model === "string";
    if (!named || !Array.isArray(all) || (present !== 0 && present !== 1) || all.length <= present || all.length > 2) return null;
    const ours = part !== this.part || all.every((one) => typeof one === "object" && one !== null && this.isMemory(one));
    return ours ? { part, model, present, all } : null;
  }
}

function reason(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}
