import { randomInt } from "node:crypto";
import { EfAaEmulator, isModuleMemory, ModuleMemory } from "../../hal/drivers/efaa/emulator";
import { emulatedBuilds } from "../../hal/drivers/efaa/emulator-builds";
import { FacePose, Sense } from "../../hal/drivers/efaa/emulator-jobs";
import { choice, EmulatedPart, failure, lateMs, lineFailures, Modules, PartKind, plain, presenceOf, Stand, Word, Words } from "./part";

const poses: readonly string[] = ["straight", "up", "down", "left", "right"];

/** Chosen: what has been powered down starts again after this. Its supply, which the lock then switches, is no part of the line. */
const downMs = 500;
const powerDown = 0xed;

export const efaa: PartKind = {
  title: "face and palm module of the EF AA family",
  baud: 115200,
  models: Object.keys(emulatedBuilds),
  isMemory: isModuleMemory,
  start: startEfAa,
};

function newMemory(): ModuleMemory {
  return { serial: `SN${randomInt(1e9).toString().padStart(9, "0")}`, templates: [] };
}

function startEfAa(stand: Stand, model: string, kept: Modules | null): EmulatedPart {
  const modules = (kept?.all ?? [newMemory()]) as ModuleMemory[];
  let present = kept?.present ?? 0;
  const module = new EfAaEmulator(stand.times, stand.send, { build: model });
  module.load(modules[present]);
  module.power(true);
  const put = (): void => { modules[present] = module.save(); };
  const swap = (): void => {
    put();
    present = 1 - present;
    modules[present] ??= newMemory();
    module.load(modules[present]);
    module.restart();
  };
  return {
    words: {
      face: person(module, "face"), palm: person(module, "palm"), ...faultWords(module),
      swap: plain("swap", "another module in its place; again: the first one back", swap),
    },
    receive: (bytes) => {
      module.receive(bytes);
      if (module.heard.splice(0).includes(powerDown)) stand.times.after(downMs, () => module.restart());
    },
    // It has thrown the frame away already.
    recover: () => undefined,
    save: () => {
      put();
      return { present, all: modules };
    },
    templates: () => module.people.templates.length,
  };
}

function person(module: EfAaEmulator, sense: Sense): Word {
  const act = ([word, ...rest]: string[]): boolean => {
    const presence = word === "off" ? null : presenceOf(word ?? "");
    if (presence === null && word !== "off") return false;
    if (rest.length === 0) module.put(sense, presence);
    else if (sense === "face" && typeof presence === "number" && isPose(rest)) module.put(sense, presence, rest[1] as FacePose);
    else return false;
    return true;
  };
  const people = `${sense} <1-65535>|unknown|bad|off`;
  return { usage: sense === "palm" ? people : `${people}, or face <1-65535> pose <${poses.join("|")}>`, act };
}

function isPose(words: string[]): boolean {
  return words.length === 2 && words[0] === "pose" && poses.includes(words[1]);
}

function faultWords(module: EfAaEmulator): Words {
  return {
    ...lineFailures((fault) => module.faults.push(fault)),
    late: failure("late", "the next answer comes 3 s late", () => module.faults.push({ kind: "late", value: lateMs })),
    nack: failure("nack", "the next command is refused", () => module.faults.push({ kind: "nack" })),
    busy: plain("busy", "it is busy, and takes no job until it is reset", () => { module.busy = true; }),
    restart: plain("restart", "it starts again by itself", () => module.restart()),
    silent: choice("silent", { on: () => { module.mute = true; }, off: () => { module.mute = false; } }),
  };
}
