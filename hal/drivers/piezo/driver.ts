import { Platform, Pwm, Timer } from "../../ports";
import { Beep } from "../../roles";
import { Beeper } from "../voice/halves";

const enum Figure {
  BeepHz = 2700,      // common discs resonate from here on
  SirenLowHz = 2000,
  SirenHighHz = 4000,
  SirenStepHz = 250,
  SirenStepMs = 40,   // chosen: up and down in 0.64 s; 25 steps a second cost an interpreter little
  SirenPermille = 500,
}

/** Pairs of hertz (0 = pause) and milliseconds, by `Beep` (K3: success one long, failure three short). */
const BEEPS: readonly (readonly number[])[] = [
  [],
  [Figure.BeepHz, 30],
  [Figure.BeepHz, 300],
  [Figure.BeepHz, 80, 0, 80, Figure.BeepHz, 80, 0, 80, Figure.BeepHz, 80],
];

/** Share of each period by level: a half is loudest, 0 is no sound at all. */
const PERMILLES = [0, 40, 150, 500];

interface Piezo {
  readonly pwm: Pwm;
  readonly timer: Timer;
  permille: number;
  /** What sounds, and how far. */
  tones: readonly number[];
  at: number;
  /** The siren's pitch, 0 when it is off. */
  sirenHz: number;
  stepHz: number;
}

/** A piezo disc or a magnetic buzzer without electronics of its own. */
export function newPiezo(platform: Platform, pwm: Pwm): Beeper {
  const z: Piezo = {
    pwm, timer: platform.timer(() => { onTimer(z); }),
    permille: PERMILLES[PERMILLES.length - 1], tones: BEEPS[0], at: 0, sirenHz: 0, stepHz: Figure.SirenStepHz,
  };
  return {
    beep: (beep) => { play(z, beep >= Beep.Key && beep <= Beep.Failure ? BEEPS[beep] : BEEPS[0]); },
    chime: () => { play(z, [3200, 250, Figure.BeepHz, 500]); },
    siren: (on) => { siren(z, on); },
    volume: (level) => {
      z.permille = PERMILLES[Math.max(0, Math.min(level, PERMILLES.length - 1))];
      if (z.permille === 0) play(z, BEEPS[0]);
    },
  };
}

function play(z: Piezo, tones: readonly number[]): void {
  if (z.sirenHz > 0) return;
  z.tones = z.permille > 0 ? tones : BEEPS[0];
  z.at = 0;
  next(z);
}

function next(z: Piezo): void {
  if (z.at >= z.tones.length) {
    z.timer.stop();
    z.pwm.stop();
    return;
  }
  const hertz = z.tones[z.at];
  if (hertz > 0) z.pwm.start(hertz, z.permille);
  else z.pwm.stop();
  z.timer.start(z.tones[z.at + 1]);
  z.at = z.at + 2;
}

/** A1: the siren drowns every beep, whatever the volume. */
function siren(z: Piezo, on: boolean): void {
  if (on === (z.sirenHz > 0)) return;
  z.tones = BEEPS[0];
  z.at = 0;
  z.stepHz = Figure.SirenStepHz;
  z.sirenHz = on ? Figure.SirenLowHz : 0;
  if (on) wail(z);
  else next(z);
}

function wail(z: Piezo): void {
  z.pwm.start(z.sirenHz, Figure.SirenPermille);
  z.timer.start(Figure.SirenStepMs);
}

function onTimer(z: Piezo): void {
  if (z.sirenHz === 0) {
    next(z);
    return;
  }
  if (z.sirenHz >= Figure.SirenHighHz) z.stepHz = -Figure.SirenStepHz;
  else if (z.sirenHz <= Figure.SirenLowHz) z.stepHz = Figure.SirenStepHz;
  z.sirenHz = z.sirenHz + z.stepHz;
  wail(z);
}
