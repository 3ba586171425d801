import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { ReadStream } from "node:tty";
import { UserError } from "../build/user-error";

export const passwordVariable = "LOCK_PASSWORD";

/** What a console line can carry as one word. */
const word = /^[!-~]+$/;

/** The password of the lock's console, from the environment or typed without being shown. @throws UserError if there is none. */
export async function askPassword(stdin: NodeJS.ReadableStream, stderr: NodeJS.WritableStream, environment = process.env): Promise<string> {
  const given = environment[passwordVariable];
  if (given === undefined && (stdin as Partial<ReadStream>).isTTY !== true) {
    throw new UserError(`The lock asks for its password, and there is no terminal to type it at; give it in ${passwordVariable}.`);
  }
  const password = given ?? await typed(stdin, stderr);
  if (!word.test(password)) throw new UserError("A password of the lock is one word of printable characters.");
  return password;
}

function typed(stdin: NodeJS.ReadableStream, stderr: NodeJS.WritableStream): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const input = createInterface({ input: stdin, output: silent, terminal: true, historySize: 0 });
  stderr.write("Password of the lock: ");
  return new Promise((resolve, reject) => {
    const end = (act: () => void): void => {
      stderr.write("\n");
      input.removeAllListeners("close").close();
      act();
    };
    input.on("line", (line) => end(() => resolve(line)));
    input.on("SIGINT", () => end(() => reject(new UserError("Nothing was done."))));
    input.on("close", () => end(() => reject(new UserError("Nothing was done."))));
  });
}
