/** What a board file (`board-configs/<name>.json`) says: which part is where, and what this board does differently. */
export interface Board {
  name: string;
  title: string;
  /** A development image starts with its console open, a release image closed. */
  console: "open" | "closed";
  uarts: { console: number; standin: number };
  pins: Pins;
  /** The raw flash that the store may use. */
  flash: { pageSize: number; pages: number };
  /** Overrides of the figures marked *board* in the specification, by their name in limits.ts. */
  limits: { [name: string]: number };
}

/** Contacts read 1 while they are in the state that names them; motor pins drive while 1. */
export interface Pins {
  doorOpen: number;
  tamperOpen: number;
  setButton: number;
  lockButton: number;
  handle: number;
  boltWithdrawn: number;
  boltThrown: number;
  motorWithdraw: number;
  motorThrow: number;
}
