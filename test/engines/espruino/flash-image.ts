/** The contents of the interpreter's Storage, as the Linux program keeps them in `espruino.flash`. */

const headerSize = 32;
const nameSize = 28;
const alignment = 4;

/** @returns the log of the Storage with these files in it; the interpreter pads it to its own size. */
export function flashImage(files: Record<string, string>): Buffer {
  const parts = Object.entries(files).flatMap(([name, text]) => {
    const data = Buffer.from(text, "latin1");
    const header = Buffer.alloc(headerSize);
    if (name.length > nameSize) throw new Error(`the Storage name ${name} is longer than ${nameSize}`);
    header.writeUInt32LE(data.length, 0);
    header.write(name, 4, "latin1");
    return [header, data, Buffer.alloc((alignment - (data.length % alignment)) % alignment, 0xff)];
  });
  return Buffer.concat(parts);
}
