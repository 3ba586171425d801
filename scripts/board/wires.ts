/** The wires of a board in the words of its page: part, wire, pin. */
import { Board } from "../../hal/board";
import { isOutput, isPin, Use } from "./uses";

export interface Wire {
  gpio: number;
  /** Role, "console", or "I2C 0". */
  part: string;
  name: string;
  /** The lock drives it. */
  output: boolean;
  about: string;
}

/** In the order of the file; the pins of a UART belong to the part on it. */
export function wiresOf(uses: Use[], board: Board): Wire[] {
  const parts = Object.keys(board.parts);
  const rank = (wire: Wire): number => parts.indexOf(wire.part);
  return uses.filter((use) => isPin(use) && use.wired).map((use) => wireOf(use, uses)).sort((a, b) => rank(a) - rank(b));
}

function wireOf(use: Use, uses: Use[]): Wire {
  const [group, index] = use.owner.split(/[[\].]/);
  const level = use.active === null ? "" : ` Active level: ${use.active}.`;
  const wire = { gpio: use.value, name: use.wire, output: isOutput(use), about: `${use.about}${level}`.trim() };
  if (use.owner === "uarts[0]") return { ...wire, part: userOf(0, uses), name: `UART 0 ${use.wire}`, about: "To the USB adapter on the board." };
  if (group === "uarts") return { ...wire, part: userOf(Number(index), uses), name: `UART ${index} ${use.wire === "tx" ? "tx → RX" : "rx ← TX"}` };
  if (group === "i2c") return { ...wire, part: `I2C ${index}` };
  return { ...wire, part: index };
}

/** Role, or "console", that uses a UART. */
export function userOf(port: number, uses: Use[]): string {
  const user = uses.find((use) => use.type === "UartPort" && !use.adds && use.value === port);
  return user === undefined ? `UART ${port}` : user.owner.replace(/^parts\./, "");
}

/** Wires that a part could have and this board has not. */
export function unwired(uses: Use[]): Use[] {
  return uses.filter((use) => isPin(use) && !use.wired);
}
