import { crc32 } from "node:zlib";
import { UserError } from "../build/user-error";
import { burstMax } from "./dialect";
import { Prompt } from "./prompt";

/** What stands around a piece in its line: `_A(12345,_D(31,"…"))` and the line's end. */
const aroundPiece = 20;

/** So many bytes are gathered in the interpreter's memory and written at once; chosen: some 100 of its variables. */
const blockBytes = 1024;

/** One answer of a reading brings so many bytes back: what comes from the chip has no limit of bursts. */
const readBytes = 384;

/**
 * What runs on the chip, a function each, in single quotes only. Every one may be called twice with the same words:
 * _N chooses a file and its size; _D puts some bytes into their slot; _W writes the slots at an offset if its own check, in which
 * the offset counts, agrees, and reads them back; _H is a digest of the first bytes of a file; _R reads some bytes; _T is
 * the size of Storage, _K the names in it.
 */
const functions = [
  "_S=require('Storage');_B=[];",
  "_N=function(f,z){_F=f;_Z=z;_B=[];return f+' '+z};",
  "_D=function(i,t){if(!i)_B=[];_B[i]=atob(t);return E.CRC32(_B[i])};",
  "_W=function(o,l,c){try{var b=_B.join('');if(b.length!=l||E.CRC32(o+'/'+b)!=c)return 'damaged';",
  "if(_S.read(_F,o,l)==b||(_S.write(_F,b,o,o?0:_Z)&&_S.read(_F,o,l)==b))return 'ok';return 'differs'}catch(e){return 'error '+e}};",
  "_H=function(f,l){try{return btoa(require('crypto').SHA256(_S.read(f,0,l)))}catch(e){return 'none'}};",
  "_R=function(f,o,l){return f+' '+o+' '+btoa(_S.read(f,o,l))};",
  "_T=function(){return _S.getStats().totalBytes};",
  "_K=function(){return btoa(_S.list().join())};",
].join("");

/** Espruino's Storage as it is reached through the prompt. */
export class Loader {
  constructor(private readonly prompt: Prompt) {}

  /** Puts the functions into the interpreter's memory. */
  async install(): Promise<void> {
    const { prompt } = this;
    await repeat(prompt, () => prompt.ask("(_L=[]).length+typeof _L"), "0object");
    const lines = functions.match(new RegExp(`.{1,${burstMax - aroundPiece}}`, "g")) ?? [];
    for (const [index, text] of lines.entries()) await repeat(prompt, () => prompt.ask(`_L[${index}]="${text}"`), text);
    await repeat(prompt, () => prompt.ask("E.CRC32(_L.join(''))"), String(crc(functions)));
    await repeat(prompt, () => prompt.ask("eval(_L.join(''))&&typeof _K"), "function");
  }

  /** @throws UserError if something is left. */
  async eraseAll(): Promise<void> {
    const { prompt } = this;
    await repeat(prompt, async () => {
      await prompt.ask("_S.eraseAll()", prompt.pace.eraseMs);
      return String((await this.names()).length);
    }, "0");
  }

  /** @throws UserError if it is still there. */
  async erase(name: string): Promise<void> {
    const { prompt } = this;
    await repeat(prompt, async () => {
      await prompt.ask(`_S.erase("${name}")`, prompt.pace.writeMs);
      return String((await this.names()).includes(name));
    }, "false");
  }

  /** Bytes of the whole Storage. */
  async total(): Promise<number> {
    return Number(await this.prompt.askTwice("_T()", this.prompt.pace.writeMs));
  }

  /** The names of the files that are in it. */
  async names(): Promise<string[]> {
    const names = Buffer.from(await this.prompt.askTwice("_K()", this.prompt.pace.writeMs), "base64").toString("latin1");
    return names === "" ? [] : names.split(",");
  }

  /** @param size of the file, at least its bytes. @param advanced how many bytes are on the chip. @throws UserError where the chip does not take it. */
  async write(name: string, bytes: string, size: number, advanced: (done: number) => void): Promise<void> {
    await repeat(this.prompt, () => this.prompt.ask(`_N("${name}",${size})`), `${name} ${size}`);
    for (let at = 0; at < bytes.length; at += blockBytes) {
      const block = bytes.slice(at, at + blockBytes);
      // The first one makes the file; erased flash need not be written.
      if (at === 0 || !/^\xff*$/.test(block)) await this.block(name, at, block);
      advanced(Math.min(at + blockBytes, bytes.length));
    }
  }

  /** @returns the SHA-256 of its first `size` bytes in hexadecimal, null where the firmware cannot tell. */
  async digest(name: string, size: number): Promise<string | null> {
    const answer = await this.prompt.ask(`_H("${name}",${size})`, this.prompt.pace.hashMs);
    return answer === "none" ? null : Buffer.from(answer, "base64").toString("hex");
  }

  /** The first `size` bytes, piece by piece; where the chip has less, so much. */
  async read(name: string, size: number, advanced: (done: number) => void): Promise<string> {
    let bytes = "";
    while (bytes.length < size) {
      const piece = await this.piece(name, bytes.length);
      if (piece === "") break;
      bytes += piece;
      advanced(Math.min(bytes.length, size));
    }
    return bytes.slice(0, size);
  }

  private async piece(name: string, offset: number): Promise<string> {
    for (let turn = 0; turn < this.prompt.pace.tries; turn++) {
      const [from, at, text] = (await this.prompt.ask(`_R("${name}",${offset},${readBytes})`)).split(" ");
      if (from === name && at === String(offset)) return Buffer.from(text, "base64").toString("latin1");
    }
    throw damagedLine(this.prompt);
  }

  private async block(name: string, offset: number, bytes: string): Promise<void> {
    let answer = "";
    for (let turn = 0; turn < this.prompt.pace.tries; turn++) {
      if (!await this.slots(bytes)) continue;
      answer = await this.prompt.ask(`_W(${offset},${bytes.length},${crc(`${offset}/${bytes}`)})`, this.prompt.pace.writeMs);
      if (answer === "ok") return;
      // What did not arrive whole was not written; anything else cannot become right by saying it again.
      if (answer !== "damaged") break;
    }
    throw new UserError(`${name} could not be written at byte ${offset} (the chip says: ${answer}); nothing was started.`);
  }

  /** @returns false if long lines turned out not to arrive: they are short from now on. */
  private async slots(bytes: string): Promise<boolean> {
    const { prompt } = this;
    const slotBytes = Math.floor((prompt.longest - aroundPiece) / 4) * 3;
    for (let at = 0, index = 0; at < bytes.length; at += slotBytes, index++) {
      const piece = bytes.slice(at, at + slotBytes);
      const expression = `_D(${index},"${Buffer.from(piece, "latin1").toString("base64")}")`;
      if (prompt.longest === burstMax) await repeat(prompt, () => prompt.ask(expression), String(crc(piece)));
      else if (await prompt.attempt(expression, 1) !== String(crc(piece))) {
        prompt.longest = burstMax;
        return false;
      }
    }
    return true;
  }
}

/** Says it again until the answer is the right one. */
async function repeat(prompt: Prompt, ask: () => Promise<string>, right: string): Promise<void> {
  for (let turn = 0; turn < prompt.pace.tries; turn++) {
    if (await ask() === right) return;
  }
  throw damagedLine(prompt);
}

function damagedLine(prompt: Prompt): UserError {
  return new UserError(`What is sent to ${prompt.path} arrives damaged, ${prompt.pace.tries} times in a row; look at cable and adapter.`);
}

function crc(bytes: string): number {
  return crc32(Buffer.from(bytes, "latin1"));
}
