import { InputPin, OutputPin, Platform, Pull, Timer } from "../../ports";
import { KeypadEvents } from "../../roles";
import { InPin, OutPin } from "../../wires";
import { driveAll, isAnyLow, isEmpty, isSame, refuseGhosts, scan } from "./scan";

/** A keypad of plain contacts in rows and columns. Debounced touches; rule K7 is the lock's. */
export interface MatrixOptions {
  /** Inputs, 1 to 8, pulled up. @minItems 1 @maxItems 8 @pullUp */
  rowPins: InPin[];
  /** Outputs, 1 to 8, each through a diode. @minItems 1 @maxItems 8 */
  columnPins: OutPin[];
  /** Key (`roles.ts`) of each contact, row by row; Key.None, 15, for one that is no key and only wakes. @items { type: "integer", minimum: 0, maximum: 15 } */
  keys: number[];
  /** Between two looks while a key is down, ms. @asType integer @minimum 5 @maximum 20 */
  scanMs: number;
  /** Looks after the first that must see the same before it counts. @asType integer @minimum 1 @maximum 10 */
  settleScans: number;
}

const enum Figure {
  /** Edges without a key, in a row, that make a storm. */
  StormAfter = 8,
  StormMs = 50,
  /** A key held this long is stuck (K7) … */
  StuckMs = 10000,
  /** … and looked at less often. */
  StuckScanMs = 100,
}

interface Matrix {
  readonly options: MatrixOptions;
  readonly events: KeypadEvents;
  readonly rows: InputPin[];
  readonly columns: OutputPin[];
  /** Closed contacts of each row, one bit a column: as seen last, before that, and as told. */
  readonly seen: number[];
  readonly before: number[];
  readonly down: number[];
  timer: Timer;
  /** Looking at the columns one by one; else all are driven and an edge of a row wakes. */
  scanning: boolean;
  /** Looks in a row that saw the same. */
  same: number;
  /** Edges in a row that no key followed. */
  fruitless: number;
}

export function newMatrix(platform: Platform, options: MatrixOptions, events: KeypadEvents): void {
  const m: Matrix = {
    options, events, rows: [], columns: [], seen: [], before: [], down: [], timer: platform.timer(() => { onScan(m); }),
    scanning: false, same: 0, fruitless: 0,
  };
  const onEdge = (): void => { wake(m); };
  for (let i = 0; i < options.columnPins.length; i++) m.columns.push(platform.output(options.columnPins[i], 0));
  for (let i = 0; i < options.rowPins.length; i++) {
    m.rows.push(platform.input(options.rowPins[i], Pull.Up, onEdge));
    m.seen.push(0);
    m.before.push(0);
    m.down.push(0);
  }
  if (isAnyLow(m.rows)) wake(m);
}

/** Looking makes edges of its own: they are no news, and a storm of them starts nothing. */
function wake(m: Matrix): void {
  if (m.scanning) return;
  m.scanning = true;
  m.same = 0;
  m.timer.start(m.fruitless < Figure.StormAfter ? m.options.scanMs : Figure.StormMs);
}

function onScan(m: Matrix): void {
  driveAll(m.columns, 1);
  scan(m.rows, m.columns, m.seen);
  refuseGhosts(m.seen, m.down);
  if (isSame(m.seen, m.before)) {
    m.same = Math.min(m.same + 1, Figure.StuckMs);
  } else {
    m.same = 0;
    for (let row = 0; row < m.seen.length; row++) m.before[row] = m.seen[row];
  }
  if (m.same >= m.options.settleScans && !isSame(m.seen, m.down)) tell(m);
  if (isEmpty(m.seen) && isEmpty(m.down)) {
    rest(m);
  } else {
    const stuck = m.same * m.options.scanMs >= Figure.StuckMs;
    m.timer.start(stuck ? Figure.StuckScanMs : m.options.scanMs);
  }
}

/** All columns driven: any key makes an edge. One that closed since the look has made its edge already. */
function rest(m: Matrix): void {
  driveAll(m.columns, 0);
  m.scanning = false;
  if (m.fruitless < Figure.StormAfter) m.fruitless = m.fruitless + 1;
  if (isAnyLow(m.rows)) wake(m);
}

/** Releases first: of two keys that changed together the one that ended came before the one that began. */
function tell(m: Matrix): void {
  m.fruitless = 0;
  tellChanges(m, m.down, m.seen, false);
  tellChanges(m, m.seen, m.down, true);
  for (let row = 0; row < m.seen.length; row++) m.down[row] = m.seen[row];
}

/** Tells the contacts that are in `some` and not in `others`. */
function tellChanges(m: Matrix, some: number[], others: number[], touched: boolean): void {
  for (let row = 0; row < some.length; row++) {
    let bit = 1;
    for (let column = 0; column < m.columns.length; column++) {
      if ((some[row] & bit) !== 0 && (others[row] & bit) === 0) {
        const key = m.options.keys[row * m.columns.length + column];
        if (touched) m.events.touched(key);
        else m.events.released(key);
      }
      bit = bit * 2;
    }
  }
}
