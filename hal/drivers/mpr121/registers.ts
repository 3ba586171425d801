/**
 * Registers of the MPR121 (data sheet rev. 4, section 5) and what this driver writes to them.
 * Reading begins at register 0 always: after a STOP, which not every platform can do without, the
 * part answers from there, whatever register was asked for.
 */
export const enum Register {
  /** Two bytes: bits 0–11 electrodes, 12 proximity, 15 over-current. Reading them releases the interrupt line. */
  Touch = 0x00,
  TouchHigh = 0x01,
  /** Two bytes: bits 0–11 electrodes whose charge could not be set, 12 proximity, 14 and 15 auto-configuration failed. */
  OutOfRange = 0x02,
  /** One byte an electrode; 0 until it was measured. */
  Baseline = 0x1E,
  BaselineFilter = 0x2B,
  Threshold = 0x41,
  /** Debounce, then the two filter registers. */
  Debounce = 0x5B,
  Filter = 0x5C,
  Electrodes = 0x5E,
  AutoConfig = 0x7B,
  Reset = 0x80,
}

/** Bytes of a reading, from register 0. */
export const enum Block {
  Touch = 2,
  /** All that is measured: 1 ms on the wire. */
  Measured = 0x2B,
  /** With the configuration: 2.2 ms. */
  Configured = 0x5F,
}

export const enum Mpr {
  ResetWord = 0x63,
  /** 16 µA, six samples: as after a reset. */
  Filter1 = 0x10,
  /** After a reset: 0.5 µs, four samples, 16 ms. */
  ResetFilter2 = 0x24,
  /** 0.5 µs of charge, four samples; the period is added. */
  ChargeHalfMicrosecond = 0x20,
  /** Run, baseline from the first measurement (CL = 10), with so many electrodes added. */
  Run = 0x80,
  OverCurrent = 0x8000,
  /** Writing it to TouchHigh clears the over-current flag. */
  ClearOverCurrent = 0x80,
  ElectrodesPerChip = 12,
  /** Touch bits that never are set here: proximity is not used, 13 and 14 do not exist. */
  NeverSet = 0x7000,
}

function text(bytes: number[]): string {
  let all = "";
  for (let i = 0; i < bytes.length; i++) all = all + String.fromCharCode(bytes[i]);
  return all;
}

/** Rising, falling and touched; the values of the maker's quick start guide (AN3944). */
export const BASELINE_FILTER = String.fromCharCode(Register.BaselineFilter, 0x01, 0x01, 0x0E, 0x00, 0x01, 0x05, 0x01, 0x00, 0x00, 0x00, 0x00);

/**
 * Charge found by the chip itself, at the start and again when an electrode drifts off. Limits for
 * 3.3 V: upper (Vdd − 0.7 V) / Vdd × 256 = 201, taken as 200; target 0.9 of it, lower 0.65.
 */
export const AUTO_CONFIG = String.fromCharCode(Register.AutoConfig, 0x0B, 0x00, 200, 130, 180);

export const RESET = String.fromCharCode(Register.Reset, Mpr.ResetWord);
export const STOP = String.fromCharCode(Register.Electrodes, 0);
export const CLEAR_OVER_CURRENT = String.fromCharCode(Register.TouchHigh, Mpr.ClearOverCurrent);

/** The filter registers and the electrodes after a reset: the sign that the part is an MPR121. */
export const FILTER_AFTER_RESET = String.fromCharCode(Mpr.Filter1, Mpr.ResetFilter2, 0);

/** @param touch counts below the baseline that are a touch, 1 to 255 @param release below this it is none, less than `touch` */
export function thresholds(touch: number, release: number): string {
  const bytes: number[] = [Register.Threshold];
  for (let i = 0; i < Mpr.ElectrodesPerChip; i++) {
    bytes.push(touch);
    bytes.push(release);
  }
  return text(bytes);
}

/** @param period of sampling, 2^period ms, 0 to 7. No debounce, since four samples are averaged already. */
export function filter(period: number): string {
  return text([Register.Debounce, 0, Mpr.Filter1, Mpr.ChargeHalfMicrosecond + period]);
}

export function run(electrodes: number): string {
  return text([Register.Electrodes, Mpr.Run + electrodes]);
}

/** @param written as sent: the register, then the bytes @returns true if the block, read from register 0, holds them */
export function holds(block: string, written: string): boolean {
  const at = written.charCodeAt(0);
  return block.substring(at, at + written.length - 1) === written.substring(1);
}

/** @returns a little-endian word, -1 if there are fewer than two bytes. */
export function wordAt(bytes: string, at: number): number {
  if (bytes.length < at + 2) return -1;
  return bytes.charCodeAt(at) + 256 * bytes.charCodeAt(at + 1);
}
