/** Frames of the emulated module, made apart from the driver's, and what can happen to them on the line. */

/** What goes wrong with the next reply to a command (to any, if `mid` is not given). */
export interface Fault {
  mid?: number;
  kind: "lose" | "flip" | "double" | "nack" | "late";
  /** The byte that is lost, or the bits that are flipped, counted from the first byte's lowest. */
  at?: number[];
  /** Result of a nack; ms of a late answer. */
  value?: number;
}

export function mangle(bytes: string, fault: Fault | null): string {
  const at = fault?.at ?? [0];
  if (fault?.kind === "lose") return bytes.slice(0, at[0]) + bytes.slice(at[0] + 1);
  if (fault?.kind === "double") return bytes + bytes;
  if (fault?.kind !== "flip") return bytes;
  const codes = [...bytes].map((one) => one.charCodeAt(0));
  for (const bit of at) codes[bit >> 3] ^= 1 << (bit & 7);
  return String.fromCharCode(...codes);
}

export function frame(mid: number, data: string): string {
  const body = String.fromCharCode(mid, data.length >> 8, data.length & 255) + data;
  return "\xef\xaa" + body + String.fromCharCode([...body].reduce((sum, one) => sum ^ one.charCodeAt(0), 0));
}
