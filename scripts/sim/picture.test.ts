import { WriteStream } from "node:tty";
import { Beep, Key, Lamp, LampState } from "../../hal/roles";
import { startDriven } from "../../hal/platform/sim/world/test/driven-lock";
import { picture, pictureRows } from "./picture";
import { Screen } from "./screen";

const plain = (rows: string[]): string[] => rows.map((row) => row.replace(/\x1b\[[\d;]*m/g, ""));

test("the picture tells keypad, bolt, door, motor, supply, lights, sensors and voice", () => {
  const { lock, world, say } = startDriven();
  for (const line of ["door open", "finger 7", "usb on"]) say(line);
  const { beeper, bolt, keyLights, lamps, speech } = lock.drivers();
  keyLights.show(2 ** 1 + 2 ** Key.Ok);
  speech?.say(4, 12);
  beeper.beep(Beep.Key);
  lamps.set(Lamp.Guide, LampState.On);
  world.advance(1900);
  bolt.drive(1);
  world.advance(402);
  const rows = picture(world);
  expect(rows).toHaveLength(pictureRows);
  expect(Math.max(...plain(rows).map((row) => row.length))).toBeLessThanOrEqual(76);
  expect(rows[1]).toContain("\x1b[1;7m 1 \x1b[0m");
  expect(rows[4]).toContain("\x1b[1;7m ok \x1b[0m");
  expect(rows[1]).toContain("\x1b[2m 2 \x1b[0m");
  expect(plain(rows).map((row) => row.replace(/ +/g, " ").trim())).toEqual([
    expect.stringMatching(/^─+$/),
    "1 2 3 cancel bolt between [████····]",
    "4 5 6 away motor withdraws",
    "7 8 9 bell door open",
    "low 0 ok battery 8400 mV, USB power",
    "lights guide on, IR off, rear off",
    "on for 7 s sensors finger 7, palm -, face -",
    'voice "set direction 12" … beep key',
    expect.stringMatching(/^─+$/),
  ]);
  say("power off");
  expect(plain(picture(world))[6]).toContain("NO POWER");
});

describe("the screen", () => {
  function open(rows: number, columns: number): { screen: Screen; written: () => string; told: string[]; out: { rows: number } } {
    let text = "";
    const told: string[] = [];
    const out = { rows, columns, write: (more: string) => { text += more; return true; } };
    const screen = new Screen(out as unknown as WriteStream, (line) => told.push(line));
    screen.open();
    return { screen, out, told, written: () => { const taken = text; text = ""; return taken; } };
  }

  test("keeps the rows above for the picture, redraws only what changed, and gives all back", () => {
    const { screen, written, out } = open(40, 100);
    expect(written()).toContain("\x1b[10;40r");
    screen.draw(["a"]);
    expect(written()).toBe("\x1b7\x1b[1;1H\x1b[Ka\x1b8");
    screen.draw(["a"]);
    expect(written()).toBe("");
    out.rows = 30;
    screen.open();
    expect(written()).toContain("\x1b[10;30r");
    screen.close();
    expect(written()).toContain("\x1b[r");
  });

  test("a small terminal has no picture, also one that became small", () => {
    const small = open(12, 100);
    small.screen.draw(["a"]);
    small.screen.open();
    expect(small.written()).toBe("");
    expect(small.told).toEqual(["the picture needs 78x15, this terminal has 100x12"]);
    const shrunk = open(40, 100);
    shrunk.written();
    shrunk.out.rows = 10;
    shrunk.screen.open();
    expect(shrunk.written()).toContain("\x1b[r");
    shrunk.screen.draw(["a"]);
    expect(shrunk.written()).toBe("");
    expect(shrunk.told).toEqual(["the picture needs 78x15, this terminal has 100x10"]);
  });
});
