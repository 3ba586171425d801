/** For tests: the driver on a platform of virtual time, wired to the emulator. */
import { newRandom, randomBytes, TestPlatform } from "../../test/platform";
import { Speech } from "../../voice/halves";
import { newDfPlayer } from "../driver";
import { Card, DfPlayerEmulator, frame, fullCard } from "../emulator";

const port = 2;
const busyPin = 34;

export interface RigOptions {
  card?: Card;
  busy?: boolean;
  /** Cuts what the module sends into pieces of at most this many bytes. */
  piece?: number;
  /** There is a module, with power. */
  module?: boolean;
}

export class Rig {
  readonly test = new TestPlatform();
  readonly said: string[] = [];
  readonly emulator: DfPlayerEmulator;
  readonly speech: Speech;

  constructor(options: RigOptions = {}) {
    const { test } = this;
    test.setInput(busyPin, 1);
    this.emulator = new DfPlayerEmulator(test.scheduler, {
      send: (bytes) => test.deliver(port, bytes, options.piece),
      busy: (level) => test.setInput(busyPin, level),
    }, options.card ?? fullCard(2));
    test.onSent = (_port, bytes) => this.emulator.receive(bytes);
    if (options.module !== false) this.emulator.power(true);
    this.speech = newDfPlayer(test.platform, { uart: port, busyPin: options.busy === true ? busyPin : -1 }, {
      done: () => { this.said.push("done"); },
      silent: (silent) => { this.said.push(`silent ${silent}`); },
    });
  }

  /** Lets time pass. @returns what the driver told meanwhile */
  pass(ms: number): string[] {
    this.test.pass(ms);
    return this.said.splice(0);
  }

  inject(bytes: string): void {
    this.test.deliver(port, bytes);
  }

  /** Files begun since the last look, as `folder/file`. */
  played(): string[] {
    return this.emulator.played.splice(0).map((one) => `${one.folder}/${one.file}`);
  }
}

/** Noise, heads with noise, and right frames with made-up contents. */
function randomStream(random: (below: number) => number): string {
  let bytes = "";
  for (let i = 1 + random(4); i > 0; i--) {
    const kind = random(4);
    if (kind === 0) bytes += randomBytes(random, random(40));
    else if (kind === 1) bytes += "\x7e\xff\x06" + randomBytes(random, random(12));
    else if (kind === 2) bytes += frame(0x3a + random(8), random(2), random(9));
    else bytes += frame(random(256), random(256), random(65536));
  }
  return random(5) === 0 ? bytes.slice(random(3), bytes.length - random(4)) : bytes;
}

/** Streams to one driver: the state that many of them leave would hide what the next ones do. */
const streamsPerDriver = 20;

function streamsTo(rig: Rig, seed: number, count: number): string[] {
  rig.pass(3000);
  let asked = 0;
  let done = 0;
  for (let i = 0; i < count; i++) {
    const random = newRandom(seed + i);
    if (random(3) === 0) {
      rig.speech.say(1 + random(60), random(2) * 12 - 1);
      asked++;
    }
    rig.inject(randomStream(random));
    done += rig.pass(random(200)).filter((one) => one === "done").length;
  }
  const wrong = done > asked ? [`seed ${seed}: ${done} prompts done of ${asked}`] : [];
  // It has survived if it still speaks.
  rig.pass(120000);
  rig.played();
  rig.speech.say(5, -1);
  if (!rig.pass(3000).includes("done") || rig.played().join() !== "1/5") wrong.push(`seed ${seed}: it does not speak any more`);
  return wrong;
}

/** Random streams to drivers that speak. @returns what went wrong: nothing, or the seed and the fault */
export function hostileStreams(seed: number, count: number): string[] {
  const wrong: string[] = [];
  for (let from = 0; from < count; from += streamsPerDriver) {
    wrong.push(...streamsTo(new Rig({ busy: from % 40 === 0 }), seed + from, Math.min(streamsPerDriver, count - from)));
  }
  return wrong;
}
