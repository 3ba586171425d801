import { Platform } from "../../ports";
import { Chip } from "./chip";

export function newCrypto(chip: Chip): Pick<Platform, "sha256" | "random"> {
  return {
    sha256: (bytes) => chip.sha256(bytes),
    random: (count) => chip.random(count),
  };
}
