import { spawnSync } from "node:child_process";
import { closeSync, constants, openSync, readSync, writeSync } from "node:fs";
import { openPseudoTerminal } from "./pty";

const withScript = spawnSync("script", ["--version"]).status === 0 ? test : test.skip;

/** Asks until there is something. */
async function until<T>(ask: () => T | null): Promise<T> {
  for (;;) {
    const answer = ask();
    if (answer !== null) return answer;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function readNow(fd: number): string | null {
  const buffer = Buffer.alloc(256);
  try {
    return buffer.subarray(0, readSync(fd, buffer)).toString("latin1");
  } catch {
    return null;
  }
}

withScript("a terminal program and the lock exchange bytes as they are (skipped without util-linux's script)", async () => {
  let typed = "";
  const pty = await openPseudoTerminal((bytes) => { typed += bytes; });
  const fd = openSync(pty.path, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK);
  try {
    writeSync(fd, "help\r\x03\x04\x7f\xff\n", null, "latin1");
    expect(await until(() => typed.endsWith("\n") ? typed : null)).toBe("help\r\x03\x04\x7f\xff\n");
    pty.write("ok\r\nlock> \x1b[K\x80");
    expect(await until(() => readNow(fd))).toBe("ok\r\nlock> \x1b[K\x80");
  } finally {
    closeSync(fd);
    pty.close();
  }
});
