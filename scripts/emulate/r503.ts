import { randomBytes } from "node:crypto";
import { Fault, R503Emulator } from "../../hal/drivers/r503/emulator";
import { isModuleMemory, ModuleMemory, moduleKinds } from "../../hal/drivers/r503/emulator-sensor";
import { choice, EmulatedPart, failure, Modules, PartKind, plain, presenceOf, Stand, Words } from "./part";

type Model = keyof typeof moduleKinds;

/** Chosen: what has been told to sleep starts again after this. Its supply, which the lock then switches, is no part of the line. */
const sleepMs = 500;
const sleepCommand = 0x33;

export const r503: PartKind = {
  title: "fingerprint reader of the EF01 family",
  baud: 57600,
  models: Object.keys(moduleKinds),
  isMemory: isModuleMemory,
  start: startR503,
};

function newMemory(): ModuleMemory {
  return { templates: [], notepad: [], serial: randomBytes(32).toString("hex"), password: "00000000" };
}

function startR503(stand: Stand, model: string, kept: Modules | null): EmulatedPart {
  const modules = (kept?.all ?? [newMemory()]) as ModuleMemory[];
  let present = kept?.present ?? 0;
  const reader = new R503Emulator(stand.times, stand.send, moduleKinds[model as Model], modules[present]);
  reader.power(true);
  const put = (): void => { modules[present] = reader.save(); };
  const swap = (): void => {
    put();
    present = 1 - present;
    modules[present] ??= newMemory();
    reader.swap(modules[present]);
  };
  return {
    words: { ...fingerWords(reader), ...faultWords(reader), swap: plain("swap", "another module in its place; again: the first one back", swap) },
    receive: (bytes) => {
      reader.receive(bytes);
      const asleep = reader.heard.splice(0).some(([command]) => command === sleepCommand);
      if (asleep) stand.times.after(sleepMs, () => reader.restart());
    },
    recover: () => reader.restart(),
    save: () => {
      put();
      return { present, all: modules };
    },
    templates: () => reader.sensor.templates.size,
  };
}

function fingerWords(reader: R503Emulator): Words {
  const act = ([word, ...rest]: string[]): boolean => {
    if (word === undefined || rest.length > 0) return false;
    const presence = presenceOf(word);
    if (presence !== null) reader.put(presence);
    else if (word === "off") reader.off();
    return presence !== null || word === "off";
  };
  return {
    finger: { usage: "finger <1-65535>|unknown|bad|off", act },
    restart: plain("restart", "it starts again by itself", () => reader.restart()),
    silent: choice("silent", { on: () => { reader.silent = true; }, off: () => { reader.silent = false; } }),
  };
}

function faultWords(reader: R503Emulator): Words {
  const faults: [string, Fault, string][] = [
    ["lose", "lost-byte", "a byte of the next answer is lost"],
    ["flip", "flipped-bit", "a bit of the next answer is wrong"],
    ["double", "doubled", "the next answer comes twice"],
    ["late", "late", "the next answer comes 3 s late"],
    ["busy", "busy", "the next command finds it busy"],
    ["nack", "not-understood", "the next command is not understood"],
    ["fail", "failed", "the next command fails"],
  ];
  return Object.fromEntries(faults.map(([word, fault, meaning]) => [word, failure(word, meaning, () => reader.fail(fault))]));
}
