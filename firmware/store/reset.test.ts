/** R1, C9: what a factory reset leaves of the secrets in the raw flash, wherever the supply goes. */
import { PowerLost } from "../../hal/platform/sim/chip";
import { CODES, PAGE, command, digests, furnished, ownerOf, platformOf, start, startOn, wearOut } from "../../test/rig/stored-lock";
import { StrictFlash, copyOf } from "../../test/rig/strict-flash";
import { Command } from "../core/events";
import { AREA_PAGES } from "./log";
import { storePreferences } from "./store";

/** A lock with everything secret there is, and those secrets in pieces of four bytes: no chance in an image of this size. */
function secretive(): { base: StrictFlash; pieces: string[] } {
  const base = furnished();
  const r = start(base);
  wearOut(r);
  r.store.prefs.password = "0123456789abcdef";
  storePreferences(r.store);
  const { prefs, generator } = r.store;
  const secrets = [r.vault.key, prefs.journalKey, generator.kept, prefs.password, ...prefs.identities, ...digests(r)];
  expect(secrets.map((secret) => secret.length)).toEqual([32, 32, 32, 16, 64, 32, ...Array<number>(7).fill(16)]);
  return { base, pieces: secrets.flatMap((secret) => secret.match(/[^]{4}/g) ?? []) };
}

const { base, pieces } = secretive();

function left(flash: StrictFlash, from = 0, length = flash.bytes.length): string[] {
  const image = Buffer.from(flash.bytes.buffer, flash.bytes.byteOffset + from, length).toString("latin1");
  return pieces.filter((piece) => image.includes(piece));
}

test("they all stand in the flash before", () => {
  expect(left(base)).toEqual(pieces);
});

test("no page is erased that still holds a piece of one: each is overwritten with zeros before", () => {
  const flash = copyOf(base);
  const r = start(flash);
  let erases = 0;
  flash.onOperation = ({ kind, address }) => {
    if (kind === "write" || address >= 2 * AREA_PAGES * PAGE) return;
    erases++;
    expect([address, left(flash, address, PAGE)]).toEqual([address, []]);
  };
  command(r, Command.FactoryReset);
  expect(erases).toBeGreaterThanOrEqual(2 * AREA_PAGES);
  expect(left(flash)).toEqual([]);
});

test("after a cut at any operation the next start leaves nothing of them, unless the reset had not begun", () => {
  let begun = false;
  for (let operation = 1; ; operation++) {
    let cut = false;
    for (const byte of [0, undefined]) {
      const flash = copyOf(base);
      const r = start(flash);
      flash.cutAt({ operation, byte });
      try {
        command(r, Command.FactoryReset);
      } catch (error) {
        if (!(error instanceof PowerLost)) throw error;
        cut = true;
      }
      flash.cutAt(null);
      // Another time than that of the first start: where nothing is kept, all else is the same.
      const again = startOn({ ...platformOf(flash), now: () => operation });
      begun = begun || ownerOf(again, CODES[0]) === 0;
      expect([operation, byte, left(flash).length > 0]).toEqual([operation, byte, !begun]);
    }
    if (cut) continue;
    expect(operation).toBeGreaterThan(380);
    break;
  }
  expect(begun).toBe(true);
}, 60000);
