const DIGITS = "0123456789abcdef";

/** Two digits a byte. */
export function hex(bytes: string): string {
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i++) {
    const code = bytes.charCodeAt(i);
    parts.push(DIGITS.charAt(Math.floor(code / 16)) + DIGITS.charAt(code % 16));
  }
  return parts.join("");
}
