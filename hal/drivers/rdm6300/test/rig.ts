/** For tests: the driver on a platform of virtual time, wired to the emulator. */
import { newRandom, randomBytes, TestPlatform } from "../../test/platform";
import { CardReader } from "../../pn532/driver";
import { newRdm6300 } from "../driver";
import { frame, Rdm6300Emulator } from "../emulator";

const port = 2;

export class Rig {
  readonly test = new TestPlatform();
  readonly said: string[] = [];
  readonly emulator: Rdm6300Emulator;
  readonly reader: CardReader;

  /** @param piece cuts what the module sends into pieces of at most this many bytes */
  constructor(piece?: number) {
    this.emulator = new Rdm6300Emulator(this.test.scheduler, (bytes) => this.test.deliver(port, bytes, piece));
    this.test.onSent = () => { throw new Error("the module hears nothing"); };
    this.reader = newRdm6300(this.test.platform, { uart: port }, {
      card: (id) => { this.said.push(`card ${id}`); },
      gone: () => { this.said.push("gone"); },
      silent: (silent) => { this.said.push(`silent ${silent}`); },
    });
    this.reader.look(true);
  }

  pass(ms: number): string[] {
    this.test.pass(ms);
    return this.said.splice(0);
  }

  inject(bytes: string): void {
    this.test.deliver(port, bytes);
  }

  /** Shows a tag for a while. */
  show(tag: number, ms = 500): string[] {
    this.emulator.put(tag);
    const said = this.pass(ms);
    this.emulator.put(null);
    return [...said, ...this.pass(500)];
  }
}

function randomStream(random: (below: number) => number): string {
  let bytes = "";
  for (let i = 1 + random(4); i > 0; i--) {
    const kind = random(4);
    if (kind === 0) bytes += randomBytes(random, random(40));
    else if (kind === 1) bytes += "\x02" + randomBytes(random, 12) + "\x03";
    else if (kind === 2) bytes += "\x02" + Array.from({ length: 12 }, () => "0123456789ABCDEF"[random(16)]).join("") + "\x03";
    else bytes += frame(random(256), random(2 ** 31));
  }
  return random(5) === 0 ? bytes.slice(random(3), bytes.length - random(4)) : bytes;
}

/** Streams to one reader: the state that many of them leave would hide what the next ones do. */
const streamsPerReader = 20;

function streamsTo(rig: Rig, seed: number, count: number): string[] {
  const wrong: string[] = [];
  for (let i = 0; i < count; i++) {
    const random = newRandom(seed + i);
    rig.inject(randomStream(random));
    for (const event of rig.pass(random(100))) wrong.push(`seed ${seed + i}: ${event}`);
  }
  rig.pass(1000);
  if (rig.show(0x00ab12cd).join() !== "card 0100AB12CD,gone") wrong.push(`seed ${seed}: it reads no tag any more`);
  return wrong;
}

/** Random streams to readers without a tag. @returns tags that were believed, and readers that are dead afterwards */
export function hostileStreams(seed: number, count: number): string[] {
  const wrong: string[] = [];
  for (let from = 0; from < count; from += streamsPerReader) wrong.push(...streamsTo(new Rig(), seed + from, Math.min(streamsPerReader, count - from)));
  return wrong;
}
