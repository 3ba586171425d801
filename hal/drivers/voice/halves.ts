import { Beep } from "../../roles";

/** The speaking half of a `Voice`: what a module with stored prompts does. */
export interface Speech {
  /** @param prompt file number, 1 to 199 @param number spoken behind it digit by digit, or -1. Ends the prompt before. */
  say(prompt: number, number: number): void;
  hush(): void;
  /** @param level 0 to 3 */
  volume(level: number): void;
  /** @param language folder number less one, 0 to 98 */
  language(language: number): void;
  /** Does the module answer, as far as is known? */
  speaks(): boolean;
}

/** The sounding half of a `Voice`: what needs no stored prompts. */
export interface Beeper {
  /** Ends the beep before; the siren goes on. */
  beep(beep: Beep): void;
  siren(on: boolean): void;
  /** @param level 0 to 3; the siren is always loud */
  volume(level: number): void;
  /** The door bell, for a lock whose voice is dead. */
  chime(): void;
}
