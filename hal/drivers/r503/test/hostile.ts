/** What a disturbed or malicious line may send, for the tests and for a long run. */
import { newRandom } from "../../test/platform";
import { Presence } from "../emulator-sensor";
import { newRig, Rig } from "./rig";

type Random = (below: number) => number;

function frame(pid: number, content: number[]): number[] {
  const body = [pid, 0, content.length + 2, ...content];
  const sum = body.reduce((all, byte) => all + byte, 0);
  return [0xEF, 0x01, 0xFF, 0xFF, 0xFF, 0xFF, ...body, sum >> 8, sum & 255];
}

/** A piece of noise, of a frame, of a good answer, of a forged match. */
function piece(random: Random): number[] {
  const noise = (size: number): number[] => Array.from({ length: size }, () => random(256));
  const choice = random(8);
  if (choice === 0) return noise(random(80));
  if (choice === 1) return [0x55];
  if (choice === 2) return frame(7, [0]);
  if (choice === 3) return frame(7, [0, 0, random(5), 0, 150]);
  if (choice === 4) return frame(7, [random(60), ...noise(random(60))]);
  if (choice === 5) return frame(7, noise(1 + random(40))).slice(0, random(50));
  if (choice === 6) return frame([2, 7, 8, 1][random(4)], [[0, 9, 2, 0x21][random(4)], ...noise([0, 2, 4, 16, 32, 46][random(6)])]);
  return [0xEF, 0x01, 0xFF, 0xFF, 0xFF, 0xFF, 7, random(2), random(256)];
}

const templates: [number, number][] = [[0, 7], [3, 8]];
/** A finger that has no template. */
const newcomer = 9;
/** Streams to one reader: the state that many of them leave would hide what the next ones do. */
const streamsPerReader = 20;

/** What the lock wants meanwhile, and who puts a finger there. */
interface Situation { name: string; fingers: Presence[]; begin(rig: Rig): void }

const situations: Situation[] = [
  { name: "looking", fingers: ["unknown", "unknown", "bad"], begin: () => undefined },
  { name: "enrolling", fingers: ["unknown", 7, newcomer, newcomer], begin: (rig) => rig.reader.enrol() },
  { name: "pairing", fingers: ["unknown", "bad", 8], begin: (rig) => rig.reader.trust("") },
];
const kinds = ["r503", "r307", "zw111"] as const;

interface Reader extends Rig {
  /** Whose finger the last image was of. */
  imaged: Presence | null;
  /** What was told and must not have been. */
  wrong: string[];
}

/** @returns makers of a reader whose module is the lock's own and holds the templates, as after any start */
function pairedReaders(): (() => Reader)[] {
  return kinds.map((kind) => {
    const first = newRig({ kind, memory: { templates } });
    const [memory, identity] = [first.module.save(), first.reader.identity()];
    return () => {
      const rig = watched(newRig({ kind, memory, paired: false }));
      rig.reader.trust(identity);
      rig.run(1500);
      return rig;
    };
  });
}

/** What it tells is judged as it is told: a moment later there may be another finger. */
function watched(made: Rig): Reader {
  const rig: Reader = { ...made, imaged: null, wrong: [] };
  const { sensor } = rig.module;
  const perform = sensor.perform.bind(sensor);
  sensor.perform = (command) => {
    if (command[0] === 0x01 && sensor.present !== null) rig.imaged = sensor.present;
    return perform(command);
  };
  const push = rig.told.push.bind(rig.told);
  rig.told.push = (told) => {
    if (!mayBeTold(rig, told)) rig.wrong.push(told);
    return push(told);
  };
  return rig;
}

function oneStream(rig: Reader, situation: Situation, random: Random): void {
  const present = random(10) < 7 ? situation.fingers[random(situation.fingers.length)] : null;
  if (present !== null) rig.module.put(present);
  situation.begin(rig);
  for (let pieces = 1 + random(12); pieces > 0; pieces--) {
    rig.module.sendRaw(Buffer.from(piece(random)).toString("latin1"));
    rig.run(random(random(4) === 0 ? 800 : 60));
  }
  rig.reader.cancel();
  if (present !== null) rig.module.off();
  rig.run(100);
}

/** Who has no template may never be matched, and nobody gets another one's. */
function mayBeTold(rig: Reader, told: string): boolean {
  const held = rig.module.sensor.templates;
  if (told.startsWith("matched")) return rig.imaged !== null && held.get(Number(told.slice(8))) === rig.imaged;
  if (told.startsWith("enrolled")) {
    const template = Number(told.slice(9));
    rig.reader.remove(template);
    return held.get(template) === newcomer;
  }
  if (!told.startsWith("identified")) return true;
  const emptied = held.size === 0;
  for (const [template, finger] of templates) held.set(template, finger);
  return emptied && told === `identified ${rig.reader.identity()}`;
}

/** It has survived if nothing was left behind or lost, and it still knows whom it knows. */
function afterwards(rig: Reader, situation: Situation): string[] {
  rig.run(130000);
  if (situation.name === "pairing") {
    rig.reader.trust("");
    rig.run(10000);
  }
  const held = JSON.stringify(rig.module.save().templates);
  if (held !== JSON.stringify(templates)) rig.wrong.push(`templates ${held}`);
  rig.hear();
  rig.module.put(8);
  rig.run(3000);
  const told = rig.hear();
  if (!told.includes("matched 3")) rig.wrong.push(`the reader does not work any more: ${told.join(", ")}`);
  return rig.wrong;
}

/**
 * Sends `count` streams to readers that look, enrol and are paired.
 * @returns what must not have happened: matches, enrolments of somebody else, templates that changed
 */
export function hostileStreams(seed: number, count: number): string[] {
  const readers = pairedReaders();
  const wrong: string[] = [];
  for (let from = 0; from < count; from += streamsPerReader) {
    const random = newRandom(seed + from);
    const rig = readers[random(readers.length)]();
    const situation = situations[random(situations.length)];
    for (let i = from; i < Math.min(count, from + streamsPerReader); i++) oneStream(rig, situation, random);
    for (const what of afterwards(rig, situation)) wrong.push(`seed ${seed + from}, ${situation.name}: ${what}`);
  }
  return wrong;
}
