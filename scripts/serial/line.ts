import { Duplex } from "node:stream";

/** A line that carries bytes as they are: a serial port, a pseudo-terminal or a TCP connection. Bytes are the characters 0 to 255 of a string. */
export interface Line {
  /** As it was named. */
  path: string;
  write(bytes: string): void;
  close(): void;
  /** Sets the control lines of a serial port; missing where there are none. @throws UserError if the port does not let it. */
  control?(lines: { dtr: boolean; rts: boolean }): void;
}

export interface LineEvents {
  received(bytes: string): void;
  /** The line has gone, as when its adapter is unplugged. */
  gone(): void;
}

/** A line over an open stream; whatever ends it, the line has gone once. */
export function lineOver(path: string, stream: Duplex, events: LineEvents): Line {
  let open = true;
  const lost = (): void => {
    if (open) events.gone();
    open = false;
  };
  stream.on("data", (chunk: Buffer) => events.received(chunk.toString("latin1")));
  for (const end of ["error", "close", "end"]) stream.on(end, lost);
  return {
    path,
    write: (bytes) => { if (open) stream.write(Buffer.from(bytes, "latin1")); },
    close: () => {
      open = false;
      stream.destroy();
    },
  };
}
