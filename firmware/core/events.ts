/** Facts that reach the core: an event and one integer. */
export const enum Event {
  /** arg: BootCause + 8 when SET is held. */
  Boot,
  // ---- keypad: arg is a Key
  Touched,
  /** A key counted (K7). */
  Key,
  /** `0` was held for muteHold (Q1). */
  Held,
  /** Rain or a wiping hand (K7). */
  Storm,
  // ---- rear panel and door: arg 1 = the state that names it
  Set,
  LockButton,
  Handle,
  Door,
  Tamper,
  /** arg: BoltPosition. */
  Bolt,
  // ---- power
  /** arg: percent. */
  Battery,
  Usb,
  // ---- readers: arg is a Sensor, or sensor * 4096 + template or step or error
  Near,
  Matched,
  Unknown,
  Unreadable,
  Gone,
  Placed,
  Again,
  Enrolled,
  EnrolFailed,
  /** The module held a template that is nobody's, and has removed it (B5). */
  Orphan,
  /** The module has not got a template that is somebody's (B5). */
  Missing,
  // ---- parts: arg is a Part, or part * 2 + 1 when it begins, + 0 when it is over
  /** It does not answer (A3). */
  Silent,
  /** It is not the module that the lock is paired with (A4); begins anew at every presence. */
  Swapped,
  /** It told of a match that nobody asked for (A4). */
  Unasked,
  /** The lock is paired with the module that is there (A4). */
  Paired,
  // ---- answers to the core's own questions
  /** arg: see matchAnswer() in passcode/match.ts. */
  CodeMatched,
  /** arg: Verdict. */
  CodeJudged,
  /** The last prompt has been said. */
  Said,
  /** arg: Timer. */
  Expired,
  // ---- commands of an authorised console or radio link; operands in state.operand
  Command,
  /** A Bluetooth key, arg: user (U1). */
  BluetoothKey,
  /** An unlock over the network (U1). */
  RemoteUnlock,
  Count,
}

/** What a command asks for; `arg` of Event.Command. */
export const enum Command {
  Unlock, Lock, LockoutEnd, AlarmStop, Pair, Away, AddUser, DeleteUser, Valid,
  Passcode, Duress, Enrol, TempAdd, TempDelete, Set, Clock, FactoryReset, PairModule,
}

/** Biometric readers. */
export const enum Sensor { Face, Palm, Finger, Count }

/** Parts that can be asked, in the order of console/words.ts; the first two are the modules that are paired (A4). */
export const enum Part { PalmFace, Finger, Keys, KeyLights, Voice, Clock, Count }

/** Modules that are paired. */
export const MODULES = 2;

/** Reader events carry sensor * 4096 + value. */
export const enum Pack { Sensor = 4096 }

export const enum Timer {
  Idle, Session, Enrol, Lockout, Pairing, Countdown, Siren, DoorLeftOpen, Granted, Motor,
  Refusal, Bell, SetHold, ResetHold, FaceLook, Battery, Count,
}

/** How somebody was recognised, in the order of console/words.ts. */
export const enum Method { None, Passcode, Duress, Temporary, Face, Palm, Finger, Bluetooth, Remote, Command, Inside, Key, Auto }

export const enum Role { None, User, Admin }

export const enum Refusal { None, Unknown, Expired, Locked, AdminNeeded, Budget, Clock, Initial, Swapped, Critical }

/** Judgement of a new passcode. */
export const enum Verdict { Good, Weak, Taken, Differs }

/** Kinds of the event journal (E1), in the order of console/words.ts. */
export const enum Journal {
  None, Boot, Unlock, Lock, Fail, Refuse, Lockout, LockoutEnd, Moved, Jammed, Tamper, AwayAlarm,
  DoorLeftOpen, Duress, ModuleFault, StoreFault, QuietFailures, Bell, UserAdded, UserDeleted,
  CredentialAdded, CredentialFailed, Setting, Pairing, PairingEnd, Reset, Power, Clock, AlarmEnd,
  Armed, Disarmed, Silence, Menu, TempAdded, TempDeleted, Budget,
  ModuleSwapped, ModulePaired, TemplateOrphaned, TemplateMissing, JournalBroken, JournalBegun,
}

export const enum Alarm { Tamper, Lockout, Away, Jammed, Door, Duress, Module, Swapped, Count }

/** Levels of the menu as they are told. */
export const enum MenuLevel { None, Main, Credentials, Delete, Direction, Info, Face, Palm, Finger, Passcode, Closed }

/** What the lock says of its bolt (O6). */
export const enum Told { None, Unknown, Unlocked, Locked, Unlocking, Locking, Jammed }

export const enum Power { None, Normal, Low, Critical, Emergency }

/** What a secret code is for. */
export const enum CodeKind { Passcode = 1, Duress, Temporary }

/** What the store is asked to keep, one at a time. */
export const enum Put { None, User, DropUser, Template, Code, Temp, DropTemp, Wipe, Module, DropModule, DropTemplate }

/** Parts of the state that are kept whole; bits. */
export const enum Save { Settings = 1, Counters = 2 }

/** Questions to the keeper of secrets. */
export const enum Ask { None, Match, Judge, Repeat }

/** The end of a command, in the order of console/words.ts. */
export const enum Reply { None, Ok, NoSuchUser, Full, Weak, Taken, Locked, DoorOpen, Busy, LastAdministrator, Off, Value, NoSuchTemp }

export const enum Setting {
  Direction, Countdown, Protection, Guard, Volume, Language, RemoteUnlock, Video, Wifi, DoorAlarm, Count,
}
