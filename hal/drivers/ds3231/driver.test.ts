import { Scheduler } from "../../platform/sim/world/scheduler";
import { hexOf, newRandom } from "../test/platform";
import { newDs3231 } from "./driver";
import { Ds3231Emulator } from "./emulator";
import { minutesOf, secondsOf, timeBytes } from "./registers";

const epoch = Date.UTC(2020, 0, 1);
const minutesAt = (text: string): number => (Date.parse(`${text}Z`) - epoch) / 60000;

function newRig(cell = true) {
  const scheduler = new Scheduler();
  const emulator = new Ds3231Emulator(scheduler, cell);
  const said: string[] = [];
  const clock = newDs3231(emulator, { silent: (silent) => { said.push(`silent ${silent}`); } });
  return { emulator, clock, said, pass: (ms: number) => { scheduler.run(scheduler.nowMs + ms); } };
}

describe("registers", () => {
  test.each([
    ["2020-01-01T00:00:00", "00 00 00 03 01 01 20"],
    ["2024-02-29T23:59:59", "59 59 23 04 29 02 24"],
    ["2026-11-22T08:05:30", "30 05 08 07 22 11 26"],
    ["2050-12-31T23:59:00", "00 59 23 06 31 12 50"],
  ])("%s", (text, hex) => {
    const minutes = Math.floor(minutesAt(text));
    const bytes = timeBytes(minutes, Number(text.slice(17)));
    expect(hexOf(bytes)).toBe(hex);
    expect([minutesOf(bytes), secondsOf(bytes)]).toEqual([minutes, Number(text.slice(17))]);
  });

  test("every day there is, against the calendar of the host", () => {
    for (let day = 0; day * 1440 < minutesAt("2051-01-01T00:00"); day++) {
      const minutes = day * 1440 + (day * 7) % 1440;
      const bytes = timeBytes(minutes, day % 60);
      const host = new Date(epoch + minutes * 60000);
      const weekday = (host.getUTCDay() + 6) % 7 + 1;
      const expected = [day % 60, host.getUTCMinutes(), host.getUTCHours(), weekday, host.getUTCDate(), host.getUTCMonth() + 1, host.getUTCFullYear() - 2000];
      expect(hexOf(bytes)).toBe(expected.map((one) => String(one).padStart(2, "0")).join(" "));
      expect(minutesOf(bytes)).toBe(minutes);
    }
  });

  test.each([
    ["a digit above 9", [0x5a, 0, 0, 1, 1, 1, 0x26]],
    ["60 seconds", [0x60, 0, 0, 1, 1, 1, 0x26]],
    ["60 minutes", [0, 0x60, 0, 1, 1, 1, 0x26]],
    ["24 hours", [0, 0, 0x24, 1, 1, 1, 0x26]],
    ["the 12-hour mode", [0, 0, 0x52, 1, 1, 1, 0x26]],
    ["day 0", [0, 0, 0, 1, 0, 1, 0x26]],
    ["30 February", [0, 0, 0, 1, 0x30, 2, 0x24]],
    ["29 February in a plain year", [0, 0, 0, 1, 0x29, 2, 0x26]],
    ["month 13", [0, 0, 0, 1, 1, 0x13, 0x26]],
    ["the next century", [0, 0, 0, 1, 1, 0x81, 0x26]],
    ["2019", [0, 0, 0, 1, 1, 1, 0x19]],
    ["2051", [0, 0, 0, 1, 1, 1, 0x51]],
  ])("%s is no time", (_name, codes) => {
    expect(minutesOf(String.fromCharCode(...codes))).toBe(-1);
  });
});

