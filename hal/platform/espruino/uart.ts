import { Uart } from "../../ports";
import { UartPins } from "../../wires";
import { callbackEnds } from "../callbacks";

/** Ports 0, 1, 2 are Serial1, Serial2, Serial3. Bytes arrive in pieces of at most 64. */
export function newUart(port: number, pins: UartPins, baud: number, onBytes: (bytes: string) => void): Uart {
  const serial = port === 0 ? Serial1 : port === 1 ? Serial2 : Serial3;
  serial.setup(baud, { tx: new Pin(pins.tx), rx: new Pin(pins.rx) });
  serial.on("data", (bytes) => {
    onBytes(bytes);
    callbackEnds();
  });
  return { write: (bytes) => serial.write(bytes) };
}
