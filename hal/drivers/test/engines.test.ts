/** The same parts on every engine: one story, one transcript. */
import { Chip } from "../../platform/sim/chip";
import { Scheduler, Appointment } from "../../platform/sim/world/scheduler";
import { engineByName } from "../../../test/engines";
import { PackEmulator } from "../battery/emulator";
import { DfPlayerEmulator } from "../dfplayer/emulator";
import { BridgeEmulator } from "../drv8833/emulator";
import { Ds3231Emulator } from "../ds3231/emulator";
import { PiezoEmulator } from "../piezo/emulator";
import { Pn532Emulator } from "../pn532/emulator";

const image = { board: "sim", main: "hal/drivers/test/image" };
const busyPin = 34;

/** A chip with the emulated parts on it. */
class Table {
  readonly scheduler = new Scheduler();
  text = "";
  readonly player = new DfPlayerEmulator(this.scheduler, {
    send: (bytes) => this.image.received(1, bytes),
    // An image is not entered while it runs.
    busy: (level) => { this.scheduler.after(0, () => this.input(busyPin, level)); },
  });
  readonly cards = new Pn532Emulator(this.scheduler, (bytes) => this.image.received(2, bytes));
  readonly disc = new PiezoEmulator(this.scheduler);
  readonly bridge = new BridgeEmulator(this.scheduler, { travelMs: 1500 });
  readonly clock = new Ds3231Emulator(this.scheduler);
  readonly pack = new PackEmulator(this.scheduler, { mv: 7640, upperOhms: 1000000, lowerOhms: 330000, gated: true });
  private readonly levels = new Map([[busyPin, 1]]);
  private readonly timers = new Map<number, Appointment>();
  private readonly image;

  constructor(name: string) {
    const engine = engineByName(name, image);
    if (typeof engine === "string") throw new Error(engine);
    this.player.power(true);
    this.cards.power(true);
    this.image = engine(this.newChip());
  }

  /** Types letters and lets time pass. */
  after(letters: string, ms: number): this {
    if (letters !== "") this.image.received(0, letters);
    this.scheduler.run(this.scheduler.nowMs + ms);
    return this;
  }

  input(pin: number, level: number): void {
    this.levels.set(pin, level);
    this.image.pinChanged(pin, level);
  }

  end(): void {
    this.image.end();
  }

  private newChip(): Chip {
    const unused = (): never => { throw new Error("the image has no use for this"); };
    return {
      now: () => this.scheduler.nowMs,
      readPin: (pin) => this.levels.get(pin) ?? 0,
      writePin: (pin, level) => {
        if (pin === 21) this.bridge.sleep(level);
        else if (pin === 27) this.pack.enable(level === 1);
        else this.bridge.input(pin - 18, level);
      },
      send: (port, bytes) => {
        if (port === 0) this.text += bytes;
        else if (port === 1) this.player.receive(bytes);
        else this.cards.receive(bytes);
      },
      setTimer: (id, ms) => {
        this.scheduler.cancel(this.timers.get(id) ?? null);
        if (ms >= 0) this.timers.set(id, this.scheduler.after(ms, () => this.image.timerFired(id)));
      },
      i2cWrite: (_bus, address, bytes) => this.clock.write(address, bytes),
      i2cRead: (_bus, address, register, length) => this.clock.read(address, register, length),
      readAdc: (pin) => (pin === 32 ? this.pack.read() : this.bridge.sense.read()),
      setPwm: (_pin, hertz, permille) => {
        if (hertz === 0 || permille === 0) this.disc.stop();
        else this.disc.start(hertz, permille);
      },
      readFlash: (_address, length) => "\xff".repeat(length),
      writeFlash: unused, eraseFlash: unused, sha256: unused, random: (count) => "\0".repeat(count), bootCause: () => 0, restart: unused,
    };
  }
}

/** @returns what the image said, and what the parts did */
function story(name: string): string {
  const table = new Table(name);
  table.after("", 3000).after("vs", 100).after("b", 4000).after("gs", 500).after("h", 1000).after("S", 1000).after("x", 100);
  table.after("w", 1000).after("o", 1000).after("t", 2500);
  table.bridge.jammed = true;
  table.after("w", 4000);
  table.after("r", 10).after("c", 3000).after("r", 10);
  table.pack.mv = 6760;
  table.after("m", 1000);
  table.input(35, 1);
  table.after("l", 1000);
  table.cards.card = [0x04, 0xa1, 0xb2, 0xc3];
  table.after("", 1000).after("q", 500).after("d", 1000);
  table.player.power(false);
  table.clock.absent = true;
  table.after("s", 20000).after("r", 10);
  table.player.power(true);
  table.after("", 60000).after("s", 4000);
  table.end();
  const played = table.player.played.map((one) => `${one.atMs} plays ${one.folder}/${one.file} at ${one.volume}`);
  const drives = table.bridge.drives.map((one) => `${one.startMs} drives ${one.direction} until ${one.endMs}`);
  const tones = table.disc.tones.map((one) => `${one.atMs} ${one.hertz} Hz ${one.ms} ms`);
  return [table.text, ...played, ...drives, ...tones].join("\n");
}

let onNode = "";
beforeAll(() => { onNode = story("sim"); });

test("the story is one", () => {
  const said = onNode.split("\n").map((line) => line.replace(/^\d+ /, ""));
  for (const word of ["done", "battery 60 7643", "stalled 1", "stalled 2", "clock -1 0", "clock 3624479 58", "clock 3624480 1", "battery 19 6759", "usb on",
    "card 04A1B2C3", "gone", "card 0100AB12CD", "voice silent", "clock silent", "voice back"]) expect(said).toContain(word);
});

test("the same on Espruino, to the millisecond", () => {
  expect(story("espruino-js")).toBe(onNode);
});

/** NodeMCU's short timers go in steps of 10 ms: what happens is the same, when is not. */
const untimed = (text: string): string => text.replace(/^\d+ /gm, "").replace(/ until \d+$/gm, "");

test.each(["lua53", "lua51", "lua32"])("the same on %s", (name) => {
  expect(untimed(story(name))).toBe(untimed(onNode));
});
