/** The wiring page of a board, in Markdown. */
import { Board } from "../../hal/board";
import { hex } from "./buses";
import { Note } from "./findings";
import { Footnote } from "./footnotes";
import { keyRows } from "./keys";
import { labelOf, Module } from "./module";
import { supplyRows, wiringSection } from "./readme";
import { Soc } from "./soc";
import { Use } from "./uses";
import { unwired, userOf, Wire } from "./wires";

export interface PageContent {
  board: Board;
  soc: Soc;
  uses: Use[];
  wires: Wire[];
  notes: Note[];
  footnotes: Footnote[];
  module: Module;
  /** What somebody wrote about this board, "" for nothing. */
  remarks: string;
}

export function pageText(page: PageContent): string {
  const { board, soc, module } = page;
  const name = board.name;
  const sections = [
    `# ${board.title}`,
    `Board \`${name}\`, platform ${board.platform}, ${soc.title}, ${module.title}. Written by \`npm run board -- page ${name}\` from \`board-configs/${name}.json\`: change that file, not this one.`,
    `![Pins of ${name}](${name}.svg)`,
    page.remarks,
    heading("Wiring", wiringTable(page)),
    heading("To be minded", minded(page)),
    heading("UARTs", uartTable(page)),
    heading("I2C", i2cTable(page)),
    heading("Keys", table(["key", "touch", "light"], keyRows(board).map((row) => [row.key, row.touch, row.light]))),
    heading("Supplies", supplyTable(board)),
    heading("Not wired", notWired(page.uses)),
    ...partSections(board),
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

function heading(title: string, text: string): string {
  return text === "" ? "" : `## ${title}\n\n${text}`;
}

function table(heads: string[], rows: string[][]): string {
  if (rows.length === 0) return "";
  const line = (cells: string[]): string => `| ${cells.map((cell) => cell.replace(/\|/g, "\\|")).join(" | ")} |`;
  return [line(heads), `|${heads.map(() => "---|").join("")}`, ...rows.map(line)].join("\n");
}

function wiringTable({ wires, module, footnotes }: PageContent): string {
  return table(["part", "wire", "GPIO", "label", "lock", "note", "remarks"], wires.map((wire) => {
    const mark = footnotes.findIndex((note) => note.pins.includes(wire.gpio)) + 1;
    return [wire.part, wire.name, `${wire.gpio}`, labelOf(module, wire.gpio), wire.output ? "drives" : "reads", mark > 0 ? `(${mark})` : "", wire.about];
  }));
}

function minded({ footnotes, notes }: PageContent): string {
  const others = notes.filter((note) => note.pin < 0).map((note) => `- ${note.text[0].toUpperCase()}${note.text.slice(1)}.`);
  return [...footnotes.map((note, i) => `- (${i + 1}) ${note.text}`), ...others].join("\n");
}

function uartTable({ board, uses }: PageContent): string {
  const rows = board.uarts.map((pins, port) => [`${port}`, `tx ${pins.tx}, rx ${pins.rx}`, userOf(port, uses)]);
  const bridges = uses.filter((use) => use.type === "UartPort" && use.adds);
  return table(["UART", "pins", "part"], [...rows, ...bridges.map((use) => [`${use.value}`, `on the ${use.owner.replace("parts.", "")}`, userOf(use.value, uses)])]);
}

function i2cTable({ board, uses }: PageContent): string {
  const addresses = uses.filter((use) => use.type === "I2cAddress").sort((a, b) => a.value - b.value);
  return table(["bus", "pins", "address", "part"], addresses.map((use) => {
    const { sda, scl } = board.i2c[use.bus];
    const part = use.owner.replace("parts.", "") as keyof Board["parts"];
    return [`${use.bus}`, `sda ${sda}, scl ${scl}`, `${hex(use.value)} (${use.value})`, `${part} (${board.parts[part]?.driver})`];
  }));
}

function drivers(board: Board): { role: string; driver: string }[] {
  return Object.entries(board.parts).map(([role, part]) => ({ role, driver: part.driver }));
}

function supplyTable(board: Board): string {
  const rows = drivers(board).flatMap(({ role, driver }) => supplyRows(driver).map(({ pin, text }) => [role, driver, pin, text]));
  return table(["part", "driver", "pin", "supply"], rows);
}

function notWired(uses: Use[]): string {
  return unwired(uses).map((use) => `- \`${use.place.replace("parts.", "")}\`: ${use.about}`).join("\n");
}

/** What each driver's README says, so that the page can go to the bench alone. */
function partSections(board: Board): string[] {
  return drivers(board).flatMap(({ role, driver }) => {
    const section = wiringSection(driver);
    return section === "" ? [] : [`## ${role}: ${driver}\n\nFrom \`hal/drivers/${driver}/README.md\`.\n\n${section}`];
  });
}
