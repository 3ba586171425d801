import { Platform, Timer } from "../../ports";
import { Voice, VoiceEvents } from "../../roles";
import { Beeper, Speech } from "./halves";

/**
 * One `Voice` of two halves that do not know each other: beeps and siren go on when the speaking
 * half is dead, and speech never delays a beep (K3).
 * @param chimePrompt the prompt that is the door bell, rung by the beeper while the voice is dead (K5)
 */
export function newVoice(beeper: Beeper, speech: Speech, chimePrompt: number): Voice {
  return {
    beep: (beep) => { beeper.beep(beep); },
    siren: (on) => { beeper.siren(on); },
    say: (prompt, number) => {
      if (prompt === chimePrompt && !speech.speaks()) beeper.chime();
      speech.say(prompt, number);
    },
    hush: () => { speech.hush(); },
    volume: (level) => {
      beeper.volume(level);
      speech.volume(level);
    },
    language: (language) => { speech.language(language); },
  };
}

/** For a lock without a voice chip: every prompt ends as soon as it was said. */
export function newMute(platform: Platform, events: VoiceEvents): Speech {
  const timer: Timer = platform.timer(() => { events.done(); });
  return {
    say: () => { timer.start(1); },
    hush: () => { timer.stop(); },
    volume: () => { return; },
    language: () => { return; },
    speaks: () => false,
  };
}
