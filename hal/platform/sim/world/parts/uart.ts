import { Board } from "../../../../board";
import { Sc16is750Emulator } from "../../../../drivers/sc16is750/emulator";
import { Wires } from "../wires";

/**
 * A module's line: to a UART of the chip, or to the one behind the board's bridge.
 * @param hear what the lock sends @returns what sends bytes to the lock
 */
export function connect(wires: Wires, board: Board, port: number, baud: number, hear: (bytes: string) => void): (bytes: string) => void {
  const { bridge } = board.parts;
  if (bridge?.port !== port) return wires.uart(port, hear);
  const sent = (bytes: string): void => {
    wires.probe?.bytes(port, bytes, true);
    hear(bytes);
  };
  const chip = new Sc16is750Emulator(wires.scheduler, { send: sent, irq: (level) => wires.input(bridge.irqPin, level) }, bridge.crystalHz, baud);
  wires.input(bridge.irqPin, 1);
  wires.i2c(bridge.bus, bridge.address, chip);
  wires.onPower((on) => chip.power(on));
  chip.power(false);
  return (bytes) => {
    wires.probe?.bytes(port, bytes, false);
    chip.receive(bytes);
  };
}
