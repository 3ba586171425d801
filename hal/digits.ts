/** Numbers and bytes in digits, the same everywhere. */
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

/** The bytes of lower-case digits, two each; "" for anything else. */
export function fromHex(text: string): string {
  if (text.length % 2 !== 0) return "";
  const parts: string[] = [];
  for (let i = 0; i < text.length; i += 2) {
    const high = DIGITS.indexOf(text.charAt(i));
    const low = DIGITS.indexOf(text.charAt(i + 1));
    if (high < 0 || low < 0) return "";
    parts.push(String.fromCharCode(high * 16 + low));
  }
  return parts.join("");
}

/** @param width with zeros before, at least so many digits */
export function pad(value: number, width: number): string {
  let text = value.toString();
  while (text.length < width) text = "0" + text;
  return text;
}