describe("clock", () => {
  test("a new chip is not set; set, it runs", () => {
    const { emulator, clock, pass, said } = newRig();
    expect(clock.read()).toBe(-1);
    clock.set(minutesAt("2026-02-28T23:59"), 58);
    expect(emulator.text()).toBe("2026-02-28 23:59:58");
    expect([clock.read(), clock.seconds()]).toEqual([minutesAt("2026-02-28T23:59"), 58]);
    pass(2000);
    expect([clock.read(), clock.seconds()]).toEqual([minutesAt("2026-03-01T00:00"), 0]);
    expect([emulator.register(0x0e), emulator.register(0x0f)]).toEqual([0x04, 0]);
    expect(said).toEqual([]);
  });

  test("through a power cut with the coin cell", () => {
    const { emulator, clock } = newRig();
    clock.set(minutesAt("2026-12-31T23:00"), 0);
    emulator.powerCycle(2 * 3600000);
    expect(clock.read()).toBe(minutesAt("2027-01-01T01:00"));
  });

  test("without the coin cell the flag says that it stood: not set", () => {
    const { emulator, clock } = newRig(false);
    clock.set(minutesAt("2026-12-31T23:00"), 0);
    emulator.powerCycle(1000);
    expect(emulator.register(0x0f) & 0x80).toBe(0x80);
    expect(clock.read()).toBe(-1);
    // A plausible date does not make up for the flag.
    emulator.poke(6, 0x26);
    expect(clock.read()).toBe(-1);
    clock.set(minutesAt("2026-12-31T23:10"), 0);
    expect(clock.read()).toBe(minutesAt("2026-12-31T23:10"));
  });

  test("what is no time is not set", () => {
    const { emulator, clock } = newRig();
    for (const [minutes, seconds] of [[-1, 0], [16305120, 0], [0, 60], [0, -1]]) clock.set(minutes, seconds);
    expect(emulator.transactions).toBe(0);
    clock.set(16305119, 59);
    expect(clock.read()).toBe(16305119);
  });

  test("memory goes through JSON", () => {
    const one = newRig();
    one.clock.set(5000, 7);
    const other = newRig();
    other.emulator.load(JSON.parse(JSON.stringify(one.emulator.save())));
    expect(other.clock.read()).toBe(5000);
  });
});

describe("faults", () => {
  test("a clock that does not answer is told once, and once when it is back", () => {
    const { emulator, clock, said } = newRig();
    clock.set(5000, 0);
    emulator.absent = true;
    for (let i = 0; i < 5; i++) expect(clock.read()).toBe(-1);
    clock.set(6000, 0);
    expect(said).toEqual(["silent true"]);
    emulator.absent = false;
    expect(clock.read()).toBe(5000);
    expect(said).toEqual(["silent true", "silent false"]);
  });

  test("every single flipped bit of a reading: the right time or none", () => {
    const { emulator, clock } = newRig();
    clock.set(minutesAt("2026-11-22T08:05"), 30);
    for (const before of [[], [""]] as ""[][]) {
      for (let bit = 0; bit < 128; bit++) {
        emulator.faults = [...before, { flip: bit }];
        expect([-1, minutesAt("2026-11-22T08:05")]).toContain(clock.read());
        expect([0, 30, 31]).toContain(clock.seconds());
        emulator.faults = [];
      }
    }
  });

  test("a set that is cut short at any moment leaves the new time or none, never a mixture", () => {
    const old = minutesAt("2026-11-22T08:05");
    const late = minutesAt("2031-03-07T19:44");
    const seen = new Set<number>();
    for (let cut = 0; cut < 8; cut++) {
      const { emulator, clock } = newRig();
      clock.set(old, 0);
      emulator.cutAfter = cut;
      clock.set(late, 0);
      emulator.cutAfter = -1;
      seen.add(clock.read());
    }
    expect([...seen].sort((a, b) => a - b)).toEqual([-1, old, late]);
  });

  test("a set that did not arrive is tried again, and given up as not set", () => {
    const { emulator, clock, said } = newRig();
    emulator.faults = ["", "", "", { flip: 9 }];
    clock.set(5000, 0);
    expect(clock.read()).toBe(5000);
    emulator.faults = ["", "", "", { flip: 9 }, "", "", "", { flip: 9 }, "", "", "", { flip: 9 }];
    clock.set(6000, 0);
    expect(said).toEqual(["silent true"]);
    expect(clock.read()).toBe(-1);
    expect(said).toEqual(["silent true", "silent false"]);
  });

  test("random registers: a time that there is, or none, and no exception", () => {
    const random = newRandom(5);
    for (let i = 0; i < 10000; i++) {
      const bytes = String.fromCharCode(...Array.from({ length: 16 }, () => random(random(2) === 0 ? 256 : 0x24)));
      const bus = { read: () => bytes.slice(0, random(20) === 0 ? random(16) : 16), write: () => random(2) === 0 };
      const clock = newDs3231(bus, { silent: () => undefined });
      const minutes = clock.read();
      expect(minutes === -1 || (minutes >= 0 && minutes < 16305120)).toBe(true);
      clock.set(i, i % 60);
    }
  });
});
