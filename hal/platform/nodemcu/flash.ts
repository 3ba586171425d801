import { Flash } from "../../ports";

/**
 * NodeMCU gives Lua no way to raw flash, so each page is a file of fixed size in SPIFFS. What a
 * power cut leaves of such a file is decided by SPIFFS, not by the rules of NOR flash that the
 * store's own proof rests on: it needs a proof of its own on this platform. A page whose file is
 * missing or short (cut in an erase) reads as erased from there on. If the file system refuses a
 * file, reads give 0xFF and writes are lost; the store sees that when it reads back.
 */
export function newFlash(pageSize: number, pages: number): Flash {
  return {
    pageSize,
    pages,
    read: (address, length) => read(pageSize, address, length),
    write: (address, bytes) => write(pageSize, address, bytes),
    erase: (page) => erase(pageSize, page),
  };
}

function read(pageSize: number, address: number, length: number): string {
  let bytes = "";
  while (bytes.length < length) {
    const at = address + bytes.length;
    const page = Math.floor(at / pageSize);
    const offset = at - page * pageSize;
    bytes += readPage(page, offset, Math.min(length - bytes.length, pageSize - offset));
  }
  return bytes;
}

function write(pageSize: number, address: number, bytes: string): void {
  const page = Math.floor(address / pageSize);
  const offset = address - page * pageSize;
  const kept = cleared(readPage(page, offset, bytes.length), bytes);
  let file = io.open(fileOf(page), "r+");
  if (file === undefined) {
    erase(pageSize, page);
    file = io.open(fileOf(page), "r+");
  }
  if (file === undefined) return;
  file.seek("set", offset);
  file.write(kept);
  file.close();
}

function erase(pageSize: number, page: number): void {
  const file = io.open(fileOf(page), "w");
  if (file === undefined) return;
  file.write(erasedBytes(pageSize));
  file.close();
}

function readPage(page: number, offset: number, length: number): string {
  const file = io.open(fileOf(page), "r");
  if (file === undefined) return erasedBytes(length);
  file.seek("set", offset);
  const bytes = file.read(length) ?? "";
  file.close();
  return bytes + erasedBytes(length - bytes.length);
}

function fileOf(page: number): string {
  return "store" + page.toString();
}

function erasedBytes(count: number): string {
  let bytes = "";
  let piece = String.fromCharCode(0xFF);
  for (let left = count; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) bytes += piece;
    piece += piece;
  }
  return bytes;
}

/** As NOR flash does it, a write only clears bits. */
function cleared(before: string, bytes: string): string {
  if (before === erasedBytes(before.length)) return bytes;
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i++) {
    parts.push(String.fromCharCode(before.charCodeAt(i) & bytes.charCodeAt(i)));
  }
  return parts.join("");
}
