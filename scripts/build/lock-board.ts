/** What the lock itself is told of its board. */
import { Board } from "../../hal/board";
import { LockBoard } from "../../hal/makers";

export function lockBoardOf(board: Board): LockBoard {
  const { parts, limits } = board;
  const driver = (part: { driver: string } | undefined): string => part?.driver ?? "";
  return {
    open: board.console.start === "open",
    consoleUart: board.console.uart,
    limits,
    drivers: () => [parts.palmFace, parts.finger, parts.keys, parts.keyLights, parts.speech, parts.clock].map(driver),
    lines: () => linesOf(board),
  };
}

/** `board` of the console: each part with its driver and its wires, `<role> <driver> <wire>=<pin> …`. */
function linesOf(board: Board): string[] {
  const buses = board.i2c.map(({ sda, scl }, bus) => `i2c bus=${bus} sda=${sda} scl=${scl}`);
  const ports = board.uarts.map(({ tx, rx }, port) => `uart port=${port} tx=${tx} rx=${rx}`);
  const parts = Object.entries(board.parts).map(([role, part]) => [role, part.driver, ...wires("", part)].join(" "));
  return [`board ${board.name}`, `title ${board.title}`, `console uart=${board.console.uart}`, ...ports, ...buses, ...parts];
}

/** Pins, ports and addresses that a part names, with the path to them; what is not wired is left out. */
function wires(path: string, value: unknown): string[] {
  if (typeof value === "number") return value >= 0 && /(pin|Pin|Pins\.\d+|uart|port|bus|address)$/.test(path) ? [`${path}=${value}`] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) => wires(path === "" ? name : `${path}.${name}`, one));
}
