/** What the README of a driver says of its wiring. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../build/sources";

/** @returns the section "Wiring" without its heading, "" where there is none. */
export function wiringSection(driver: string): string {
  const path = join(root, "hal/drivers", driver, "README.md");
  if (!existsSync(path)) return "";
  const section = /^## Wiring[^\n]*\n([\s\S]*?)(?=^## |(?![\s\S]))/m.exec(readFileSync(path, "utf8"));
  return section === null ? "" : section[1].trim();
}

export interface SupplyRow { pin: string; text: string }

const supplyPins = /^(VCC|VDD|VM|VIN|VBAT|\+5V|3\.3VT)$/;

/** The rows of its tables that are about a supply. */
export function supplyRows(driver: string): SupplyRow[] {
  const rows = wiringSection(driver).split("\n").filter((line) => line.startsWith("|")).map((line) => line.split("|").slice(1, -1).map((cell) => cell.trim()));
  return rows.flatMap((cells) => {
    const at = cells.slice(0, 2).findIndex((cell) => supplyPins.test(cell));
    return at < 0 ? [] : [{ pin: cells[at], text: cells.slice(at + 1).filter((cell) => cell !== "").join("; ") }];
  });
}
