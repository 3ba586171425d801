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
