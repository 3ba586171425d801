/**
 * THE table: every figure of the specification (section Figures of SPEC.md), its unit in the name,
 * and the figures chosen here, with the reason. Nothing else in the firmware holds one.
 */
export const enum Limit {
  // ---- users and credentials (C1, C6, U6)
  maxUsers = 50,
  maxFaces = 50,
  maxPalms = 50,
  maxFingerprints = 50,
  facesPerUser = 3,
  palmsPerUser = 2,
  fingerprintsPerUser = 5,
  passcodeMinDigits = 6,
  passcodeMaxDigits = 10,
  entryMaxDigits = 20,
  maxTemporaryPasscodes = 20,
  maxTemporaryUses = 4000,       // chosen: two characters of the store hold it

  // ---- keypad (K)
  keypadTimeoutMs = 20000,       // K2
  enrolTimeoutMs = 60000,        // C2 to C4
  menuSessionMs = 300000,        // M8
  bellRepeatMs = 2000,           // K5
  noiseMs = 30,                  // K7: two keys closer than this are noise
  stuckMs = 10000,               // K7
  touchesPerSecond = 20,         // K7: more than this is rain
  rainPauseMs = 2000,            // K7
  deleteDigits = 3,              // M5

  // ---- failed attempts (L)
  lockoutFailures = 5,
  lockoutWindowS = 300,
  lockoutDurationS = 180,
  longestLockoutS = 3600,
  lockoutStages = 5,             // chosen: 3 min doubled five times is past the longest
  refusalEventMs = 10000,        // L2: one event in this time at most
  attemptBudget = 60,            // L6, windows of six digits
  budgetRefillS = 1800,          // L6: two an hour
  quietFailures = 20,            // L6
  quietWindowS = 86400,          // L6

  // ---- bolt and door (O)
  motorRetries = 2,
  backOffMs = 200,
  reversePauseMs = 100,          // chosen: between two runs, so that the end reached is told and the motor rests
  countdownMinS = 5,
  countdownMaxS = 180,
  countdownDefaultS = 10,
  openedFromInsideMs = 30000,
  okOfferMs = 20000,             // O1
  doorLeftOpenDefaultS = 120,    // A3
  doorLeftOpenMaxS = 3600,       // chosen: an hour; longer is "off"

  // ---- alarms, power, SET (A, B, P, R)
  tamperSirenMs = 60000,
  lowBattery = 20,
  recoveredBattery = 25,
  criticalBattery = 5,
  batteryEveryMs = 3600000,      // B1: at least once an hour
  batteryAgainMs = 10000,        // chosen: after a look that fell into a run of the motor
  pairingMs = 180000,
  resetHoldMs = 5000,
  faceLookMs = 10000,            // chosen: how long the IR light flashes with nobody recognised (U2)

  trialMs = 20000,               // chosen: a new image that has run this long without a fault stays

  // ---- console (see console/README.md)
  lineMax = 200,
  loginFailures = 3,
  loginPauseS = 60,
  sessionIdleS = 600,
  passwordMin = 8,               // chosen: the shortest password that is taken
}

/** The figures that a board may override, with their defaults, and what it has. */
export interface BoardLimits {
  /** O5: a movement that has not ended by then is stopped. */
  motorTimeoutMs: number;
  /** The same on the inlet's 5 V, where the motor is slower (B4). */
  motorTimeoutUsbMs: number;
  /** P1: SET held this long starts pairing. */
  setHoldMs: number;
  /** Q1: `0` held this long silences the lock once. */
  muteHoldMs: number;
  /** Which sensor modules there are: bits of Part. */
  modules: number;
}

export function newBoardLimits(): BoardLimits {
  return { motorTimeoutMs: 5000, motorTimeoutUsbMs: 9000, setHoldMs: 3000, muteHoldMs: 3000, modules: 3 };
}
