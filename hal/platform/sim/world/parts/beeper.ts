import { PiezoEmulator, Tone } from "../../../../drivers/piezo/emulator";
import { Beep } from "../../../../roles";
import { Wires } from "../wires";

/** Longest tone of each beep, ms: one of 30 for a key, one of 300 for success, three of 80 for a failure. */
const longest: readonly [number, Beep][] = [[55, Beep.Key], [150, Beep.Failure], [400, Beep.Success]];
/** A failure has so many tones, which follow each other within this. */
const failureTones = 3;
const togetherMs = 200;
/** Of beeps and of the door bell; every other pitch is the siren's. */
const beepHertz = [2700, 3200];

/** The disc, and what a person makes of its tones. */
export class Beeper {
  /** The beep given last, 0 = none yet. */
  lastBeep: Beep | 0 = 0;
  beeps = 0;
  private readonly disc: PiezoEmulator;
  private endedMs = -togetherMs;
  /** Of the failure under way. */
  private tones = 0;

  constructor(wires: Wires, pin: number) {
    this.disc = new PiezoEmulator(wires.scheduler);
    wires.onWave(pin, (hertz, permille) => {
      if (hertz === 0) this.disc.stop();
      else this.disc.start(hertz, permille);
      for (const tone of this.disc.tones.splice(0)) this.heard(tone);
    });
  }

  get siren(): boolean {
    const tone = this.disc.sounding;
    return tone !== null && !beepHertz.includes(tone.hertz);
  }

  private heard(tone: Tone): void {
    const beep = longest.find(([ms]) => tone.ms <= ms)?.[1];
    if (beep === undefined || tone.hertz !== beepHertz[0]) return;
    const goesOn = beep === Beep.Failure && this.tones > 0 && this.tones < failureTones && tone.atMs - this.endedMs <= togetherMs;
    this.tones = beep !== Beep.Failure ? 0 : goesOn ? this.tones + 1 : 1;
    this.endedMs = tone.atMs + tone.ms;
    this.lastBeep = beep;
    if (!goesOn) this.beeps++;
  }
}
