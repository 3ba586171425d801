/** What the bench does with each part: from the start over many rounds to the removal of what was enrolled. */
import { Aw9523bEmulator } from "../../hal/drivers/aw9523b/emulator";
import { DfPlayerEmulator } from "../../hal/drivers/dfplayer/emulator";
import { EfAaEmulator } from "../../hal/drivers/efaa/emulator";
import { Mpr121Emulator } from "../../hal/drivers/mpr121/emulator";
import { Pn532Emulator } from "../../hal/drivers/pn532/emulator";
import { R503Emulator } from "../../hal/drivers/r503/emulator";
import { moduleKinds } from "../../hal/drivers/r503/emulator-sensor";
import { Rdm6300Emulator } from "../../hal/drivers/rdm6300/emulator";
import { Call, PartTable } from "./part-table";

export interface Story {
  /** Until it rests, somebody enrolled where somebody can be. */
  begin(): void;
  /** One finger, face, prompt, card, touch. */
  round(): void;
  end(): void;
}

export interface Part {
  name: string;
  /** What counts as its frame. */
  frame: string;
  /** By which the image knows it. */
  letter: string;
  isFrame(call: Call): boolean;
  /** A round is measured as one, else each frame of it. */
  whole: boolean;
  /** What the driver tells the lock in a round. */
  facts: number;
  /** Puts the emulated part on the table. */
  fit(table: PartTable): Story;
}

const [fingerWake, fingerSupply, palmSupply, near, keysIrq] = [33, 25, 26, 35, 27];
const nothing = (): void => undefined;

function fitFinger(table: PartTable): Story {
  const module = new R503Emulator(table.scheduler, (bytes) => table.received(bytes), moduleKinds.r503);
  module.onWake = (level) => table.input(fingerWake, level);
  table.input(fingerWake, module.wakeLevel);
  table.device = {
    receive: (bytes) => module.receive(bytes),
    output: (pin, level) => { if (pin === fingerSupply) module.power(level === 1); },
  };
  const touch = (): void => {
    module.put(7);
    table.pass(1500);
    module.off();
    table.pass(1000);
  };
  return {
    begin: () => {
      table.pass(10000);
      table.letter("e");
      table.pass(4000);
      for (let placement = 0; placement < 3; placement++) touch();
    },
    round: touch,
    end: () => {
      table.letter("x");
      table.pass(5000);
    },
  };
}

function fitFace(table: PartTable): Story {
  const module = new EfAaEmulator(table.scheduler, (bytes) => table.received(bytes), { onNear: (level) => table.input(near, level) });
  table.device = {
    receive: (bytes) => module.receive(bytes),
    output: (pin, level) => { if (pin === palmSupply) module.power(level === 1); },
  };
  const meet = (letter: string, ms: number): void => {
    module.put("face", 1);
    table.letter(letter);
    table.pass(ms);
    table.letter("q");
    module.put("face", null);
    table.pass(3000);
  };
  return {
    begin: () => {
      table.pass(3000);
      meet("e", 15000);
    },
    round: () => meet("l", 3000),
    end: () => {
      table.letter("x");
      table.pass(10000);
    },
  };
}

function fitVoice(table: PartTable): Story {
  const module = new DfPlayerEmulator(table.scheduler, { send: (bytes) => table.received(bytes) });
  table.device = { receive: (bytes) => module.receive(bytes) };
  module.power(true);
  return {
    begin: () => table.pass(4000),
    round: () => {
      table.letter("s");
      table.pass(1500);
    },
    end: nothing,
  };
}

/** @param show puts a card before the reader, or takes it away */
function cardStory(table: PartTable, show: (there: boolean) => void): Story {
  return {
    begin: () => {
      table.pass(2000);
      table.letter("l");
    },
    round: () => {
      show(true);
      table.pass(1000);
      show(false);
      table.pass(1000);
    },
    end: () => {
      table.letter("q");
      table.pass(1000);
    },
  };
}

function fitCards(table: PartTable): Story {
  const module = new Pn532Emulator(table.scheduler, (bytes) => table.received(bytes));
  table.device = { receive: (bytes) => module.receive(bytes) };
  module.power(true);
  return cardStory(table, (there) => { module.card = there ? [0x04, 0xA1, 0xB2, 0xC3] : null; });
}

function fitTags(table: PartTable): Story {
  const module = new Rdm6300Emulator(table.scheduler, (bytes) => table.received(bytes));
  return cardStory(table, (there) => module.put(there ? 0x00AB12CD : null));
}

function fitKeys(table: PartTable): Story {
  const chips = [new Mpr121Emulator(table.scheduler), new Mpr121Emulator(table.scheduler)];
  const chipAt = (address: number): Mpr121Emulator => chips[address - 0x5A];
  for (const chip of chips) chip.onIrq = () => table.input(keysIrq, Math.min(chips[0].irqLevel, chips[1].irqLevel));
  table.input(keysIrq, 1);
  table.device = {
    i2cWrite: (address, bytes) => chipAt(address).write(bytes),
    i2cRead: (address, register, length) => chipAt(address).read(register, length),
  };
  return {
    begin: () => table.pass(1000),
    round: () => {
      chips[0].touch(5);
      table.pass(80);
      chips[0].release(5);
      table.pass(80);
    },
    end: nothing,
  };
}

function fitLights(table: PartTable): Story {
  const chip = new Aw9523bEmulator(table.scheduler);
  table.device = {
    i2cWrite: (_address, bytes) => chip.write(bytes),
    i2cRead: (_address, register, length) => chip.read(register, length),
  };
  return {
    begin: () => table.pass(100),
    round: () => {
      table.letter("s");
      if (chip.lit() !== 0x3FFF) throw new Error("the lights do not shine");
      table.letter("o");
    },
    end: nothing,
  };
}

/** A reply to a search has five bytes; the length tells it from all others of a match. */
const isSearchReply = ({ bytes }: Call): boolean => bytes.length === 16;
const isVerifyReply = ({ bytes }: Call): boolean => bytes.charCodeAt(2) === 0 && bytes.charCodeAt(5) === 0x12;

export const parts: Part[] = [
  { name: "r503", frame: "match", letter: "F", facts: 1, whole: false, fit: fitFinger, isFrame: isSearchReply },
  { name: "efaa", frame: "match", letter: "P", facts: 1, whole: false, fit: fitFace, isFrame: isVerifyReply },
  { name: "dfplayer", frame: "finished", letter: "V", facts: 1, whole: false, fit: fitVoice, isFrame: ({ bytes }) => bytes.charCodeAt(3) === 0x3D },
  { name: "pn532", frame: "card", letter: "N", facts: 1, whole: false, fit: fitCards, isFrame: ({ bytes }) => bytes.includes("\xd5\x4b\x01") },
  { name: "rdm6300", frame: "tag", letter: "T", facts: 1, whole: false, fit: fitTags, isFrame: ({ kind }) => kind === "frame" },
  { name: "mpr121", frame: "touch and release", letter: "K", facts: 2, whole: true, fit: fitKeys, isFrame: () => true },
  { name: "aw9523b", frame: "show of 14 keys", letter: "L", facts: 0, whole: false, fit: fitLights, isFrame: ({ bytes }) => bytes === "s" },
];
