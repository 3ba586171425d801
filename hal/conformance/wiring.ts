/** Ports and pins of the image, the same for what surrounds it. */
export const wiring = {
  console: 0, echo: 1, doorOpen: 4, handle: 14, motorWithdraw: 18, motorThrow: 19,
  battery: 34, current: 39, tone: 27, light: 32, drive: 33,
};
