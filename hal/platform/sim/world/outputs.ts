import { Beep, Key, Lamp, LampState } from "../../../roles";
import { Link } from "./link";
import { Appointment, Scheduler } from "./scheduler";

/** How long a prompt takes to be said. */
export const promptMs = 1500;

/** The front keypad: what is lit, and the touches. */
export class Keypad {
  /** One bit a key, bit number = Key. */
  lit = 0;
  /** The user number flashed last, -1 if none yet. */
  flashedNumber = -1;
  /** The key that flashes until the lit keys change, -1 if none. */
  flashing = -1;

  constructor(private readonly link: Link) {}

  touch(key: Key): void {
    this.link.send(`touch ${key}`);
  }

  release(key: Key): void {
    this.link.send(`release ${key}`);
  }

  isLit(key: Key): boolean {
    return Math.floor(this.lit / 2 ** key) % 2 === 1;
  }

  light(mask: number): void {
    this.lit = mask;
    this.flashing = -1;
  }

  flashNumber(number: number): void {
    this.flashedNumber = number;
  }

  powered(): void {
    this.light(0);
  }
}

/** Speaker: beeps, stored prompts, siren. */
export class Speaker {
  /** The prompt said last and its number or -1; prompt 0 = nothing yet. */
  prompt = 0;
  promptNumber = -1;
  speaking = false;
  /** The beep given last, 0 = none yet. */
  lastBeep: Beep | 0 = 0;
  beeps = 0;
  siren = false;
  volume = 3;
  language = 0;
  /** Told of each prompt as it begins, for a host that prints it. */
  onPrompt: (prompt: number, number: number) => void = () => undefined;
  private ending: Appointment | null = null;

  constructor(private readonly scheduler: Scheduler, private readonly link: Link) {}

  beep(beep: Beep): void {
    this.lastBeep = beep;
    this.beeps++;
  }

  /** A new prompt ends the one before, of which `said` is then not told. */
  say(prompt: number, number: number): void {
    this.hush();
    this.prompt = prompt;
    this.promptNumber = number;
    this.speaking = true;
    this.onPrompt(prompt, number);
    this.ending = this.scheduler.after(promptMs, () => {
      this.hush();
      this.link.send("said");
    });
  }

  hush(): void {
    this.scheduler.cancel(this.ending);
    this.ending = null;
    this.speaking = false;
  }

  powered(): void {
    this.hush();
    this.siren = false;
  }
}

/** Guide light, IR light and rear LED. */
export class Lamps {
  private readonly states: LampState[] = [LampState.Off, LampState.Off, LampState.Off];

  set(lamp: Lamp, state: LampState): void {
    this.states[lamp] = state;
  }

  state(lamp: Lamp): LampState {
    return this.states[lamp];
  }

  powered(): void {
    this.states.fill(LampState.Off);
  }
}
