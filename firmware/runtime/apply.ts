import { pad } from "../../hal/digits";
import { MODULES, Power, Put, Sensor, Setting } from "../core/events";
import { Out } from "../core/outputs";
import { Prompt } from "../core/prompts";
import { TemplateRecord, templateNumber, templateSensor } from "../core/users/templates";
import { litText } from "../console/trace";
import { BEEPS, KEYS, LAMPS, LAMP_STATES, PROMPTS, word } from "../console/words";
import { setClock } from "./clock";
import { trust } from "./modules";
import { Runtime } from "./runtime";
import { clearTold, tell } from "./tell";
import { setTimers } from "./timers";
import { storeNotes, storePut, storeSave } from "../store/store";

/**
 * THE order of effects: stop the motor, journal, persist, motor, timers, then readers, lights and
 * sound. Every register is cleared where it is used, those that are told together. Nothing else in the firmware acts.
 */
export function apply(r: Runtime, out: Out): void {
  if (out.stop !== 0) r.roles.bolt.stop();
  const firstNote = persist(r, out);
  if (out.motor !== 0) r.roles.bolt.drive(out.motor);
  secrets(r, out);
  if (out.timed !== 0) {
    out.timed = 0;
    setTimers(r.timers, out.timer, r.clock.nowMs);
  }
  if (out.power !== 0 && r.roles.palmFace !== null) r.roles.palmFace.enable(out.power !== Power.Critical);
  if (r.trace.on) tell(r.trace, out, firstNote);
  clearTold(out);
  readers(r, out);
  lights(r, out);
  sound(r, out);
  if (out.measure !== 0) {
    out.measure = 0;
    lookAround(r);
  }
  if (out.reply !== 0) {
    const reply = out.reply;
    out.reply = 0;
    r.onReply(reply, out.replyNumber);
    out.replyNumber = 0;
  }
}

/** Once an hour: what is to be asked now and then, since the lock is awake. */
function lookAround(r: Runtime): void {
  r.roles.battery.measure();
  r.roles.keys.check();
  r.roles.keyLamps.check();
  takeDate(r);
}

/** The chip's own clock drifts; the calendar's is right, or not set. */
export function takeDate(r: Runtime): void {
  const calendar = r.roles.clock;
  const minutes = calendar === null ? -1 : calendar.read();
  if (calendar !== null && minutes >= 0) setClock(r.clock, minutes, calendar.seconds());
}

/** A failure is in flash before it is answered (L5); a factory reset comes before its own event (R1). @returns the number of the first event */
function persist(r: Runtime, out: Out): number {
  if (out.put === Put.Wipe) storePut(r.store, out);
  // Counts first: who cuts the supply behind the first write would else learn from the motor what was not counted.
  if (out.save !== 0) {
    storeSave(r.store, out.save);
    if (out.save % 2 === 1) applySettings(r);
    out.save = 0;
  }
  const first = out.notes > 0 ? storeNotes(r.store, out) : 0;
  if (out.put !== Put.None && out.put !== Put.Wipe) storePut(r.store, out);
  if (out.put === Put.Wipe) applySettings(r);
  return first;
}

/** Q2. */
export function applySettings(r: Runtime): void {
  r.roles.voice.volume(r.lock.settings[Setting.Volume]);
  r.roles.voice.language(r.lock.settings[Setting.Language]);
}

function secrets(r: Runtime, out: Out): void {
  if (out.clear !== 0) {
    r.vault.clear(out.clear);
    out.clear = 0;
  }
  if (out.digit !== 0) {
    r.vault.digit(out.digit - 1);
    out.digit = 0;
  }
}

function readers(r: Runtime, out: Out): void {
  for (let sensor = 0; sensor < Sensor.Count; sensor++) {
    if (out.look[sensor] === 0) continue;
    r.roles.readers[sensor].look(out.look[sensor] === 1);
    out.look[sensor] = 0;
  }
  if (out.cancel !== 0) {
    r.roles.readers[out.cancel - 1].cancel();
    out.cancel = 0;
  }
  if (out.enrol !== 0) {
    r.roles.readers[out.enrol - 1].enrol();
    out.enrol = 0;
  }
  if (out.remove !== 0) {
    r.roles.readers[Math.floor((out.remove - 1) / 4096)].remove((out.remove - 1) % 4096);
    out.remove = 0;
  }
  for (let at = 0; at < out.forget.length; at = at + TemplateRecord.Width) {
    r.roles.readers[templateSensor(out.forget, at)].remove(templateNumber(out.forget, at));
  }
  out.forget = "";
  if (out.put === Put.Wipe) {
    for (let module = 0; module < MODULES; module++) trust(r, module, "");
  }
  out.put = Put.None;
  if (out.pairModule !== 0) {
    trust(r, out.pairModule - 1, "");
    out.pairModule = 0;
  }
}

function lights(r: Runtime, out: Out): void {
  if (out.lit !== 0) {
    const keys = out.lit - 1;
    out.lit = 0;
    r.roles.keypad.light(keys);
    // Out of the dark only: while it is lit, touches show that the part works.
    if (r.dark && keys !== 0) r.roles.keys.check();
    if (r.dark !== (keys === 0)) r.roles.bolt.ready(keys !== 0);
    r.dark = keys === 0;
    if (r.trace.on) r.trace.line(keys === 0 ? "keypad off" : "keypad on lit=" + litText(keys));
  }
  if (out.flash !== 0) {
    r.roles.keypad.flashNumber(out.flash - 1);
    if (r.trace.on) r.trace.line("flash " + pad(out.flash - 1, 3));
    out.flash = 0;
  }
  if (out.flashKey !== 0) {
    r.roles.keypad.flashKey(out.flashKey - 1);
    if (r.trace.on) r.trace.line("flash " + word(KEYS, out.flashKey - 1));
    out.flashKey = 0;
  }
  if (out.twice !== 0) {
    out.twice = 0;
    r.roles.keypad.flashTwice();
    if (r.trace.on) r.trace.line("flash twice");
  }
  for (let lamp = 0; lamp < out.lamp.length; lamp++) {
    if (out.lamp[lamp] === 0) continue;
    r.roles.lights.set(lamp, out.lamp[lamp]);
    if (r.trace.on) r.trace.line("light " + word(LAMPS, lamp) + " " + word(LAMP_STATES, out.lamp[lamp]));
    out.lamp[lamp] = 0;
  }
}

function sound(r: Runtime, out: Out): void {
  if (out.siren !== 0) {
    r.roles.voice.siren(out.siren === 1);
    out.siren = 0;
  }
  if (out.hush !== 0) {
    if (out.voice === 0) r.roles.voice.hush();
    r.nextPrompt = Prompt.None;
    out.hush = 0;
  }
  if (out.beep !== 0) {
    r.roles.voice.beep(out.beep);
    if (r.trace.on) r.trace.line("beep " + word(BEEPS, out.beep));
    out.beep = 0;
  }
  if (out.voice !== 0) {
    sayPrompt(r, out.voice);
    r.nextPrompt = out.then;
    out.voice = 0;
    out.then = 0;
  }
}

/** M7: three prompts are followed by a number of this lock. */
export function sayPrompt(r: Runtime, prompt: Prompt): void {
  const at = prompt - Prompt.SerialNumber;
  const number = at >= 0 && at < r.identity.length ? r.identity[at] : -1;
  r.roles.voice.say(prompt, number);
  if (r.trace.on) r.trace.line("voice " + word(PROMPTS, prompt) + (number < 0 ? "" : " n=" + number.toString()));
}
