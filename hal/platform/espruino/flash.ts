import { Flash } from "../../ports";

/** 64 kB of raw flash between the interpreter's image and its Storage, used by nothing else (partition table of the ESP32 build). */
const enum Area { Start = 0x310000 }

export function newFlash(pageSize: number, pages: number): Flash {
  const flash = require("Flash");
  return {
    pageSize,
    pages,
    read: (address, length) => E.toString(flash.read(length, Area.Start + address)),
    write: (address, bytes) => flash.write(bytes, Area.Start + address),
    erase: (page) => flash.erasePage(Area.Start + page * pageSize),
  };
}
