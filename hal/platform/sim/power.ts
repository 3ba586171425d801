import { Platform } from "../../ports";
import { Chip } from "./chip";

export function newPower(chip: Chip): Pick<Platform, "bootCause" | "base" | "memory" | "restart"> {
  return {
    bootCause: () => chip.bootCause(),
    base: "",
    memory: () => -1,
    restart: () => chip.restart(),
  };
}
