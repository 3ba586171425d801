import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { UserError } from "../build/user-error";

/** Bytes for the chip's flash. */
export interface FlashPart {
  name: string;
  address: number;
  data: Uint8Array;
}

/** Where Espruino's ESP32 firmware has what (its partitions_espruino.csv). The lock's users and events are at `users`. */
export const layout = { bootloader: 0x1000, partitions: 0x8000, application: 0x10000, users: 0x310000, storage: 0x320000, storageBytes: 0xe0000 };

/** First byte of a program image, first bytes of a partition table. */
const imageMagic = 0xe9;
const partitionMagic = [0xaa, 0x50];

/** Where a program's header says which chip it is for, in two bytes, and what stands there, as esptool has it. */
const chipIdAt = 12;
const esp32 = 0;
const otherChips: { [id: number]: string } = { 2: "ESP32-S2", 5: "ESP32-C3", 9: "ESP32-S3", 12: "ESP32-C2", 13: "ESP32-C6", 16: "ESP32-H2", 18: "ESP32-P4" };

/** What an archive of Espruino's releases holds, by the end of its name. */
const archived: [string, number][] = [
  ["bootloader.bin", layout.bootloader],
  ["partitions_espruino.bin", layout.partitions],
  ["espruino_esp32.bin", layout.application],
];

/**
 * Reads a firmware: the archive of a release (.tgz), a whole flash image that begins at 0, or the program alone.
 * @throws UserError for anything else, for another chip's, and for one that reaches into the lock's users.
 */
export function readBase(path: string, users = layout.users, firmware = "Espruino"): FlashPart[] {
  let data: Buffer;
  try {
    data = readFileSync(path);
  } catch (error) {
    throw new UserError(`The firmware ${path} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
  const parts = partsOf(path, data).map((part) => ({ ...part, data: withoutEmptyEnd(part.data) }));
  for (const part of parts) checkChip(path, part);
  const over = parts.find(({ address, data: { length } }) => address + length > users);
  if (over !== undefined) throw new UserError(`The firmware ${path} reaches into the flash where the lock keeps its users; it is no ${firmware} for this chip.`);
  return parts;
}

/** A whole flash image has two programs. */
function checkChip(path: string, { address, data }: FlashPart): void {
  for (const start of [layout.bootloader, layout.application]) {
    const program = start < address ? new Uint8Array() : data.subarray(start - address);
    if (program[0] !== imageMagic) continue;
    const id = program[chipIdAt] + program[chipIdAt + 1] * 256;
    if (id === esp32) continue;
    const chip = id in otherChips ? `an ${otherChips[id]}` : `another chip (${id})`;
    throw new UserError(`The firmware ${path} is for ${chip}, and the lock runs on an ESP32.`);
  }
}

function partsOf(path: string, data: Buffer): FlashPart[] {
  if (data[0] === 0x1f && data[1] === 0x8b) return fromArchive(path, data);
  if (data[layout.bootloader] === imageMagic && partitionMagic.every((byte, at) => data[layout.partitions + at] === byte)) {
    return [{ name: "firmware", address: 0, data }];
  }
  if (data[0] === imageMagic) return [{ name: "firmware", address: layout.application, data }];
  throw new UserError(`${path} is no firmware for an ESP32: neither a release's archive (.tgz), nor a whole flash image, nor a program.`);
}

function fromArchive(path: string, data: Buffer): FlashPart[] {
  let files: [string, Buffer][];
  try {
    files = untar(gunzipSync(data));
  } catch {
    throw new UserError(`The archive ${path} is damaged.`);
  }
  return archived.map(([name, address]) => {
    const found = files.find(([file]) => file === name || file.endsWith(`/${name}`));
    if (found === undefined) throw new UserError(`The archive ${path} has no ${name}: it is no release of Espruino for the ESP32.`);
    return { name, address, data: found[1] };
  });
}

const tarBlock = 512;

function untar(data: Buffer): [string, Buffer][] {
  const files: [string, Buffer][] = [];
  for (let at = 0; at + tarBlock <= data.length && data[at] !== 0;) {
    const field = (from: number, to: number): string => data.toString("latin1", at + from, at + to).replace(/\0.*$/s, "");
    const size = Number.parseInt(field(124, 136), 8);
    files.push([field(0, 100), data.subarray(at + tarBlock, at + tarBlock + size)]);
    at += tarBlock + Math.ceil(size / tarBlock) * tarBlock;
  }
  return files;
}

/** Empty flash behind the last byte is not written, so that what stands there stays. */
function withoutEmptyEnd(data: Uint8Array): Uint8Array {
  let end = data.length;
  while (end > 0 && data[end - 1] === 0xff) end--;
  return data.subarray(0, end);
}

/** NodeMCU's file system, as hal/platform/nodemcu/base.json has it. With it go the image and the lock's users and events, which are files too. */
export const fileSystem = { address: 0x250000, bytes: 0x1b0000 };

export function emptyFileSystem(): FlashPart {
  return { name: "file system", address: fileSystem.address, data: new Uint8Array(fileSystem.bytes).fill(0xff) };
}

/** Espruino's Storage as it is when erased: the image and its boot files are gone, and the prompt is open again. */
export function emptyStorage(): FlashPart {
  return { name: "Storage", address: layout.storage, data: new Uint8Array(layout.storageBytes).fill(0xff) };
}
