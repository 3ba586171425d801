import { Uart } from "../../ports";
import { Battery, BatteryEvents, Beep, Keypad, KeypadEvents, Lamp, LampState, Lights, Reader, ReaderEvents, Voice, VoiceEvents } from "../../roles";
import { chargeOf } from "./charge";

/** The lock's side of the role-level stand-ins; their lines stand in README.md. */
export interface Standins {
  keypad: Keypad;
  lights: Lights;
  voice: Voice;
  battery: Battery;
  face: Reader;
  palm: Reader;
  finger: Reader;
  /** Bytes from the world. */
  receive(bytes: string): void;
}

export interface StandinEvents {
  keypad: KeypadEvents;
  voice: VoiceEvents;
  battery: BatteryEvents;
  face: ReaderEvents;
  palm: ReaderEvents;
  finger: ReaderEvents;
}

/** Longer lines are thrown away whole. */
const LINE_MAX = 40;

/** @param uart opened by the caller, who passes what it receives to `receive` */
export function newStandins(uart: Uart, events: StandinEvents): Standins {
  const send = (line: string): void => { uart.write(line + "\n"); };
  let line = "";
  return {
    keypad: newKeypad(send),
    lights: { set: (lamp: Lamp, state: LampState) => { send("lamp " + lamp.toString() + " " + state.toString()); } },
    voice: newVoice(send),
    battery: { measure: () => { send("battery"); } },
    face: newReader(send, "face"),
    palm: newReader(send, "palm"),
    finger: newReader(send, "finger"),
    receive: (bytes) => {
      for (let i = 0; i < bytes.length; i++) {
        const character = bytes.charAt(i);
        if (character !== "\n") {
          line = line + character;
          continue;
        }
        const whole = line;
        line = "";
        if (whole.length <= LINE_MAX) take(events, whole);
      }
    },
  };
}

function newKeypad(send: (line: string) => void): Keypad {
  return {
    light: (keys) => { send("lit " + keys.toString()); },
    flashNumber: (number) => { send("number " + number.toString()); },
    flashKey: (key) => { send("flash " + key.toString()); },
    flashTwice: () => { send("twice"); },
  };
}

function newVoice(send: (line: string) => void): Voice {
  return {
    beep: (beep: Beep) => { send("beep " + beep.toString()); },
    say: (prompt, number) => { send("say " + prompt.toString() + " " + number.toString()); },
    hush: () => { send("hush"); },
    siren: (on) => { send(on ? "siren 1" : "siren 0"); },
    volume: (level) => { send("volume " + level.toString()); },
    language: (language) => { send("language " + language.toString()); },
  };
}

function newReader(send: (line: string) => void, name: string): Reader {
  return {
    look: (on) => { send(name + (on ? " look 1" : " look 0")); },
    enrol: () => { send(name + " enrol"); },
    cancel: () => { send(name + " cancel"); },
    remove: (template) => { send(name + " remove " + template.toString()); },
    removeAll: () => { send(name + " clear"); },
  };
}

/** The number behind the last space, -1 if there is none. */
function numberOf(line: string): number {
  let value = 0;
  let digits = 0;
  for (let i = 0; i < line.length; i++) {
    const digit = line.charCodeAt(i) - 48;
    if (digit >= 0 && digit <= 9) {
      value = value * 10 + digit;
      digits++;
    } else {
      value = 0;
      digits = 0;
    }
  }
  return digits === 0 || digits > 5 ? -1 : value;
}

function take(events: StandinEvents, line: string): void {
  const space = line.indexOf(" ");
  const subject = space < 0 ? line : line.substring(0, space);
  const value = numberOf(line);
  if (subject === "touch" && value >= 0) events.keypad.touched(value);
  else if (subject === "release" && value >= 0) events.keypad.released(value);
  else if (subject === "said") events.voice.done();
  else if (subject === "battery" && value >= 0) events.battery.measured(chargeOf(value));
  else if (subject === "usb") events.battery.usb(value === 1);
  else if (subject === "face") takeReader(events.face, line.substring(space + 1), value);
  else if (subject === "palm") takeReader(events.palm, line.substring(space + 1), value);
  else if (subject === "finger") takeReader(events.finger, line.substring(space + 1), value);
}

function takeReader(events: ReaderEvents, line: string, value: number): void {
  const space = line.indexOf(" ");
  const what = space < 0 ? line : line.substring(0, space);
  if (what === "near") events.near();
  else if (what === "matched" && value >= 0) events.matched(value);
  else if (what === "unknown") events.unknown();
  else if (what === "unreadable") events.unreadable();
  else if (what === "gone") events.gone();
  else if (what === "placed" && value >= 0) events.placed(value);
  else if (what === "again") events.again();
  else if (what === "enrolled" && value >= 0) events.enrolled(value);
  else if (what === "failed" && value >= 0) events.enrolFailed(value);
  else if (what === "silent") events.silent(value === 1);
}
