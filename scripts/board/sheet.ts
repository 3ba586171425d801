/** A drawing as SVG, which knows how much room each of its texts takes. */

/** `y` is the upper edge. */
export interface Label { text: string; x: number; y: number; width: number; height: number }

export interface TextStyle {
  size: number;
  /** Which end of the text is at x. */
  anchor?: "start" | "middle" | "end";
  bold?: boolean;
  colour?: string;
}

/** A letter's width by its size: more than any of the fonts below needs on an average. */
const LETTER = 0.6;

const fonts = "DejaVu Sans, Verdana, Arial, sans-serif";
const line = "#333333";

export class Sheet {
  readonly labels: Label[] = [];
  private readonly shapes: string[] = [];

  constructor(readonly width: number, readonly title: string) {}

  /** @param y the middle of the text */
  text(words: string, x: number, y: number, { size, anchor = "start", bold = false, colour = "#000000" }: TextStyle): void {
    const width = widthOf(words, size);
    const left = { start: x, middle: x - width / 2, end: x - width }[anchor];
    this.labels.push({ text: words, x: left, y: y - size / 2, width, height: size });
    // The base line by hand: not every renderer knows dominant-baseline.
    const base = Math.round((y + size * 0.36) * 10) / 10;
    const weight = bold ? ' font-weight="bold"' : "";
    this.shapes.push(`<text x="${x}" y="${base}" font-size="${size}" text-anchor="${anchor}"${weight} fill="${colour}">${escaped(words)}</text>`);
  }

  box(x: number, y: number, width: number, height: number, fill: string, radius: number): void {
    this.shapes.push(`<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="${fill}" stroke="${line}" stroke-width="1.2"/>`);
  }

  circle(x: number, y: number, radius: number, fill: string): void {
    this.shapes.push(`<circle cx="${x}" cy="${y}" r="${radius}" fill="${fill}" stroke="${line}" stroke-width="1.2"/>`);
  }

  path(d: string, filled: boolean): void {
    this.shapes.push(`<path d="${d}" ${filled ? `fill="${line}"` : `fill="none" stroke="${line}" stroke-width="1.6"`}/>`);
  }

  svg(height: number): string {
    return [
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${this.width} ${height}" width="${this.width}" height="${height}" font-family="${fonts}">`,
      `<title>${escaped(this.title)}</title>`,
      `<rect width="${this.width}" height="${height}" fill="#ffffff"/>`,
      ...this.shapes,
      "</svg>\n",
    ].join("\n");
  }
}

export function widthOf(words: string, size: number): number {
  return Math.ceil(words.length * size * LETTER);
}

/** Broken into lines that take no more than `width`. */
export function wrapped(words: string, width: number, size: number): string[] {
  const lines = [""];
  for (const word of words.split(" ")) {
    const longer = `${lines[lines.length - 1]} ${word}`.trim();
    if (widthOf(longer, size) > width) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

function escaped(words: string): string {
  return words.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}
