/** Streams that no module sends, for tests and for the fuzz script. */
import { newRandom, randomBytes } from "../../test/platform";
import { BuildName } from "../builds";
import { ModuleMemory } from "../emulator";
import { Presence, Sense, Template } from "../emulator-jobs";
import { encode } from "../frames";
import { enrolled, Rig } from "./rig";

type Random = (below: number) => number;

const mids = [0x10, 0x11, 0x12, 0x13, 0x1d, 0x20, 0x21, 0x22, 0x23, 0x24, 0x26, 0x27, 0x30, 0x93, 0xed];

/** Noise, headers with noise, whole frames, and answers with a right check byte and made-up contents. */
function randomStream(random: Random): string {
  let bytes = "";
  for (let i = 1 + random(4); i > 0; i--) {
    const kind = random(7);
    if (kind === 0) bytes += randomBytes(random, random(80));
    else if (kind === 1) bytes += "\xef\xaa" + randomBytes(random, random(60));
    else if (kind === 2) bytes += encode(random(3), randomBytes(random, random(50)));
    else if (kind === 3) bytes += encode(1, String.fromCharCode(random(3)) + randomBytes(random, [0, 1, 16][random(3)]));
    else if (kind === 4) bytes += encode(0, String.fromCharCode(0x12, 0) + randomBytes(random, 34) + "\0" + String.fromCharCode([200, 250, 1, 2][random(4)]));
    else if (kind === 5) bytes += encode(0, String.fromCharCode([0x13, 0x1d, 0x26, 0x27][random(4)], 0, random(3) * 127, random(4), random(32)));
    else bytes += encode(0, String.fromCharCode(mids[random(mids.length)], random(3) === 0 ? random(256) : 0) + randomBytes(random, random(40)));
  }
  return random(5) === 0 ? bytes.slice(random(3), bytes.length - random(4)) : bytes;
}

const known = 7;
const newcomer = 9;
/** Streams to one driver: the state that many of them leave would hide what the next ones do. */
const streamsPerDriver = 20;
const builds: BuildName[] = ["sen0737", "senselock", "fm22x", "allwinner", "ekesi", "ai10", "l015"];
const sensesOf = (build: BuildName): Sense[] => build === "fm22x" ? ["face"] : build === "l015" ? ["palm"] : ["face", "palm"];

/** What the lock wants meanwhile, and who is there. */
interface Situation { name: string; people: Presence[]; begin(rig: Rig, sense: Sense): void }

const situations: Situation[] = [
  { name: "looking", people: ["unknown", "unknown", "bad", null], begin: (rig, sense) => rig.module[sense].look(true) },
  { name: "enrolling", people: ["unknown", known, newcomer, newcomer, null], begin: (rig, sense) => rig.module[sense].enrol() },
  { name: "pairing", people: ["unknown", known, null], begin: (rig) => rig.module.trust("") },
];

/** A lock's own module with one template of each kind, as after any start. */
interface Start { build: BuildName; memory: ModuleMemory; identity: string }

function newStart(build: BuildName): Start {
  const rig = new Rig({ build });
  enrolled(rig, ...sensesOf(build).map((sense): [Sense, number] => [sense, known]));
  return { build, memory: rig.emulator.save(), identity: rig.identity };
}

function newDriver({ build, memory, identity }: Start, wrong: string[]): Rig {
  const rig = new Rig({ build, driver: { powerPin: -1 }, trusted: identity, templates: memory.templates.length });
  rig.emulator.load(memory);
  // Judged as it is told: a moment later it may have been removed.
  rig.react = (event) => { if (!mayBeTold(rig, event)) wrong.push(event); };
  rig.pass(2000);
  return rig;
}

/** Nobody who is known stands there to be looked at; a template is told of whom it is; paired is what was emptied. */
function mayBeTold(rig: Rig, event: string): boolean {
  const [sense, what, id] = event.split(" ");
  if (what === "matched") return false;
  const { templates } = rig.emulator.people;
  if (event === "identified") return templates.length === 0;
  if (what !== "enrolled") return true;
  const right = templates.some((one) => one.id === Number(id) && one.sense === sense && one.identity === newcomer);
  rig.module[sense as Sense].remove(Number(id));
  return right;
}

function oneStream(rig: Rig, situation: Situation, senses: Sense[], random: Random): void {
  const sense = senses[random(senses.length)];
  rig.emulator.put(sense, situation.people[random(situation.people.length)]);
  situation.begin(rig, sense);
  for (let i = 1 + random(3); i > 0; i--) {
    rig.inject(randomStream(random));
    rig.pass(random(random(4) === 0 ? 2500 : 300));
  }
  rig.module[sense].cancel();
  rig.emulator.put(sense, null);
}

/** A forged answer may hide that an enrolment was stored; the lock owns no such number, and nobody else may have one. */
function changed(now: ModuleMemory, before: ModuleMemory): boolean {
  const has = (some: ModuleMemory, one: Template): boolean => some.templates.some((other) => other.id === one.id && other.name === one.name && other.identity === one.identity);
  return !before.templates.every((one) => has(now, one)) || !now.templates.every((one) => has(before, one) || one.identity === newcomer);
}

/** It has survived if nothing was lost, and it still knows whom it knows. */
function afterwards(rig: Rig, situation: Situation, start: Start): string[] {
  for (const sense of sensesOf(start.build)) rig.module[sense].look(false);
  rig.pass(70000);
  const [sense] = sensesOf(start.build);
  if (situation.name === "pairing") {
    rig.module.trust("");
    rig.pass(10000);
    rig.emulator.put(sense, newcomer);
    rig.module[sense].enrol();
  } else {
    const held = rig.emulator.save();
    if (changed(held, start.memory)) return [`templates ${held.templates.map((one) => `${one.id} of ${one.identity}`).join(", ")}`];
    rig.react = () => undefined;
    rig.emulator.put(sense, known);
    rig.module[sense].look(true);
  }
  const told = rig.pass(20000);
  const works = told.some((one) => one.startsWith(`${sense} ${situation.name === "pairing" ? "enrolled" : "matched"} `));
  return works ? [] : [`it does not work any more: ${told.join(", ")}`];
}

/**
 * Sends random streams to drivers that look, enrol and are paired.
 * @returns what must not have happened, with its seed: matches, enrolments of somebody else, templates that changed
 */
export function hostileStreams(seed: number, count: number): string[] {
  const starts = builds.map(newStart);
  const wrong: string[] = [];
  for (let from = 0; from < count; from += streamsPerDriver) {
    const random = newRandom(seed + from);
    const start = starts[random(starts.length)];
    const situation = situations[random(situations.length)];
    const here: string[] = [];
    const rig = newDriver(start, here);
    for (let i = from; i < Math.min(count, from + streamsPerDriver); i++) oneStream(rig, situation, sensesOf(start.build), random);
    here.push(...afterwards(rig, situation, start));
    for (const what of here) wrong.push(`seed ${seed + from}, ${start.build}, ${situation.name}: ${what}`);
  }
  return wrong;
}
