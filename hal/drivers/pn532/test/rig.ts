/** For tests: the driver on a platform of virtual time, wired to the emulator. */
import { newRandom, randomBytes, TestPlatform } from "../../test/platform";
import { CardReader, newPn532 } from "../driver";
import { frame, Pn532Emulator } from "../emulator";

const port = 1;
export const one = [0x04, 0xa1, 0xb2, 0xc3];
export const seven = [0x04, 0x12, 0x34, 0x56, 0x78, 0x9a, 0xbc];

export class Rig {
  readonly test = new TestPlatform();
  readonly said: string[] = [];
  readonly emulator: Pn532Emulator;
  readonly reader: CardReader;

  /** @param piece cuts what the chip sends into pieces of at most this many bytes */
  constructor(options: { piece?: number; chip?: boolean } = {}) {
    this.emulator = new Pn532Emulator(this.test.scheduler, (bytes) => this.test.deliver(port, bytes, options.piece));
    this.emulator.power(options.chip !== false);
    this.test.onSent = (_port, bytes) => this.emulator.receive(bytes);
    this.reader = newPn532(this.test.platform, { uart: port }, {
      card: (id) => { this.said.push(`card ${id}`); },
      gone: () => { this.said.push("gone"); },
      silent: (silent) => { this.said.push(`silent ${silent}`); },
    });
  }

  pass(ms: number): string[] {
    this.test.pass(ms);
    return this.said.splice(0);
  }

  inject(bytes: string): void {
    this.test.deliver(port, bytes);
  }

  /** Shows a card for a while. */
  show(card: number[], ms = 1500): string[] {
    this.emulator.card = card;
    const said = this.pass(ms);
    this.emulator.card = null;
    return [...said, ...this.pass(1500)];
  }
}

function randomStream(random: (below: number) => number): string {
  let bytes = "";
  for (let i = 1 + random(4); i > 0; i--) {
    const kind = random(5);
    if (kind === 0) bytes += randomBytes(random, random(40));
    else if (kind === 1) bytes += "\x00\x00\xff" + randomBytes(random, random(30));
    else if (kind === 2) bytes += "\x00\x00\xff\x00\xff\x00";
    else if (kind === 3) bytes += frame(0xd5, [[3, 0x15, 0x33, 0x4b][random(4)], ...Array.from({ length: random(20) }, () => random(256))]);
    else bytes += frame(0xd5, [0x4b, 1, 1, 0, 4, 8, 4, random(256), random(256), random(256), random(256)]);
  }
  return random(5) === 0 ? bytes.slice(random(3), bytes.length - random(4)) : bytes;
}

/** Streams to one reader: the state that many of them leave would hide what the next ones do. */
const streamsPerReader = 20;

function streamsTo(rig: Rig, seed: number, count: number): string[] {
  const wrong: string[] = [];
  rig.emulator.aborts = true;
  rig.reader.look(true);
  for (let i = 0; i < count; i++) {
    const random = newRandom(seed + i);
    rig.inject(randomStream(random));
    for (const event of rig.pass(random(100))) if (event.startsWith("card")) wrong.push(`seed ${seed + i}: ${event}`);
  }
  rig.pass(120000);
  if (!rig.show(one).includes("card 04A1B2C3")) wrong.push(`seed ${seed}: it reads no card any more`);
  return wrong;
}

/** Random streams to readers that look, with no card there. @returns cards that were believed, and readers that are dead afterwards */
export function hostileStreams(seed: number, count: number): string[] {
  const wrong: string[] = [];
  for (let from = 0; from < count; from += streamsPerReader) wrong.push(...streamsTo(new Rig(), seed + from, Math.min(streamsPerReader, count - from)));
  return wrong;
}
