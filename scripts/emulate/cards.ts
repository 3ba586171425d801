/** The two card readers. */
import { Pn532Emulator } from "../../hal/drivers/pn532/emulator";
import { Rdm6300Emulator } from "../../hal/drivers/rdm6300/emulator";
import { choice, EmulatedPart, failure, lineFailures, PartKind, plain, Stand, Word } from "./part";

export const pn532: PartKind = {
  title: "card reader PN532 (13.56 MHz)",
  baud: 115200,
  models: ["pn532"],
  isMemory: null,
  start: startPn532,
};

export const rdm6300: PartKind = {
  title: "card reader RDM6300 (125 kHz)",
  baud: 9600,
  models: ["rdm6300"],
  isMemory: null,
  start: startRdm6300,
};

function startPn532(stand: Stand): EmulatedPart {
  const chip = new Pn532Emulator(stand.times, stand.send);
  chip.aborts = true;
  chip.power(true);
  const restart = (): void => {
    chip.power(false);
    chip.power(true);
  };
  return {
    words: {
      card: card("8, 14 or 20 hexadecimal digits", /^(?:[0-9a-f]{8}|[0-9a-f]{14}|[0-9a-f]{20})$/i, (id) => { chip.card = id; }),
      ...lineFailures((fault) => chip.faults.push(fault)),
      nack: failure("nack", "the next look is refused", () => chip.faults.push({ kind: "nack" })),
      restart: plain("restart", "it starts again by itself", restart),
      silent: choice("silent", { on: () => { chip.mute = true; }, off: () => { chip.mute = false; } }),
    },
    receive: (bytes) => {
      chip.receive(bytes);
      chip.heard.length = 0;
    },
    // It has thrown the frame away already.
    recover: () => undefined,
  };
}

function startRdm6300(stand: Stand): EmulatedPart {
  let silent = false;
  const reader = new Rdm6300Emulator(stand.times, (bytes) => { if (!silent) stand.send(bytes); });
  const put = (id: number[] | null): void => {
    if (id === null) reader.put(null);
    else reader.put(id.slice(1).reduce((tag, byte) => tag * 256 + byte, 0), id[0]);
  };
  return {
    words: {
      card: card("10 hexadecimal digits", /^[0-9a-f]{10}$/i, put),
      ...lineFailures((fault) => reader.faults.push(fault)),
      silent: choice("silent", { on: () => { silent = true; }, off: () => { silent = false; } }),
    },
    receive: () => { throw new Error("the reader hears nothing"); },
    recover: () => undefined,
  };
}

function card(digits: string, pattern: RegExp, put: (id: number[] | null) => void): Word {
  return {
    usage: `card <${digits}>|off`,
    act: ([word, ...rest]) => {
      if (word === undefined || rest.length > 0 || (word !== "off" && !pattern.test(word))) return false;
      put(word === "off" ? null : [...Buffer.from(word, "hex")]);
      return true;
    },
  };
}
