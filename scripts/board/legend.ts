/** What the colours of the picture stand for, and where the parts are that have no pin of their own. */
import { Board } from "../../hal/board";
import { Use } from "./uses";
import { Wire } from "./wires";

export interface LegendEntry { part: string; text: string }

export function legendOf(board: Board, uses: Use[], wires: Wire[]): LegendEntry[] {
  const drawn = (part: string): boolean => wires.some((wire) => wire.part === part);
  const buses = board.i2c.map((_pins, bus) => ({ part: `I2C ${bus}`, text: `I2C ${bus}: ${onBus(bus, uses)}` }));
  const parts = Object.entries(board.parts).map(([part, { driver }]) => {
    const places = placesOf(part, uses).filter((place) => !drawn(part) || place.startsWith("gives"));
    return { part, text: [driver === part ? part : `${part}: ${driver}`, ...places].join(", ") };
  });
  return [{ part: "console", text: "console: USB" }, ...buses, ...parts];
}

function onBus(bus: number, uses: Use[]): string {
  const users = uses.filter((use) => use.type === "I2cBus" && use.value === bus).map((use) => use.owner.replace("parts.", ""));
  return users.length > 0 ? users.join(", ") : "no part";
}

/** Ports and buses of a part without pins. */
function placesOf(part: string, uses: Use[]): string[] {
  const own = uses.filter((use) => use.owner === `parts.${part}`);
  return own.flatMap((use) => {
    if (use.type === "UartPort") return [`${use.adds ? "gives " : ""}UART ${use.value}`];
    return use.type === "I2cBus" ? [`I2C ${use.value}`] : [];
  });
}
