/** How an interpreter's prompt is spoken to: what differs between JavaScript and Lua. */
import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";

export interface Dialect {
  /** What it is called in a sentence. */
  name: string;
  /** The longest line that is sure to arrive whole, its end included. */
  burst: number;
  /** Drops the line that is being typed, however much of it has arrived. */
  eraseLine: string;
  /** Lines that turn the echo off and print `~42`. */
  probe: string[];
  echoOff: string;
  /** Make the answering function `_A(number, value)`, which prints `~number~value~sum~`. */
  define: string[];
  /** Of a number and a text, as the answering function has it. */
  sum(text: string): string;
  restart: string;
  /** What the prompt says to `version`: the line that restarts it has not arrived. */
  stillThere: RegExp;
}

/**
 * More than this in one burst and Espruino may lose the rest (`faults.ts`); so a line, its end included, is no longer,
 * and the next one waits for the answer.
 */
export const burstMax = 64;

export const javascript: Dialect = {
  name: "an Espruino prompt",
  burst: burstMax,
  eraseLine: "\x1b[2H",
  probe: ["echo(0)", `print("~"+6*7)`],
  echoOff: "echo(0)",
  define: [`_A=(n,x)=>print("~"+n+"~"+x+"~"+E.CRC32(n+"~"+x)+"~")`],
  sum: (text) => String(crc32(Buffer.from(text, "latin1"))),
  restart: "E.reboot()",
  stillThere: /^Uncaught /,
};

const echoOff = "uart.setup(0,115200,8,uart.PARITY_NONE,uart.STOPBITS_1,0)";

export const lua: Dialect = {
  name: "a NodeMCU prompt",
  // The prompt drops a line of 256 bytes without a word.
  burst: 250,
  // What came of the line is run, and is an error; a bracket ends what a prompt waits for the rest of.
  eraseLine: "\n)\n",
  probe: [echoOff, `print("~"..42)`],
  echoOff,
  define: [
    `function _S(s)local h=crypto.new_hash("SHA256")h:update(s)return encoder.toHex(h:finalize()):sub(1,8)end`,
    `function _A(n,x)x=tostring(x)print("~"..n.."~"..x.."~".._S(n.."~"..x).."~")end`,
  ],
  sum: (text) => createHash("sha256").update(text, "latin1").digest("hex").slice(0, 8),
  restart: "node.restart()",
  stillThere: /near 'version'/,
};
