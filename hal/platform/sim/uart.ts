import { Uart } from "../../ports";
import { Chip } from "./chip";

export function newUarts(chip: Chip) {
  const listeners = new Map<number, (bytes: string) => void>();
  return {
    newUart(port: number, _baud: number, onBytes: (bytes: string) => void): Uart {
      if (listeners.has(port)) throw new Error(`UART ${port} is opened twice: give the two parts different ports in the board's file`);
      listeners.set(port, onBytes);
      return { write: (bytes) => chip.send(port, bytes) };
    },
    received(port: number, bytes: string): void {
      listeners.get(port)?.(bytes);
    },
  };
}
