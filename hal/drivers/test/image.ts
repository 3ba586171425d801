/**
 * An image of parts only: voice, motor, battery, clock and card readers, told by letters on the console what
 * to do, and saying there what they told. Written in the portable subset, like the lock.
 */
import { Platform, Uart } from "../../ports";
import { Beep, BoltPosition, Direction } from "../../roles";
import { lithium2s } from "../battery/curves";
import { newBattery } from "../battery/driver";
import { newDfPlayer } from "../dfplayer/driver";
import { MotorBolt, newDrv8833 } from "../drv8833/driver";
import { newDs3231 } from "../ds3231/driver";
import { newPiezo } from "../piezo/driver";
import { CardReader, CardReaderEvents, newPn532 } from "../pn532/driver";
import { newRdm6300 } from "../rdm6300/driver";
import { newVoice } from "../voice/driver";

type Say = (this: void, text: string) => void;

/** What each letter does. */
interface Bench { onLetter(this: void, letter: string): void }

export function startLock(platform: Platform): void {
  const benches: Bench[] = [];
  const console: Uart = platform.uart(0, 115200, (bytes) => {
    for (let i = 0; i < bytes.length; i++) {
      for (let b = 0; b < benches.length; b++) benches[b].onLetter(bytes.charAt(i));
    }
  });
  const say: Say = (text) => { console.write(platform.now().toString() + " " + text + "\n"); };
  benches.push(newVoiceBench(platform, say));
  benches.push(newMotorBench(platform, say));
  benches.push(newClockBench(platform, say));
  benches.push(newCardBench(platform, say));
}

function newVoiceBench(platform: Platform, say: Say): Bench {
  const speech = newDfPlayer(platform, { uart: 1, busyPin: 34 }, {
    done: () => { say("done"); },
    silent: (silent) => { say(silent ? "voice silent" : "voice back"); },
  });
  const voice = newVoice(newPiezo(platform, platform.pwm(23)), speech, 58);
  return {
    onLetter: (letter) => {
      if (letter === "s") voice.say(18, 41);
      else if (letter === "h") voice.hush();
      else if (letter === "b") voice.beep(Beep.Failure);
      else if (letter === "S") voice.siren(true);
      else if (letter === "x") voice.siren(false);
      else if (letter === "v") voice.volume(1);
      else if (letter === "g") voice.language(1);
    },
  };
}

function newMotorBench(platform: Platform, say: Say): Bench {
  const supply = { withdrawMs: 2000, throwMs: 2000, permille: 1000 };
  const bolt: MotorBolt = newDrv8833(platform, {
    in1Pin: 18, in2Pin: 19, sleepPin: 21, pwm: [], mode: "bolt", battery: supply, usb: supply, runs: 3, sense: platform.adc(33), stallMv: 160,
  }, () => BoltPosition.Between, () => false, {
    stalled: (direction) => { say("stalled " + direction.toString()); },
    guarded: () => { say("guarded"); },
  });
  const battery = newBattery(platform, platform.adc(32), {
    upperOhms: 1000000, lowerOhms: 330000, gainPpm: 1234, offsetMv: -7, enablePin: 27, enableLevel: 1, settleMs: 40, usbPin: 35, usbLevel: 1,
  }, lithium2s, () => bolt.busy(), {
    measured: (percent) => { say("battery " + percent.toString() + " " + battery.millivolts().toString()); },
    usb: (on) => { say(on ? "usb on" : "usb off"); },
  });
  return {
    onLetter: (letter) => {
      if (letter === "w") bolt.drive(Direction.Withdraw);
      else if (letter === "t") bolt.drive(Direction.Throw);
      else if (letter === "o") bolt.stop();
      else if (letter === "m") battery.measure();
    },
  };
}

function newClockBench(platform: Platform, say: Say): Bench {
  const clock = newDs3231(platform.i2c(0), { silent: (silent) => { say(silent ? "clock silent" : "clock back"); } });
  return {
    onLetter: (letter) => {
      if (letter === "c") clock.set(3624479, 58);
      if (letter === "r" || letter === "c") say("clock " + clock.read().toString() + " " + clock.seconds().toString());
    },
  };
}

function newCardBench(platform: Platform, say: Say): Bench {
  const events: CardReaderEvents = {
    card: (id) => { say("card " + id); },
    gone: () => { say("gone"); },
    silent: (silent) => { say(silent ? "cards silent" : "cards back"); },
  };
  const reader: CardReader = newPn532(platform, { uart: 2 }, events);
  // The third UART is the console's: this one's bytes come by letter.
  let hear: (this: void, bytes: string) => void = () => { say("no ear"); };
  const deaf: Uart = { write: () => { say("the tag reader hears nothing"); } };
  const third: Pick<Platform, "now" | "timer" | "uart"> = {
    now: () => platform.now(),
    timer: (onFire) => platform.timer(onFire),
    uart: (_port, _baud, onBytes) => {
      hear = (bytes) => { onBytes(bytes); };
      return deaf;
    },
  };
  const tags: CardReader = newRdm6300(third as Platform, { uart: 3 }, events);
  const frame = String.fromCharCode(2) + "0100AB12CD75" + String.fromCharCode(3);
  return {
    onLetter: (letter) => {
      if (letter === "l") reader.look(true);
      else if (letter === "q") reader.look(false);
      else if (letter === "d") {
        tags.look(true);
        hear(frame);
        hear(frame);
      }
    },
  };
}
