import { Lamp, LampState } from "../../../roles";
import { BatteryBox } from "./battery";
import { FaceModule } from "./face";
import { Keypad, Lamps, Speaker } from "./outputs";
import { ReaderModule } from "./reader";

/** The parts behind the stand-in UART. */
export interface StandinParts {
  keypad: Keypad;
  speaker: Speaker;
  lamps: Lamps;
  battery: BatteryBox;
  finger: ReaderModule;
  palm: ReaderModule;
  face: FaceModule;
}

/** First word of a line from the lock → how many numbers follow and what it does. */
const lines: { [word: string]: { numbers: number; act: (parts: StandinParts, n: number[]) => void } } = {
  lit: { numbers: 1, act: (parts, n) => parts.keypad.light(n[0]) },
  number: { numbers: 1, act: (parts, n) => parts.keypad.flashNumber(n[0]) },
  flash: { numbers: 1, act: (parts, n) => { parts.keypad.flashing = n[0]; } },
  twice: { numbers: 0, act: () => undefined },
  lamp: { numbers: 2, act: (parts, n) => parts.lamps.set(n[0] as Lamp, n[1] as LampState) },
  beep: { numbers: 1, act: (parts, n) => parts.speaker.beep(n[0]) },
  say: { numbers: 2, act: (parts, n) => parts.speaker.say(n[0], n[1]) },
  hush: { numbers: 0, act: (parts) => parts.speaker.hush() },
  siren: { numbers: 1, act: (parts, n) => { parts.speaker.siren = n[0] === 1; } },
  volume: { numbers: 1, act: (parts, n) => { parts.speaker.volume = n[0]; } },
  language: { numbers: 1, act: (parts, n) => { parts.speaker.language = n[0]; } },
  battery: { numbers: 0, act: (parts) => parts.battery.measure() },
};

/** A line the lock sent to its parts; throws on one that hal/drivers/standin/README.md does not name. */
export function actOnLine(parts: StandinParts, line: string): void {
  const [word, ...rest] = line.split(" ");
  if (word === "finger" || word === "palm" || word === "face") {
    parts[word].receive(rest);
    return;
  }
  const known = Object.hasOwn(lines, word) ? lines[word] : undefined;
  const numbers = rest.map(Number);
  if (known === undefined || numbers.length !== known.numbers || !numbers.every(Number.isInteger)) {
    throw new Error(`the lock sent its parts a line that they do not know: "${line}"`);
  }
  known.act(parts, numbers);
}
