/** Streams that no module sends, for tests and for the fuzz script. */
import { encode } from "../frames";
import { enrolled, Rig } from "./rig";

/** A small generator with a seed, so that a failure can be had again. */
function newRandom(seed: number): (below: number) => number {
  let state = (seed * 2654435761 + 1) >>> 0;
  return (below) => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state % below;
  };
}

function randomBytes(random: (below: number) => number, count: number): string {
  let bytes = "";
  for (let i = 0; i < count; i++) bytes += String.fromCharCode(random(256));
  return bytes;
}

const mids = [0x10, 0x11, 0x12, 0x13, 0x20, 0x21, 0x22, 0x24, 0x26, 0x30, 0x93, 0xed];

/** Noise, headers with noise, whole frames, and answers with a right check byte and made-up contents. */
export function randomStream(random: (below: number) => number): string {
  let bytes = "";
  for (let i = 1 + random(4); i > 0; i--) {
    const kind = random(6);
    if (kind === 0) bytes += randomBytes(random, random(80));
    else if (kind === 1) bytes += "\xef\xaa" + randomBytes(random, random(60));
    else if (kind === 2) bytes += encode(random(3), randomBytes(random, random(50)));
    else if (kind === 3) bytes += encode(1, String.fromCharCode(random(3)) + randomBytes(random, [0, 1, 16][random(3)]));
    else if (kind === 4) bytes += encode(0, String.fromCharCode(0x12, 0) + randomBytes(random, 34) + "\0" + String.fromCharCode([200, 250, 1, 2][random(4)]));
    else bytes += encode(0, String.fromCharCode(mids[random(mids.length)], random(3) === 0 ? random(256) : 0) + randomBytes(random, random(40)));
  }
  return random(5) === 0 ? bytes.slice(random(3), bytes.length - random(4)) : bytes;
}

/**
 * Sends random streams to a driver that looks for faces and palms, with a stranger before the module.
 * @returns what was granted: nothing, or the seed and the event
 */
export function hostileStreams(seed: number, count: number): string[] {
  const granted: string[] = [];
  const rig = new Rig({ driver: { powerPin: -1 } });
  enrolled(rig, ["face", 7], ["palm", 3]);
  rig.module.face.look(true);
  rig.module.palm.look(true);
  rig.emulator.put("face", "unknown");
  for (let i = 0; i < count; i++) {
    const random = newRandom(seed + i);
    for (let j = 1 + random(3); j > 0; j--) {
      rig.inject(randomStream(random));
      rig.pass(random(300));
      for (const event of rig.take()) if (event.includes("matched") || event.includes("enrolled")) granted.push(`seed ${seed + i}: ${event}`);
    }
  }
  // It has survived if it still knows whom it knows.
  rig.pass(120000);
  rig.emulator.put("face", null);
  rig.pass(20000);
  rig.take();
  rig.emulator.put("face", 7);
  rig.module.face.look(true);
  const after = rig.pass(20000);
  if (!after.includes("face matched 1")) granted.push(`seed ${seed}: nobody is recognised any more: ${after.join(", ")}`);
  return granted;
}
