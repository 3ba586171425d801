/** The picture of a wiring page: the module with a label at each pin that is used. */
import { Footnote } from "./footnotes";
import { LegendEntry } from "./legend";
import { labelOf, Module, ModulePin } from "./module";
import { colourOf, plain } from "./palette";
import { Sheet, widthOf, wrapped } from "./sheet";
import { Wire } from "./wires";

/** 1 unit = 1/96 inch. */
const enum Size {
  Width = 1000,
  /** Of the first pin, less half a pitch. */
  Top = 92,
  Pitch = 36,
  /** Edges of the module. */
  Left = 375,
  Right = 625,
  /** From there to the label. */
  Lead = 46,
  Box = 26,
  Title = 20,
  Text = 15,
  Small = 13,
  Line = 19,
}

export interface PictureContent {
  title: string;
  name: string;
  module: Module;
  /** One for each pin at most. */
  wires: Wire[];
  footnotes: Footnote[];
  legend: LegendEntry[];
  /** Pins that are led out and must be left alone. */
  reserved: number[];
}

export function drawPicture({ title, name, module, wires, footnotes, legend, reserved }: PictureContent): { sheet: Sheet; svg: string } {
  const sheet = new Sheet(Size.Width, title);
  const middle = Size.Width / 2;
  sheet.text(title, middle, 30, { size: Size.Title, anchor: "middle", bold: true });
  sheet.text(`${name} · ${module.title} from above · arrow out: driven by the lock, in: read · bold: GPIO · circle: note below`, middle, 58, { size: Size.Small, anchor: "middle" });
  const bottom = Size.Top + module.left.length * Size.Pitch;
  drawModule(sheet, module, bottom);
  for (const side of [-1, 1]) {
    (side < 0 ? module.left : module.right).forEach((pin, i) => {
      const wire = wires.find((one) => one.gpio === pin.gpio);
      const mark = footnotes.findIndex((note) => pin.gpio >= 0 && note.pins.includes(pin.gpio)) + 1;
      const unused = reserved.includes(pin.gpio) ? `GPIO ${pin.gpio}, flash: leave open` : `GPIO ${pin.gpio}, not used`;
      drawPin(sheet, pin, { wire, mark, unused }, { side, edge: side < 0 ? Size.Left : Size.Right, y: Size.Top + (i + 0.5) * Size.Pitch });
    });
  }
  const underLegend = drawLegend(sheet, legend, new Set(wires.map((wire) => wire.part)), bottom + 58);
  const underPins = drawOtherPins(sheet, wires.filter((wire) => labelOf(module, wire.gpio) === ""), underLegend);
  const end = drawFootnotes(sheet, footnotes, underPins + 12);
  return { sheet, svg: sheet.svg(end) };
}

function drawModule(sheet: Sheet, module: Module, bottom: number): void {
  const [top, middle] = [Size.Top, (Size.Left + Size.Right) / 2];
  sheet.box(Size.Left, top - 12, Size.Right - Size.Left, bottom - top + 24, plain.board, 10);
  sheet.box(middle - 46, top + 4, 92, 214, plain.shield, 4);
  // The antenna: a meander over the end of the radio module.
  sheet.path(`M${middle - 38} ${top + 42} v-26 h15 v20 h15 v-20 h15 v20 h15 v-20 h15`, false);
  sheet.text("antenna", middle, top + 58, { size: Size.Small, anchor: "middle" });
  sheet.text("ESP32", middle, top + 124, { size: 17, anchor: "middle", bold: true });
  sheet.text("WROOM-32", middle, top + 146, { size: Size.Small, anchor: "middle" });
  sheet.text(module.title, middle, top + 250, { size: 12, anchor: "middle" });
  sheet.box(middle - 26, bottom - 30, 52, 52, plain.socket, 3);
  sheet.text("USB", middle, bottom - 4, { size: Size.Small, anchor: "middle", bold: true });
}

/** `side`: -1 left, 1 right. */
interface Spot { side: number; edge: number; y: number }

/** `mark`: number of the footnote, 0 for none. */
interface PinWords { wire: Wire | undefined; mark: number; unused: string }

