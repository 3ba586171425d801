import { Platform } from "../../ports";
import { SpeechEvents } from "../../roles";
import { Speech } from "../voice/halves";
import { DfPlayerOptions, newDfPlayer } from "./driver";

export interface DfPlayerPart extends DfPlayerOptions {
  driver: "dfplayer";
}

export function newPart(platform: Platform, part: DfPlayerPart, events: SpeechEvents): Speech {
  return newDfPlayer(platform, part, events);
}
