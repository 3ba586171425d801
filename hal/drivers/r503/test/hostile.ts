/** What a disturbed or malicious line may send, for the tests and for a long run. */
import { newRig, Rig } from "./rig";

/** @returns numbers in [0, 1), the same for the same seed. */
function newRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6D2B79F5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function frame(pid: number, content: number[]): number[] {
  const body = [pid, 0, content.length + 2, ...content];
  const sum = body.reduce((all, byte) => all + byte, 0);
  return [0xEF, 0x01, 0xFF, 0xFF, 0xFF, 0xFF, ...body, sum >> 8, sum & 255];
}

/** A piece of noise, of a frame, of a good answer, of a forged match. */
function piece(random: () => number): number[] {
  const below = (end: number): number => Math.floor(random() * end);
  const noise = (size: number): number[] => Array.from({ length: size }, () => below(256));
  const choice = below(8);
  if (choice === 0) return noise(below(80));
  if (choice === 1) return [0x55];
  if (choice === 2) return frame(7, [0]);
  if (choice === 3) return frame(7, [0, 0, below(5), 0, 150]);
  if (choice === 4) return frame(7, [below(60), ...noise(below(60))]);
  if (choice === 5) return frame(7, noise(1 + below(40))).slice(0, below(50));
  if (choice === 6) return frame([2, 7, 8, 1][below(4)], [[0, 9, 2, 0x21][below(4)], ...noise([0, 2, 4, 16, 32, 46][below(6)])]);
  return [0xEF, 0x01, 0xFF, 0xFF, 0xFF, 0xFF, 7, below(2), below(256)];
}

/** Who never had a template may never be matched, whatever comes in between. */
function oneStream(rig: Rig, random: () => number): void {
  const present = random() < 0.7;
  if (present) rig.module.put(random() < 0.8 ? "unknown" : "bad");
  if (random() < 0.1) rig.reader.enrol();
  const pieces = 1 + Math.floor(random() * 12);
  for (let i = 0; i < pieces; i++) {
    rig.module.sendRaw(Buffer.from(piece(random)).toString("latin1"));
    rig.run(Math.floor(random() * 60));
  }
  rig.reader.cancel();
  if (present) rig.module.off();
  rig.run(100);
}

/**
 * Sends `count` streams to a reader before which there are strangers only.
 * @returns what must not have happened: matches, enrolments, templates that changed
 */
export function runStreams(count: number, seed: number): string[] {
  const random = newRandom(seed);
  const wrong: string[] = [];
  let rig = newRig({ memory: { templates: [[0, 7], [3, 8]] } });
  for (let i = 0; i < count; i++) {
    // A fresh one now and then, so that one long silence does not hide the rest.
    if (i % 200 === 0) rig = newRig({ memory: { templates: [[0, 7], [3, 8]] } });
    oneStream(rig, random);
    for (const line of rig.hear()) if (line.startsWith("matched") || line.startsWith("enrolled")) wrong.push(`stream ${i}: ${line}`);
    if (i % 200 !== 199) continue;
    if (rig.module.save().templates.length !== 2) wrong.push(`stream ${i}: templates ${JSON.stringify(rig.module.save().templates)}`);
    rig.run(130000);
    rig.hear();
    rig.module.put(8);
    rig.run(3000);
    if (!rig.hear().includes("matched 3")) wrong.push(`stream ${i}: the reader does not work any more`);
  }
  return wrong;
}
