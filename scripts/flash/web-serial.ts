import { Line } from "../serial/line";

/** As much of the browsers' Web Serial port as esptool-js uses. */
export interface WebSerialPort {
  readonly readable: ReadableStream<Uint8Array> | null;
  readonly writable: WritableStream<Uint8Array> | null;
  open(): Promise<void>;
  close(): Promise<void>;
  getInfo(): { usbVendorId?: number; usbProductId?: number };
  setSignals(signals: { dataTerminalReady?: boolean; requestToSend?: boolean }): Promise<void>;
}

/** A line of ours as a Web Serial port. It stays open when the port is closed: only its streams end. */
export class LineAsWebSerial implements WebSerialPort {
  readable: ReadableStream<Uint8Array> | null = null;
  writable: WritableStream<Uint8Array> | null = null;
  private reading: ReadableStreamDefaultController<Uint8Array> | null = null;
  private readonly control = { dtr: false, rts: false };

  constructor(private readonly line: Pick<Line, "write" | "control">) {}

  received(bytes: string): void {
    this.reading?.enqueue(Uint8Array.from(Buffer.from(bytes, "latin1")));
  }

  async open(): Promise<void> {
    this.readable = new ReadableStream({
      start: (controller) => { this.reading = controller; },
      cancel: () => { this.reading = null; },
    });
    this.writable = new WritableStream({ write: (chunk) => this.line.write(Buffer.from(chunk).toString("latin1")) });
  }

  async close(): Promise<void> {
    this.reading = null;
    this.readable = null;
    this.writable = null;
  }

  getInfo(): Record<string, never> {
    return {};
  }

  async setSignals({ dataTerminalReady, requestToSend }: { dataTerminalReady?: boolean; requestToSend?: boolean }): Promise<void> {
    this.control.dtr = dataTerminalReady ?? this.control.dtr;
    this.control.rts = requestToSend ?? this.control.rts;
    this.line.control?.(this.control);
  }
}
