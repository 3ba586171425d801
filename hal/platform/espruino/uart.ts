import { Uart } from "../../ports";

/**
 * Ports 0, 1, 2 are Serial1, Serial2, Serial3 on their default pins
 * (TX/RX: D1/D3, D4/D5, D17/D16). Bytes arrive in pieces of at most 64.
 */
export function newUart(port: number, baud: number, onBytes: (bytes: string) => void): Uart {
  const serial = port === 0 ? Serial1 : port === 1 ? Serial2 : Serial3;
  serial.setup(baud);
  serial.on("data", onBytes);
  return { write: (bytes) => serial.write(bytes) };
}
