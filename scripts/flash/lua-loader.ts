import { UserError } from "../build/user-error";
import { Prompt } from "./prompt";

/** One line brings so many bytes: in base64, with what stands around it, it stays below the prompt's 256. */
const pieceBytes = 138;

/**
 * What runs on the chip, a function a line. Every one may be called twice with the same words: _W writes a piece of a file
 * if its own check, in which the place counts, agrees; _D is the digest of the first bytes of a file; _N gives a file its name.
 */
const functions = [
  `function _W(f,o,t,c)local k,b=pcall(encoder.fromBase64,t)if not k or _S(o.."/"..b)~=c then return"damaged"end return _P(f,o,b)end`,
  `function _P(f,o,b)local h=io.open(f,o==0 and"w"or"r+")if not h then return"refused"end local k=h:seek("end",0)>=o if k then h:seek("set",o)k=h:write(b)end h:close()return k and"ok"or"full"end`,
  `function _D(f,n)local s,h=crypto.new_hash("SHA256"),io.open(f,"r")if not h then return"none"end while n>0 do local b=h:read(n<512 and n or 512)if not b then break end s:update(b)n=n-#b end h:close()return _X(n,s)end`,
  `function _X(n,s)return n==0 and encoder.toHex(s:finalize())or"short"end`,
  `function _N(a,b)file.remove(b)return tostring(file.rename(a,b))end`,
  `function _E(n)local r=0 for f in n:gmatch("%S+")do file.remove(f)if file.exists(f)then r=r+1 end end return r end`,
  `function _F()local l,u=file.fsinfo()return l.." "..u end`,
  `function _L()local i=node.info("lfs")return i and i.lfs_size or 0 end`,
];

/** The files of a NodeMCU chip as they are reached through its prompt. */
export class LuaLoader {
  constructor(private readonly prompt: Prompt) {}

  /** Puts the functions into the interpreter's memory. @throws UserError if they do not get there. */
  async install(): Promise<void> {
    for (const [index, text] of functions.entries()) {
      const name = text.slice("function ".length, text.indexOf("("));
      await this.until(async () => {
        this.prompt.send(text);
        return this.prompt.ask(`type(${name})..${index}`);
      }, `function${index}`);
    }
  }

  /** Bytes: left, and used, in the file system. */
  async room(): Promise<{ left: number; used: number }> {
    const [left, used] = (await this.prompt.askTwice("_F()")).split(" ").map(Number);
    return { left, used };
  }

  /** Bytes of the partition for code, 0 where there is none. */
  async codeRoom(): Promise<number> {
    return Number(await this.prompt.askTwice("_L()"));
  }

  /** Bytes of memory that are free. */
  async memory(): Promise<number> {
    return Number(await this.prompt.ask("node.heap()"));
  }

  /** @throws UserError if one is still there. */
  async remove(names: readonly string[]): Promise<void> {
    await this.until(() => this.prompt.ask(`_E("${names.join(" ")}")`, this.prompt.pace.writeMs), "0");
  }

  /** @param advanced how many bytes are on the chip. @throws UserError where the chip does not take it. */
  async write(name: string, bytes: string, advanced: (done: number) => void): Promise<void> {
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      const piece = bytes.slice(at, at + pieceBytes);
      const base64 = Buffer.from(piece, "latin1").toString("base64");
      const answer = await this.until(
        () => this.prompt.ask(`_W("${name}",${at},"${base64}","${this.prompt.dialect.sum(`${at}/${piece}`)}")`, this.prompt.pace.writeMs), "ok", "full", "refused",
      );
      if (answer !== "ok") throw new UserError(`${name} could not be written at byte ${at} (the file system says: ${answer}); nothing was started.`);
      advanced(at + piece.length);
    }
  }

  /** @returns the SHA-256 of its first `size` bytes in hexadecimal, or a word that says why there is none. */
  digest(name: string, size: number): Promise<string> {
    return this.prompt.ask(`_D("${name}",${size})`, this.prompt.pace.hashMs);
  }

  /** @throws UserError if it has not got the name. */
  async rename(from: string, to: string): Promise<void> {
    await this.prompt.ask(`_N("${from}","${to}")`, this.prompt.pace.writeMs);
    await this.until(() => this.prompt.ask(`file.exists("${to}")`), "true");
  }

  /** Says it again until the answer is one of these. @returns the answer */
  private async until(ask: () => Promise<string>, ...right: string[]): Promise<string> {
    for (let turn = 0; turn < this.prompt.pace.tries; turn++) {
      const answer = await ask();
      if (right.includes(answer)) return answer;
    }
    throw new UserError(`What is sent to ${this.prompt.path} arrives damaged, ${this.prompt.pace.tries} times in a row; look at cable and adapter.`);
  }
}
