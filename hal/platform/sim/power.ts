import { Platform } from "../../ports";
import { Chip } from "./chip";

export function newPower(chip: Chip): Pick<Platform, "bootCause" | "memory" | "restart"> {
  return {
    bootCause: () => chip.bootCause(),
    memory: () => -1,
    restart: () => chip.restart(),
  };
}
