/** The helper on an ESP32 with Espruino: the host is at the USB adapter's UART. */
import { newHelper, onBytes } from "./helper";

const watches: { [pin: string]: (level: number) => void } = {};

const helper = newHelper({
  name: "esp32",
  now: () => getTime() * 1000,
  drive: (number, level) => {
    const pin = new Pin(number);
    if (level < 0) {
      pinMode(pin, "input");
      return;
    }
    digitalWrite(pin, level);
    pinMode(pin, "output");
  },
  watch: (number, onChange) => {
    const pin = new Pin(number);
    const known = watches[number] !== undefined;
    watches[number] = onChange;
    if (!known) setWatch((event) => watches[number](event.state ? 1 : 0), pin, { repeat: true, edge: "both", debounce: 0 });
    // That call turns the pull-up on, whatever was set before; the lock drives what is watched here.
    pinMode(pin, "input");
    return digitalRead(pin);
  },
  // Pins 25 and 26 have a converter of 8 bits; on any other pin it is a share of time, which a filter makes a voltage.
  volt: (number, mv) => analogWrite(new Pin(number), mv / 3300, { freq: 20000 }),
  after: (ms, act) => { setTimeout(act, ms, 0); },
  own: (words) => "unknown There is no word \"" + words[0] + "\"",
}, (line) => Serial1.write(line + "\n"));

E.setConsole(null, { force: true });
Serial1.setup(115200, { tx: new Pin(1), rx: new Pin(3) });
Serial1.on("data", (bytes) => onBytes(helper, bytes));
