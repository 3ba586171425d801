import { InputPin, OutputPin } from "../../ports";

/** One look at the contacts, a column driven at a time. Rows are pulled up, a driven column is low. */

/** @param seen is filled with the closed contacts of each row, one bit a column; all columns are high afterwards */
export function scan(rows: InputPin[], columns: OutputPin[], seen: number[]): void {
  for (let row = 0; row < rows.length; row++) seen[row] = 0;
  let bit = 1;
  for (let column = 0; column < columns.length; column++) {
    columns[column].write(0);
    for (let row = 0; row < rows.length; row++) {
      if (rows[row].read() === 0) seen[row] = seen[row] + bit;
    }
    columns[column].write(1);
    bit = bit * 2;
  }
}

export function driveAll(columns: OutputPin[], level: number): void {
  for (let column = 0; column < columns.length; column++) columns[column].write(level);
}

export function isAnyLow(rows: InputPin[]): boolean {
  for (let row = 0; row < rows.length; row++) {
    if (rows[row].read() === 0) return true;
  }
  return false;
}

/**
 * Three keys at the corners of a rectangle close the fourth corner too, and nobody can tell which
 * one it is. Keys that were down before stay what they are; of the new ones none is believed.
 */
export function refuseGhosts(seen: number[], down: number[]): void {
  if (!hasRectangle(seen)) return;
  for (let row = 0; row < seen.length; row++) seen[row] = seen[row] & down[row];
}

/** Whether two rows have two columns in common. */
function hasRectangle(seen: number[]): boolean {
  for (let row = 1; row < seen.length; row++) {
    for (let other = 0; other < row; other++) {
      const common = seen[row] & seen[other];
      // A number of two bits or more shares one with its predecessor.
      if (common !== 0 && (common & (common - 1)) !== 0) return true;
    }
  }
  return false;
}

export function isSame(one: number[], other: number[]): boolean {
  for (let i = 0; i < one.length; i++) {
    if (one[i] !== other[i]) return false;
  }
  return true;
}

export function isEmpty(contacts: number[]): boolean {
  for (let i = 0; i < contacts.length; i++) {
    if (contacts[i] !== 0) return false;
  }
  return true;
}
