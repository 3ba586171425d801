import { WriteStream } from "node:tty";
import { fakeBoard, newFakeLock } from "../../test/rig/fake-lock";
import { newWorld, Session } from "../../hal/platform/sim/world";
import { picture, pictureRows } from "./picture";
import { Screen } from "./screen";

const plain = (rows: string[]): string[] => rows.map((row) => row.replace(/\x1b\[[\d;]*m/g, ""));

test("the picture tells keypad, bolt, door, motor, supply, lights, sensors and voice", () => {
  const lock = newFakeLock();
  const world = newWorld({ board: fakeBoard, engine: lock.engine });
  const session = new Session(world);
  world.powerOn();
  for (const line of ["door open", "finger 7", "usb on"]) session.perform(line);
  for (const line of ["lit 2050", "say 4 12", "beep 1", "lamp 0 3", "palm enrol"]) lock.tellParts(line);
  lock.chip().writePin(fakeBoard.pins.motorWithdraw, 1);
  world.advance(400);
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
    "lights guide flashing, IR off, rear off",
    "on for 0 s sensors finger 7, palm - (enrolling), face -",
    'voice "set direction 12" … beep key',
    expect.stringMatching(/^─+$/),
  ]);
  session.perform("power off");
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
