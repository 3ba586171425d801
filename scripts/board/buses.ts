/** Whether each UART and each I2C bus is there, and each part alone on its UART or its address. */
import { Board } from "../../hal/board";
import { Findings, joined, Note } from "./findings";
import { Use } from "./uses";

export function checkBuses(uses: Use[], board: Board): Findings {
  const mistakes = [...portsThatAreNot(uses, board), ...sharedPorts(uses), ...bridges(uses, board), ...busesThatAreNot(uses, board), ...sharedAddresses(uses)];
  return { mistakes, notes: [...idle("uarts", board.uarts.length, asked(uses)), ...idle("i2c", board.i2c.length, uses.filter((use) => use.type === "I2cBus"))] };
}

/** The ports that parts use; a bridge gives one. */
function asked(uses: Use[]): Use[] {
  return uses.filter((use) => use.type === "UartPort" && !use.adds);
}

function added(uses: Use[]): Use[] {
  return uses.filter((use) => use.type === "UartPort" && use.adds);
}

function portsThatAreNot(uses: Use[], board: Board): string[] {
  const bridge = added(uses).map((use) => use.value);
  const there = (port: number): boolean => (port >= 0 && port < board.uarts.length) || bridge.includes(port);
  const last = board.uarts.length - 1;
  const names = `uarts has 0${last > 0 ? ` to ${last}` : ""}, and ${bridge.length > 0 ? `the bridge adds ${bridge.join(", ")}` : "there is no bridge"}`;
  return asked(uses).filter((use) => !there(use.value)).map((use) => `${use.place}: there is no UART ${use.value}; ${names}.`);
}

function sharedPorts(uses: Use[]): string[] {
  return groups(asked(uses), (use) => `${use.value}`)
    .map((group) => `UART ${group[0].value} is used by more than one part: ${joined(group.map((use) => use.place))}.`);
}

function bridges(uses: Use[], board: Board): string[] {
  return added(uses).filter((use) => use.value < board.uarts.length).map((use) =>
    `${use.place}: UART ${use.value} is the chip's own; a bridge takes a number from ${board.uarts.length} on.`);
}

function busesThatAreNot(uses: Use[], board: Board): string[] {
  const last = board.i2c.length - 1;
  const names = last < 0 ? "i2c has none" : `i2c has 0${last > 0 ? ` to ${last}` : ""}`;
  return uses.filter((use) => use.type === "I2cBus" && use.value > last)
    .map((use) => `${use.place}: there is no I2C bus ${use.value}; ${names}.`);
}

function sharedAddresses(uses: Use[]): string[] {
  const addresses = uses.filter((use) => use.type === "I2cAddress");
  return groups(addresses, (use) => `${use.bus} ${use.value}`).map((group) => {
    const places = group.map((use) => use.place.replace(/\.bus$/, " (its only one)"));
    return `address ${group[0].value} (${hex(group[0].value)}) of I2C bus ${group[0].bus} is used by more than one chip: ${joined(places)}.`;
  });
}

export function hex(address: number): string {
  return `0x${address.toString(16).toUpperCase()}`;
}

function groups(uses: Use[], key: (use: Use) => string): Use[][] {
  const keys = [...new Set(uses.map(key))];
  return keys.map((one) => uses.filter((use) => key(use) === one)).filter((group) => group.length > 1);
}

function idle(field: string, count: number, users: Use[]): Note[] {
  const numbers = Array.from({ length: count }, (_, number) => number).filter((number) => !users.some((use) => use.value === number));
  return numbers.map((number) => ({ pin: -1, text: `${field}[${number}] has pins, and no part uses it` }));
}
