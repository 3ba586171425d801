/** Registers of the AW9523B (data sheet V1.1.1, register list) and what this driver writes to them. */
export const enum Register {
  /** Direction of port 0, then port 1: 0 = output. */
  Direction0 = 0x04,
  Direction1 = 0x05,
  /** Interrupt of port 0, then port 1: 1 = off. */
  Interrupt0 = 0x06,
  Interrupt1 = 0x07,
  Id = 0x10,
  /** Bits 1–0: largest current. */
  Control = 0x11,
  /** Mode of port 0, then port 1: 0 = light, 1 = plain pin, which it is after a reset. */
  Mode0 = 0x12,
  Mode1 = 0x13,
  Reset = 0x7F,
}

export const enum Aw9523 {
  Id = 0x23,
  Pins = 16,
  /** Both mode registers while all pins are lights. */
  AllLights = 0x00,
  InterruptsOff = 0xFF,
}

/** Step of a pin's current, 0 to 255: pins P0_0 to P0_7 are 0 to 7, P1_0 to P1_7 are 8 to 15. */
export function stepRegister(pin: number): number {
  if (pin < 8) return 0x24 + pin;
  return pin < 12 ? 0x20 + pin - 8 : 0x2C + pin - 12;
}

export function write(register: number, value: number): string {
  return String.fromCharCode(register) + String.fromCharCode(value);
}
