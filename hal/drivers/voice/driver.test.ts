import { Beep } from "../../roles";
import { newDfPlayer } from "../dfplayer/driver";
import { DfPlayerEmulator } from "../dfplayer/emulator";
import { newPiezo } from "../piezo/driver";
import { PiezoEmulator } from "../piezo/emulator";
import { TestPlatform } from "../test/platform";
import { newMute, newVoice } from "./driver";

const chime = 58;

/** @param module there is a voice chip and it has power */
function newRig(module: boolean) {
  const test = new TestPlatform();
  const said: string[] = [];
  const disc = new PiezoEmulator(test.scheduler);
  const chip = new DfPlayerEmulator(test.scheduler, { send: (bytes) => test.deliver(1, bytes) });
  test.onSent = (_port, bytes) => chip.receive(bytes);
  chip.power(module);
  const speech = newDfPlayer(test.platform, { uart: 1, busyPin: -1 }, {
    done: () => { said.push("done"); },
    silent: (silent) => { said.push(`silent ${silent}`); },
  });
  const voice = newVoice(newPiezo(test.platform, disc), speech, chime);
  const pass = (ms: number): string[] => {
    test.pass(ms);
    return said.splice(0);
  };
  pass(20000);
  return { disc, chip, voice, pass };
}

test("a beep sounds at once, while the voice speaks on", () => {
  const { disc, chip, voice, pass } = newRig(true);
  voice.say(7, -1);
  pass(300);
  voice.beep(Beep.Failure);
  expect(disc.sounding).not.toBeNull();
  expect(pass(3000)).toEqual(["done"]);
  expect(disc.tones.length).toBe(3);
  expect(chip.played.map((one) => one.file)).toEqual([7]);
});

test("volume is for both, language and hush for the voice", () => {
  const { disc, chip, voice, pass } = newRig(true);
  voice.volume(1);
  voice.language(1);
  voice.beep(Beep.Key);
  voice.say(7, -1);
  pass(300);
  expect(disc.tones).toMatchObject([{ permille: 40 }]);
  expect(chip.playing).toMatchObject({ folder: 2, file: 7, volume: 14 });
  voice.hush();
  expect(pass(3000)).toEqual([]);
  expect(chip.playing).toBeNull();
});

test("with a dead voice chip: beeps, siren and the bell go on, prompts end at once", () => {
  const { disc, voice, pass } = newRig(false);
  voice.beep(Beep.Success);
  voice.say(7, 123);
  expect(pass(1000)).toEqual(["done"]);
  expect(disc.tones.splice(0)).toMatchObject([{ hertz: 2700, ms: 300 }]);
  voice.say(chime, -1);
  expect(pass(1000)).toEqual(["done"]);
  expect(disc.tones.splice(0)).toMatchObject([{ hertz: 3200 }, { hertz: 2700 }]);
  voice.siren(true);
  pass(60000);
  expect(disc.tones.splice(0).length).toBeGreaterThan(1000);
  voice.siren(false);
  expect(disc.sounding).toBeNull();
});

test("a voice chip that speaks rings the bell itself", () => {
  const { disc, chip, voice, pass } = newRig(true);
  voice.say(chime, -1);
  expect(pass(2000)).toEqual(["done"]);
  expect(disc.tones).toEqual([]);
  expect(chip.played.map((one) => one.file)).toEqual([chime]);
});

test("a lock without a voice chip: every prompt ends, but never from within `say`", () => {
  const test = new TestPlatform();
  let done = 0;
  const speech = newMute(test.platform, { done: () => { done++; } });
  speech.volume(2);
  speech.language(1);
  speech.say(7, -1);
  expect(done).toBe(0);
  test.pass(5);
  expect(done).toBe(1);
  speech.say(7, -1);
  speech.hush();
  test.pass(5);
  expect(done).toBe(1);
  expect(speech.speaks()).toBe(false);
});
