import { spawn } from "node:child_process";
import { UserError } from "../build/user-error";

/** The lock's console on a pseudo-terminal that a terminal program can open. */
export interface PseudoTerminal {
  /** For example `/dev/pts/3`. */
  path: string;
  write(bytes: string): void;
  close(): void;
}

const openingMs = 5000;

/**
 * What runs on the terminal: it tells its name, makes it carry bytes as they are, and stays until this process ends.
 * Chosen: util-linux's `script` makes the pair, since Node.js cannot and a native add-on needs a compiler.
 */
const keeper = `tty; stty raw -echo; echo ready; while kill -0 ${process.pid} 2>/dev/null; do sleep 2; done`;

/** @param onBytes what a terminal program types. @throws UserError where there is no `script`. */
export function openPseudoTerminal(onBytes: (bytes: string) => void): Promise<PseudoTerminal> {
  const child = spawn("script", ["-qfec", keeper, "/dev/null"], {
    stdio: ["pipe", "pipe", "ignore"],
    env: { ...process.env, SHELL: "/bin/sh" },
  });
  child.stdin.on("error", () => undefined);
  // Asked kindly it waits two seconds for the keeper; killed, it takes the terminal with it, and that ends the keeper.
  const close = (): void => { if (child.pid !== undefined) child.kill("SIGKILL"); };
  return new Promise((resolve, reject) => {
    const failed = (): void => {
      close();
      reject(new UserError("The option --pty needs the program script of util-linux (Debian: apt-get install bsdutils)."));
    };
    const late = setTimeout(failed, openingMs);
    child.on("error", failed);
    child.on("exit", failed);
    let greeting: string | null = "";
    child.stdout.on("data", (chunk: Buffer) => {
      const bytes = chunk.toString("latin1");
      if (greeting === null) {
        onBytes(bytes);
        return;
      }
      greeting += bytes;
      const path = /^(\/dev\/\S+)\s+ready\r?\n/.exec(greeting)?.[1];
      if (path === undefined) return;
      greeting = null;
      clearTimeout(late);
      resolve({ path, close, write: (text) => { child.stdin.write(Buffer.from(text, "latin1")); } });
    });
  });
}
