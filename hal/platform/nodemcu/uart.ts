import { Uart } from "../../ports";
import { UartPins } from "../../wires";
import { callbackEnds } from "../callbacks";

const enum Console { Port = 0 }

/**
 * NodeMCU calls for every single byte. They are gathered, and handed on together by a task that
 * runs after the calls already waiting.
 */
export function newUart(port: number, pins: UartPins, baud: number, onBytes: (bytes: string) => void): Uart {
  let gathered = "";
  const handOn = (): void => {
    const bytes = gathered;
    gathered = "";
    onBytes(bytes);
    callbackEnds();
  };
  uart.setup(port, baud, 8, uart.PARITY_NONE, uart.STOPBITS_1, port === Console.Port ? 0 : { tx: pins.tx, rx: pins.rx });
  // With 0 as last argument the Lua prompt hears nothing any more.
  uart.on(port, "data", 0, (bytes) => {
    if (gathered === "") node.task.post(node.task.MEDIUM_PRIORITY, handOn);
    gathered += bytes;
  }, 0);
  // For the console too: it starts nothing there, but without it `on` has no buffer and stays silent.
  uart.start(port);
  return { write: (bytes) => uart.write(port, bytes) };
}
