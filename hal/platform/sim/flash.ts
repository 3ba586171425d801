import { Flash } from "../../ports";
import { Chip } from "./chip";

export function newFlash(chip: Chip, pageSize: number, pages: number): Flash {
  return {
    pageSize,
    pages,
    read: (address, length) => chip.readFlash(address, length),
    write: (address, bytes) => chip.writeFlash(address, bytes),
    erase: (page) => chip.eraseFlash(page),
  };
}