function drawPin(sheet: Sheet, pin: ModulePin, { wire, mark, unused }: PinWords, spot: Spot): void {
  const { side, edge, y } = spot;
  const inner = side < 0 ? "start" : "end";
  const outer = side < 0 ? "end" : "start";
  const colour = wire !== undefined ? colourOf(wire.part) : plain.paper;
  sheet.circle(edge - side * 12, y, 6, colour);
  sheet.text(pin.label, edge - side * 24, y, { size: Size.Text, anchor: inner, bold: wire !== undefined, colour: textColour(pin, wire) });
  if (wire !== undefined) drawWire(sheet, wire, mark, spot);
  else sheet.text(pin.gpio < 0 ? supplies[pin.label] : unused, edge + side * 10, y, { size: Size.Small, anchor: outer, colour: textColour(pin, wire) });
}

function textColour(pin: ModulePin, wire: Wire | undefined): string {
  if (wire !== undefined || pin.label === "GND") return plain.text;
  return pin.label === "3V3" || pin.label === "5V" ? plain.supply : plain.unused;
}

const supplies: { [label: string]: string } = { GND: "ground", EN: "reset", "3V3": "3.3 V", "5V": "5 V" };

/** The line with its arrow, the box with part and wire, then the numbers of the GPIO and of the footnote. */
function drawWire(sheet: Sheet, wire: Wire, mark: number, { side, edge, y }: Spot): void {
  const [start, anchor] = [edge + side * Size.Lead, side < 0 ? "end" : "start"] as const;
  const name = `${wire.part} · ${wire.name}`;
  const width = widthOf(name, Size.Text) + 16;
  const tip = wire.output ? start - side * 2 : edge + side * 2;
  const back = wire.output ? tip - side * 11 : tip + side * 11;
  sheet.path(`M${edge} ${y} H${start}`, false);
  sheet.path(`M${tip} ${y} L${back} ${y - 5} V${y + 5} Z`, true);
  sheet.box(side < 0 ? start - width : start, y - Size.Box / 2, width, Size.Box, colourOf(wire.part), 5);
  sheet.text(name, start + side * width / 2, y, { size: Size.Text, anchor: "middle" });
  const after = start + side * (width + 8);
  sheet.text(`${wire.gpio}`, after, y, { size: Size.Small, anchor, bold: true });
  if (mark > 0) drawMark(sheet, mark, after + side * (widthOf(`${wire.gpio}`, Size.Small) + 16), y);
}

function drawMark(sheet: Sheet, mark: number, x: number, y: number): void {
  sheet.circle(x, y, 10, plain.paper);
  sheet.text(`${mark}`, x, y, { size: 12, anchor: "middle" });
}

/** A part without pins has no colour. @returns where it ends */
function drawLegend(sheet: Sheet, entries: LegendEntry[], drawn: Set<string>, top: number): number {
  const columns = 3;
  const rows = Math.ceil(entries.length / columns);
  entries.forEach(({ part, text }, i) => {
    const x = 42 + Math.floor(i / rows) * 315;
    const y = top + (i % rows) * 26;
    sheet.box(x, y - 9, 18, 18, drawn.has(part) ? colourOf(part) : plain.paper, 3);
    sheet.text(text, x + 28, y, { size: Size.Small });
  });
  return top + rows * 26;
}

/** Pins of the chip that the module does not lead out. @returns where they end */
function drawOtherPins(sheet: Sheet, wires: Wire[], top: number): number {
  if (wires.length === 0) return top;
  const names = wires.map((wire) => `${wire.part} · ${wire.name} ${wire.gpio}`).join(", ");
  sheet.text(`Not led out by this module: ${names}`, 42, top + 4, { size: Size.Small });
  return top + Size.Line;
}

/** @returns where they end */
function drawFootnotes(sheet: Sheet, footnotes: Footnote[], top: number): number {
  let y = top;
  footnotes.forEach((note, i) => {
    drawMark(sheet, i + 1, 52, y);
    for (const line of wrapped(note.text, Size.Width - 114, Size.Small)) {
      sheet.text(line, 74, y, { size: Size.Small });
      y = y + Size.Line;
    }
    y = y + 6;
  });
  return y;
}
