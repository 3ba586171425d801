/** Everything the voice can say. The device plays a file by number; names stand in console/words.ts, in the same order. */
export const enum Prompt {
  None,
  Welcome,            // U4: unlocked for somebody
  Locked,             // the bolt is thrown
  TryAgain,           // U5
  SetDirection,       // S1
  ChooseDirection,
  DirectionRight,
  DirectionLeft,
  NotSetUp,           // S2: touched in the initial state
  VerifyAdministrator,// M3
  AdminNeeded,        // M3
  MainMenu,           // M1
  CredentialMenu,     // M2
  MenuClosed,
  EnterNumber,        // M5
  UserDeleted,
  NoSuchUser,
  LastAdministrator,  // M6
  SerialNumber,       // M7
  FirmwareVersion,
  VerificationCode,
  FaceStraight,       // C2, five in this order
  FaceUp,
  FaceDown,
  FaceLeft,
  FaceRight,
  FaceAdded,
  HoldPalm,           // C3
  PalmAdded,
  PlaceFinger,        // C4
  PlaceAgain,
  FingerAdded,
  AlreadyEnrolled,    // C5
  EnrolFailed,
  EnrolAgain,         // one step failed, try it again
  StoreFull,          // C1
  EnterPasscode,      // C6
  RepeatPasscode,
  PasscodeAdded,
  PasscodeWeak,       // C7
  PasscodeTaken,      // C8
  PasscodeDiffers,
  Expired,            // C10
  ClockNotSet,
  SystemLocked,       // L2
  AttemptsUsedUp,     // L6
  DoorOpen,           // O4
  Jammed,             // O5
  LeavingHome,        // O7
  DoorLeftOpen,       // A3
  ModuleFault,
  StoreFault,
  BatteryLow,         // B2
  BatteryCritical,
  Pairing,            // P1
  PairingEnded,
  ConfirmReset,       // R1
  ResetDone,
  Chime,              // K5
  ModuleSwapped,      // A4
}
