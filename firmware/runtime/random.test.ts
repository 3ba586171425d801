import { sha256 } from "../../hal/platform/sim/world/entropy";
import { Platform } from "../../hal/ports";
import { Command, Event, Role } from "../core/events";
import { furnished, command, giveCode, newFlash, ownerOf, passcodeOf, platformOf, start, startOn, tell } from "../../test/rig/stored-lock";
import { StrictFlash, copyOf } from "../../test/rig/strict-flash";
import { PowerLost } from "../../hal/platform/sim/chip";
import { Generator, draw, newGenerator, seed, stir, useGenerator } from "./random";

/** The worst chip there is: its random bytes are always the same. */
function poor(now = 0): { platform: Platform; clock: { ms: number } } {
  const clock = { ms: now };
  return { platform: { sha256, now: () => clock.ms, random: (count: number) => "x".repeat(count) } as unknown as Platform, clock };
}

function seeded(kept: string, now = 0): Generator {
  const g = newGenerator(poor(now).platform);
  g.kept = kept;
  seed(g);
  return g;
}

test("the same state, noise and time give the same bytes: nothing else goes in", () => {
  expect(draw(seeded("a"), 100)).toBe(draw(seeded("a"), 100));
  expect(draw(seeded("a"), 100).length).toBe(100);
});

test("what differs in the kept state, in the time, or in when a fact came, makes other bytes", () => {
  const facts = (ms: number): Generator => {
    const { platform, clock } = poor();
    const g = newGenerator(platform);
    seed(g);
    clock.ms = ms;
    stir(g, Event.Touched);
    return g;
  };
  const drawn = [seeded("a"), seeded("b"), seeded("a", 1), facts(1000), facts(1001), facts(70000)].map((g) => draw(g, 32));
  expect(new Set(drawn).size).toBe(drawn.length);
});

test("what is kept is neither drawn nor the state that is drawn from", () => {
  const g = seeded("a");
  const kept = g.kept;
  const drawn = draw(g, 3200);
  expect(drawn.includes(kept)).toBe(false);
  expect(new Set(drawn.match(/[^]{32}/g)).size).toBe(100);
  expect([g.state, sha256(g.state + "kept")]).not.toContain(kept);
});

test("drivers that ask the platform get the generator's bytes", () => {
  const { platform } = poor();
  const g = newGenerator(platform);
  seed(g);
  useGenerator(platform, g);
  expect(platform.random(16)).not.toBe("x".repeat(16));
  expect(platform.random(16)).not.toBe(platform.random(16));
});

test("bits are as often 1 as 0, and bytes follow no other", () => {
  const bytes = Buffer.from(draw(seeded("a"), 65536), "latin1");
  let ones = 0;
  for (const byte of bytes) for (let bit = 0; bit < 8; bit++) ones += (byte >> bit) & 1;
  // Four standard deviations of 524 288 throws of a coin.
  expect(Math.abs(ones - 262144)).toBeLessThan(4 * 362);
  const seen = new Array<number>(256).fill(0);
  for (const byte of bytes) seen[byte]++;
  const chiSquare = seen.reduce((sum, n) => sum + (n - 256) ** 2 / 256, 0);
  // 255 degrees of freedom: 0.1 % above 331, 0.1 % below 190.
  expect(chiSquare).toBeGreaterThan(190);
  expect(chiSquare).toBeLessThan(331);
});

describe("no state is used twice", () => {
  test("over starts whose chip, clock and cuts are all the same", () => {
    let flash = furnished();
    const seen = new Set<string>();
    let starts = 0;
    for (let round = 0; round < 4; round++) {
      for (let operation = 1; operation <= 8; operation++) {
        for (const byte of [0, undefined, 4096]) {
          flash = copyOf(flash);
          flash.cutAt({ operation, byte });
          try {
            const { generator } = start(flash).store;
            seen.add(draw(generator, 32));
            starts++;
          } catch (error) {
            if (!(error instanceof PowerLost)) throw error;
          }
          flash.cutAt(null);
          seen.add(draw(start(flash).store.generator, 32));
          starts++;
        }
      }
    }
    expect(starts).toBeGreaterThanOrEqual(96);
    expect(seen.size).toBe(starts);
  });

  test("what is drawn comes after the flash has the next state", () => {
    const flash = furnished();
    const before = start(copyOf(flash)).store.generator.kept;
    const r = start(flash);
    expect(r.store.generator.kept).toBe(before);
    expect(Buffer.from(flash.bytes).toString("latin1").includes(r.store.generator.kept)).toBe(true);
  });
});

describe("two fresh locks whose chip gives the same bytes", () => {
  /** A new lock, its first passcode given with these pauses between the keys. */
  function installed(flash: StrictFlash, pauses: number[]): { first: string; key: string; own: boolean } {
    const clock = { ms: 0 };
    const r = startOn({ ...platformOf(flash), now: () => clock.ms });
    const first = r.vault.key;
    command(r, Command.AddUser, Role.Admin);
    for (const pause of pauses) {
      clock.ms += pause;
      tell(r, Event.Touched, 20);
    }
    giveCode(r, Command.Passcode, "604827", 1);
    return { first, key: r.vault.key, own: ownerOf(start(flash), "604827") === passcodeOf(1) };
  }

  test("begin with the same key, which nothing hangs on, and have different ones when the first passcode is stored", () => {
    const a = installed(newFlash(), [812, 300, 291]);
    const b = installed(newFlash(), [812, 300, 292]);
    expect(a.first).toBe(b.first);
    expect(new Set([a.first, a.key, b.key]).size).toBe(3);
    expect([a.own, b.own]).toEqual([true, true]);
  });

  test("the key stays when a second passcode comes, or the console has a password", () => {
    const flash = newFlash();
    const { key } = installed(flash, [5]);
    const r = start(flash);
    command(r, Command.AddUser, Role.User);
    giveCode(r, Command.Passcode, "739154", 2);
    expect(r.vault.key).toBe(key);
    command(r, Command.DeleteUser, 2);
    const other = start(newFlash());
    other.store.prefs.password = "0123456789abcdef";
    const before = other.vault.key;
    command(other, Command.AddUser, Role.Admin);
    giveCode(other, Command.Passcode, "604827", 1);
    expect(other.vault.key).toBe(before);
  });
});
