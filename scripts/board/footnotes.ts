/** What has to be minded of the pins, once for all of which the same is to be said. */
import { joined, Note } from "./findings";

export interface Footnote {
  /** None: it is about the board. */
  pins: number[];
  text: string;
}

export function footnotesOf(notes: Note[]): Footnote[] {
  const ofPins = notes.filter((note) => note.pin >= 0).sort((a, b) => a.pin - b.pin);
  const byPins = new Map<number, string[]>();
  for (const note of ofPins) byPins.set(note.pin, [...(byPins.get(note.pin) ?? []), note.text]);
  const byText = new Map<string, number[]>();
  for (const [pin, texts] of byPins) {
    const text = texts.join("; ");
    byText.set(text, [...(byText.get(text) ?? []), pin]);
  }
  return [...byText].map(([text, pins]) => ({ pins, text: `GPIO ${joined(pins.map(String))}: ${text}.` }));
}
