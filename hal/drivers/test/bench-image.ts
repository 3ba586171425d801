/**
 * One part alone, for `npm run bench`: the first letter on the console chooses it, the next ones work it. Nothing is
 * said of what the part tells, it is only counted, so that what is measured is the driver. Written in the portable
 * subset, like the lock.
 */
import { I2c, Platform, Uart } from "../../ports";
import { Reader, ReaderEvents, ReaderFact } from "../../roles";
import { newAw9523b } from "../aw9523b/driver";
import { newDfPlayer } from "../dfplayer/driver";
import { newEfAa } from "../efaa/driver";
import { newMpr121 } from "../mpr121/driver";
import { CardReader, CardReaderEvents, newPn532 } from "../pn532/driver";
import { newR503 } from "../r503/driver";
import { newRdm6300 } from "../rdm6300/driver";

/** What the part has told: what was hoped for, what was not, and the template that it enrolled last. */
interface Facts {
  good: number;
  bad: number;
  template: number;
}

/** Works the part. */
type OnLetters = (this: void, letters: string) => void;

const enum Wire { Uart = 1, Wake = 33, FingerSupply = 25, PalmSupply = 26, Near = 35, KeysIrq = 27 }

export function startLock(platform: Platform): void {
  const facts: Facts = { good: 0, bad: 0, template: -1 };
  const parts: OnLetters[] = [];
  const console: Uart = platform.uart(0, 115200, (letters) => {
    if (letters === "?") console.write(facts.good.toString() + " " + facts.bad.toString());
    else if (parts.length === 0) parts.push(newPart(platform, letters, facts));
    else parts[0](letters);
  });
}

function newPart(platform: Platform, letter: string, facts: Facts): OnLetters {
  if (letter === "F") return newFinger(platform, facts);
  if (letter === "P") return newFace(platform, facts);
  if (letter === "V") return newVoice(platform, facts);
  if (letter === "N") return workCards(newPn532(platform, { uart: Wire.Uart }, newCardEvents(facts)));
  if (letter === "T") return workCards(newRdm6300(platform, { uart: Wire.Uart }, newCardEvents(facts)));
  return letter === "K" ? newKeys(platform, facts) : newLights(platform, facts);
}

function good(facts: Facts): void {
  facts.good = facts.good + 1;
}

function bad(facts: Facts): void {
  facts.bad = facts.bad + 1;
}

/** Not counted: it comes near, it goes, and the like. */
function pass(): void {
  return;
}

function newReaderEvents(facts: Facts): ReaderEvents {
  return {
    told: (fact, value) => {
      if (fact === ReaderFact.Enrolled) facts.template = value;
      if (fact === ReaderFact.Enrolled || fact === ReaderFact.Matched) good(facts);
      else if (fact !== ReaderFact.Near && fact !== ReaderFact.Gone && fact !== ReaderFact.Placed && fact !== ReaderFact.Again) bad(facts);
    },
    silent: () => { bad(facts); },
  };
}

function workReader(reader: Reader, facts: Facts, letters: string): void {
  if (letters === "e") reader.enrol();
  else if (letters === "l") reader.look(true);
  else if (letters === "q") reader.look(false);
  else if (letters === "x") reader.remove(facts.template);
}

function newFinger(platform: Platform, facts: Facts): OnLetters {
  const told = newReaderEvents(facts);
  const reader = newR503(platform, {
    uart: Wire.Uart, dialect: "grow", ring: "aura", serial: true, placements: 3, wakePin: Wire.Wake, wakeActiveLevel: 0,
    powerPin: Wire.FingerSupply, powerActiveLevel: 1, bootMs: 300, restMs: 2000, password: "00000000",
  }, {
    told: told.told, silent: told.silent,
    identified: () => { pass(); }, swapped: () => { bad(facts); }, unasked: () => { bad(facts); },
  });
  reader.trust("");
  return (letters) => { workReader(reader, facts, letters); };
}

function newFace(platform: Platform, facts: Facts): OnLetters {
  const module = newEfAa(platform, {
    uart: Wire.Uart, build: "sen0737", powerPin: Wire.PalmSupply, nearPin: Wire.Near, nearLevel: 1, idleMs: 5000, lookS: 10,
  }, {
    face: newReaderEvents(facts), palm: newReaderEvents(facts),
    identified: () => { pass(); }, swapped: () => { bad(facts); }, unasked: () => { bad(facts); },
  });
  module.expect(0);
  module.trust("");
  return (letters) => { workReader(module.face, facts, letters); };
}

function newVoice(platform: Platform, facts: Facts): OnLetters {
  const speech = newDfPlayer(platform, { uart: Wire.Uart, busyPin: -1 }, {
    done: () => { good(facts); },
    silent: () => { bad(facts); },
  });
  return (letters) => {
    if (letters === "s") speech.say(18, -1);
  };
}

function newCardEvents(facts: Facts): CardReaderEvents {
  return { card: () => { good(facts); }, gone: () => { pass(); }, silent: () => { bad(facts); } };
}

function workCards(reader: CardReader): OnLetters {
  return (letters) => {
    if (letters === "l") reader.look(true);
    else if (letters === "q") reader.look(false);
  };
}

/**
 * Transactions without a driver, for comparison.
 * @param text "b" to do them or "p" to pass over them; then of each "w", address, count, bytes, or "r", address, count, register
 */
function transact(i2c: I2c, text: string): void {
  const really = text.charAt(0) === "b";
  let at = 1;
  while (at < text.length) {
    const address = text.charCodeAt(at + 1);
    const count = text.charCodeAt(at + 2);
    if (text.charAt(at) === "w") {
      const bytes = text.substring(at + 3, at + 3 + count);
      if (really) i2c.write(address, bytes);
      at = at + 3 + count;
    } else {
      if (really) i2c.read(address, text.charCodeAt(at + 3), count);
      at = at + 4;
    }
  }
}

/** As many keys as a lock has: two chips. */
function newKeys(platform: Platform, facts: Facts): OnLetters {
  const i2c = platform.i2c(0);
  newMpr121(platform, i2c, {
    chips: [{ address: 0x5A, keys: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] }, { address: 0x5B, keys: [12, 13, 15] }],
    irqPin: Wire.KeysIrq, touchThreshold: 12, releaseThreshold: 6, samplePeriod: 3,
  }, {
    touched: () => { good(facts); },
    released: () => { good(facts); },
    silent: () => { bad(facts); },
  });
  return (letters) => { transact(i2c, letters); };
}

function newLights(platform: Platform, facts: Facts): OnLetters {
  const i2c = platform.i2c(0);
  const lights = newAw9523b(platform, i2c, {
    address: 0x58, maxCurrent: 3, pins: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13], brightness: [96, 96, 96, 96, 96, 96, 96, 96, 96, 96, 96, 96, 96, 96],
  }, { silent: () => { bad(facts); } });
  return (letters) => {
    if (letters === "s") lights.show(0x3FFF);
    else if (letters === "o") lights.show(0);
    else transact(i2c, letters);
  };
}
