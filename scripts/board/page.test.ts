import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { boardNames, readBoard } from "../build/sources";
import { checkBoard } from "./check";
import { boardCommand } from "./command";
import { footnotesOf } from "./footnotes";
import { legendOf } from "./legend";
import { devKitC } from "./module";
import { drawPicture } from "./picture";
import { boardSchema } from "./schema";
import { Label, widthOf } from "./sheet";
import { isPin, usesOf } from "./uses";
import { wiresOf } from "./wires";

const schema = boardSchema();
const folder = mkdtempSync(join(tmpdir(), "boards-"));
afterAll(() => rmSync(folder, { recursive: true }));
boardCommand(["page", "--out", folder], { write: () => undefined, complain: (text) => { throw new Error(text); } });

function pinsOf(name: string): number[] {
  return usesOf(readBoard(name), schema).filter((use) => isPin(use) && use.wired).map((use) => use.value).sort((a, b) => a - b);
}

function picture(name: string): ReturnType<typeof drawPicture> {
  const board = readBoard(name);
  const uses = usesOf(board, schema);
  const wires = wiresOf(uses, board);
  const footnotes = footnotesOf(checkBoard(name, board, schema).notes);
  return drawPicture({ title: board.title, name, module: devKitC, wires, footnotes, legend: legendOf(board, uses, wires), reserved: [6, 7] });
}

/** The first thing that is wrong with a document, "" for none: every tag is closed where it belongs, and no mark stands bare. */
function xmlFault(text: string): string {
  const open: string[] = [];
  const rest = text.replace(/<(\/?)([a-z]+)((?:\s+[A-Za-z:-]+="[^"<&]*")*)\s*(\/?)>/g, (_tag, end: string, name: string, _attributes, alone: string) => {
    if (end !== "" && open.pop() !== name) open.push(`unopened ${name}`);
    if (end === "" && alone === "") open.push(name);
    return "";
  });
  const bare = /[<>]|&(?!(amp|lt|gt|quot);)/.exec(rest);
  return bare !== null ? `bare ${bare[0]}` : open.join(" ");
}

test.each(boardNames())("the page of %s names every pin that is used once", (name) => {
  const page = readFileSync(join(folder, `${name}.md`), "utf8");
  const wiring = page.slice(page.indexOf("## Wiring"), page.indexOf("## UARTs"));
  const pins = [...wiring.matchAll(/^\| [^|]+ \| [^|]+ \| (\d+) \|/gm)].map((match) => Number(match[1]));
  expect(pins.sort((a, b) => a - b)).toEqual(pinsOf(name));
  expect(page).not.toContain("undefined");
});

test.each(boardNames())("the picture of %s is XML that labels every pin once", (name) => {
  const svg = readFileSync(join(folder, `${name}.svg`), "utf8");
  expect(xmlFault(svg)).toBe("");
  const bold = [...svg.matchAll(/font-size="13"[^>]*font-weight="bold"[^>]*>(\d+)</g)].map((match) => Number(match[1]));
  const elsewhere = [.../Not led out by this module: ([^<]*)/.exec(svg)?.[1].matchAll(/ (\d+)(?=,|$)/g) ?? []].map((match) => Number(match[1]));
  expect([...bold, ...elsewhere].sort((a, b) => a - b)).toEqual(pinsOf(name));
});

function overlap(a: Label, b: Label): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

test.each(boardNames())("no two labels of %s overlap, and none leaves the sheet", (name) => {
  const { labels, width } = picture(name).sheet;
  const pairs = labels.flatMap((a, i) => labels.slice(i + 1).filter((b) => overlap(a, b)).map((b) => `${a.text} / ${b.text}`));
  expect(pairs).toEqual([]);
  expect(labels.filter((label) => label.x < 0 || label.x + label.width > width).map((label) => label.text)).toEqual([]);
});

test("the checks above can fail", () => {
  expect(xmlFault("<a><b></a>")).not.toBe("");
  expect(xmlFault("<a>1 < 2</a>")).not.toBe("");
  expect(xmlFault("<a>")).toBe("a");
  expect(xmlFault('<a b="1"><c/>x &amp; y</a>')).toBe("");
  expect(overlap({ text: "", x: 0, y: 0, width: widthOf("ab", 10), height: 10 }, { text: "", x: 11, y: 9, width: 5, height: 5 })).toBe(true);
});

test("the page says what is outside the file too", () => {
  const page = readFileSync(join(folder, "esp32-devkitc-espruino.md"), "utf8");
  expect(page).toContain("gate of a P-MOSFET");
  expect(page).toContain("| away | 0x5C ELE0 | P1_4 |");
  expect(page).toContain("| 0 | sda 21, scl 22 | 0x68 (104) | clock (ds3231) |");
  expect(page).toContain("| 3 | on the bridge | speech |");
  expect(page).toContain("| finger | r503 | 3.3VT | 3.3 V, **always on**");
  expect(page).toContain("## palmFace: efaa");
  expect(readFileSync(join(folder, "esp32-cheap-espruino.md"), "utf8")).toContain("| cancel | row 3, column 0 | chip 2, Q2 |");
});
