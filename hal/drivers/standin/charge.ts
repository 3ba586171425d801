/** Charge of two lithium cells in series by their open-circuit voltage: pairs of mV and percent, falling. */
const CURVE = [8400, 100, 7900, 60, 7600, 40, 7300, 20, 7000, 10, 6600, 5, 6000, 0];

/** @param millivolts of the pack @returns percent, 0 to 100 */
export function chargeOf(millivolts: number): number {
  if (millivolts >= CURVE[0]) return 100;
  for (let i = 2; i < CURVE.length; i = i + 2) {
    if (millivolts < CURVE[i]) continue;
    const share = (millivolts - CURVE[i]) * (CURVE[i - 1] - CURVE[i + 1]);
    return CURVE[i + 1] + Math.floor(share / (CURVE[i - 2] - CURVE[i]));
  }
  return 0;
}
