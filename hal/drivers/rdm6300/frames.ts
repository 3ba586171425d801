/** Frames of the RDM6300: 02, ten hexadecimal digits (version, four bytes of the tag), two of their XOR, 03. */

export const enum Size { Frame = 14, Id = 10 }

const enum Byte { Start = 0x02, End = 0x03 }

export const START = String.fromCharCode(Byte.Start);

function digit(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code >= 48 && code <= 57) return code - 48;
  return code >= 65 && code <= 70 ? code - 55 : -1;
}

/** @returns the ten digits of a whole and right frame, else "" */
export function idOf(text: string, at: number): string {
  if (text.charCodeAt(at + Size.Frame - 1) !== Byte.End) return "";
  let high = 0;
  let low = 0;
  for (let i = at + 1; i < at + Size.Frame - 1; i = i + 2) {
    const first = digit(text, i);
    const second = digit(text, i + 1);
    if (first < 0 || second < 0) return "";
    high = high ^ first;
    low = low ^ second;
  }
  return high === 0 && low === 0 ? text.substring(at + 1, at + 1 + Size.Id) : "";
}
