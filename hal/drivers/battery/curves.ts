/** Charge by open-circuit voltage of the pack: pairs of millivolts and percent, both falling. Between them it is a straight line. Functions, so that they take no memory between measurements. */

/**
 * Two lithium cells in series. Chosen for lock packs: it stays honest when measured shortly after
 * load, because it falls evenly.
 */
export function lithium2s(): readonly number[] {
  return [
    8320, 100, 8140, 90, 7980, 80, 7800, 70, 7640, 60, 7440, 50, 7220, 40, 7060, 30, 6760, 20, 6400, 10, 5700, 0,
  ];
}

/** Two lithium cells at rest for an hour and more; flat between 20 and 60 %: only with a calibrated divider. */
export function lithium2sRested(): readonly number[] {
  return [
    8354, 100, 8258, 95, 8172, 90, 8090, 85, 8016, 80, 7950, 75, 7890, 70, 7836, 65, 7768, 60, 7682, 55, 7642, 50,
    7612, 45, 7586, 40, 7568, 35, 7550, 30, 7524, 25, 7482, 20, 7420, 15, 7374, 10, 7350, 5, 6612, 0,
  ];
}

/**
 * Four alkaline cells. 6.5 V when new; 4.5 V is where locks warn, with a hundred openings to go, so
 * it is B2's 20 %; 4.0 V is empty (chosen: 1.0 V a cell).
 */
export function alkaline4(): readonly number[] {
  return [6500, 100, 4500, 20, 4000, 0];
}

/** @param millivolts of the pack @returns percent, 0 to 100, rounded down */
export function chargeOf(curve: readonly number[], millivolts: number): number {
  if (millivolts >= curve[0]) return curve[1];
  for (let i = 2; i < curve.length; i = i + 2) {
    if (millivolts < curve[i]) continue;
    const share = (millivolts - curve[i]) * (curve[i - 1] - curve[i + 1]);
    return curve[i + 1] + Math.floor(share / (curve[i - 2] - curve[i]));
  }
  return 0;
}
