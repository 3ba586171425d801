/** Each UART driver and its emulator at the two ends of a real pseudo-terminal, in real time. */
import { spawnSync } from "node:child_process";
import { partKinds } from "../../../scripts/emulate/command";
import { Emulation } from "../../../scripts/emulate/emulation";
import { Line } from "../../../scripts/serial/line";
import { openPort } from "../../../scripts/serial/port";
import { openPseudoTerminal, PseudoTerminal } from "../../../scripts/serial/pty";
import { Platform } from "../../ports";
import { ReaderEvents } from "../../roles";
import { newDfPlayer } from "../dfplayer/driver";
import { newEfAa } from "../efaa/driver";
import { CardReader, CardReaderEvents, newPn532 } from "../pn532/driver";
import { newR503 } from "../r503/driver";
import { newRdm6300 } from "../rdm6300/driver";
import { factText } from "./reader-facts";
import { RealTimePlatform } from "./realtime";

/** On a machine that stands still for a while. */
const patienceMs = 20000;
const uart = 1;

/** A driver's end and an emulator's end, and all that was told at both. */
class Wire {
  readonly told: string[] = [];
  private awaited: (() => boolean) | null = null;
  private wake: () => void = () => undefined;

  private constructor(private readonly pty: PseudoTerminal, private readonly line: Line, private readonly real: RealTimePlatform, private readonly emulation: Emulation) {}

  static async open(part: string): Promise<Wire> {
    let wire: Wire | null = null;
    const pty = await openPseudoTerminal((bytes) => wire?.heard(bytes));
    const emulation = new Emulation(partKinds[part], partKinds[part].models[0], null, (bytes) => pty.write(bytes), (line) => wire?.tell(line));
    const real: RealTimePlatform = new RealTimePlatform((bytes) => wire?.line.write(bytes));
    const line = openPort(pty.path, partKinds[part].baud, {
      received: (bytes) => real.received(bytes),
      gone: () => wire?.tell("! the line has gone"),
    });
    wire = new Wire(pty, line, real, emulation);
    return wire;
  }

  get platform(): Platform {
    return this.real.platform;
  }

  /** A word at the emulator. */
  bench(word: string): void {
    expect(this.emulation.typed(word)).toBe("ok");
  }

  tell(what: string): void {
    this.told.push(what);
    this.check();
  }

  /** What was told before does not count any more. */
  async until(what: string): Promise<void> {
    await this.happened(() => this.told.includes(what), what);
    this.told.splice(0, this.told.indexOf(what) + 1);
  }

  /** So many more commands like this one have come to the emulator: what the one before the last brought is known. */
  async commands(bytes: string, count: number): Promise<void> {
    let left = count;
    this.onHeard = (heard) => { left -= heard.split(bytes).length - 1; };
    await this.happened(() => left <= 0, "commands");
    this.onHeard = () => undefined;
  }

  close(): void {
    this.real.close();
    this.emulation.close();
    this.line.close();
    this.pty.close();
  }

  private onHeard: (bytes: string) => void = () => undefined;

  private heard(bytes: string): void {
    this.emulation.received(bytes);
    this.onHeard(bytes);
    this.check();
  }

  private check(): void {
    if (this.awaited?.() === true) this.wake();
  }

  private async happened(what: () => boolean, name: string): Promise<void> {
    if (what()) return;
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`no "${name}" in time; told: ${this.told.join(", ")}`)), patienceMs);
      this.awaited = what;
      this.wake = () => {
        clearTimeout(late);
        this.awaited = null;
        resolve();
      };
    });
  }
}

async function onWire(part: string, story: (wire: Wire) => Promise<void>): Promise<void> {
  const wire = await Wire.open(part);
  try {
    await story(wire);
    expect(wire.told.filter((line) => line.startsWith("!"))).toEqual([]);
  } finally {
    wire.close();
  }
}

function readerEvents(wire: Wire, name: string): ReaderEvents {
  return { told: (fact, value) => wire.tell(`${name} ${factText(fact, value)}`), silent: (silent) => wire.tell(`${name} silent ${silent}`) };
}

const pairingEvents = (wire: Wire) => ({
  identified: () => wire.tell("identified"), swapped: () => wire.tell("swapped"), unasked: () => wire.tell("unasked"),
});

/** GenImg, by which the reader sees that the finger was lifted. */
const image = "\xef\x01\xff\xff\xff\xff\x01\x00\x03\x01\x00\x05";

async function fingerprint(wire: Wire): Promise<void> {
  const reader = newR503(wire.platform, {
    uart, dialect: "grow", ring: "aura", serial: true, placements: 2, wakePin: -1, wakeActiveLevel: 0,
    powerPin: -1, powerActiveLevel: 1, bootMs: 200, restMs: 2000, password: "00000000",
  }, { ...readerEvents(wire, "finger"), ...pairingEvents(wire) });
  reader.trust("");
  await wire.until("identified");
  reader.enrol();
  wire.bench("finger 7");
  await wire.until("finger placed 1");
  wire.bench("finger off");
  await wire.commands(image, 2);
  wire.bench("finger 7");
  await wire.until("finger enrolled 0");
  wire.bench("finger off");
  await wire.until("finger gone");
  wire.bench("finger 7");
  await wire.until("finger matched 0");
  reader.remove(0);
  await wire.until("templates: 0");
}

async function palm(wire: Wire): Promise<void> {
  const module = newEfAa(wire.platform, { uart, build: "sen0737", powerPin: -1, nearPin: -1, nearLevel: 1, idleMs: 5000, lookS: 10 }, {
    face: readerEvents(wire, "face"), palm: readerEvents(wire, "palm"), ...pairingEvents(wire),
  });
  module.expect(0);
  module.trust("");
  await wire.until("identified");
  wire.bench("palm 3");
  module.palm.enrol();
  await wire.until("palm enrolled 501");
  wire.bench("palm off");
  module.palm.look(true);
  wire.bench("palm 3");
  await wire.until("palm matched 501");
  module.palm.look(false);
  module.palm.remove(501);
  await wire.until("templates: 0");
}

async function voice(wire: Wire): Promise<void> {
  const speech = newDfPlayer(wire.platform, { uart, busyPin: -1 }, {
    done: () => wire.tell("done"), silent: (silent) => wire.tell(`silent ${silent}`),
  });
  speech.say(5, -1);
  await wire.until("plays 1/5, volume 28");
  await wire.until("done");
}

const card = (newReader: (platform: Platform, options: { uart: number }, events: CardReaderEvents) => CardReader, id: string) => async (wire: Wire): Promise<void> => {
  const reader = newReader(wire.platform, { uart }, {
    card: (seen) => wire.tell(`card ${seen}`), gone: () => wire.tell("gone"), silent: (silent) => wire.tell(`silent ${silent}`),
  });
  reader.look(true);
  wire.bench(`card ${id}`);
  await wire.until(`card ${id}`);
  wire.bench("card off");
  await wire.until("gone");
};

const withScript = spawnSync("script", ["--version"]).status === 0 ? test.concurrent.each : test.skip.each;

withScript([
  ["r503", fingerprint], ["efaa", palm], ["dfplayer", voice], ["pn532", card(newPn532, "04A1B2C3")], ["rdm6300", card(newRdm6300, "0100AB12CD")],
] as [string, (wire: Wire) => Promise<void>][])("%s over a pseudo-terminal (skipped without util-linux's script)", async (part, story) => {
  await onWire(part, story);
}, patienceMs * 3);
