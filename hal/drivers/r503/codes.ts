/**
 * Confirmation codes: what an answer's first byte means to the driver. One table for both dialects,
 * after the GROW R503 manual V1.2.2 (Instruction Table), the ZFM-20 manual v2.0 (chapter 4) and the
 * Synochip protocol of the M5Stack Unit-Fingerprint2. README.md has the codes in words.
 */
export const enum Kind {
  Ok,
  /** No finger on the sensor. */
  NoFinger,
  /** Nothing that features could be made of: too dry, too wet, smudged, too small, moved too little. */
  BadImage,
  NotFound,
  /** The placements are not of one finger. */
  Differs,
  NoRoom,
  /** No template has that number. */
  Empty,
  /** The finger, or that number, is in the library already. */
  Taken,
  /** Commands are refused until the password was sent: the module has restarted. */
  Locked,
  WrongPassword,
  /** The module received a damaged command. */
  Repeat,
  Busy,
  /** Sent unasked when a finger wakes the module. */
  Note,
  Unsupported,
  Fault,
  /** Not a code: the module works, and does not answer this command. */
  Mute,
}

/** One letter a kind, in the order of `Kind`. */
const LETTERS = ".ni-drtelpabwux";

/** One letter a code, from 00; sixteen in a row. */
const LOW =
  ".aniiiii--drtxxx" +
  "xxxpxixixxxxuxxr" +
  "xltt-xxeixxxxxxx" +
  "xuxiixxxxxxixxxx";

/** The same for the last sixteen codes, from F0. */
const HIGH = "xxxxxxxxxxxbuxxw";

/** 22: the template is empty in the GROW dialect, the number is taken in the Synochip dialect. */
const AMBIGUOUS = 0x22;

/** @param code 0 to 255 */
export function kindOf(code: number, synochip: boolean): Kind {
  if (code === AMBIGUOUS && synochip) return Kind.Taken;
  if (code < LOW.length) return LETTERS.indexOf(LOW.charAt(code));
  if (code >= 0xF0) return LETTERS.indexOf(HIGH.charAt(code - 0xF0));
  return Kind.Fault;
}
