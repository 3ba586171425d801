/**
 * An image that does one thing with each port when its console is told to. The behaviours run it
 * in place of the lock; it is written in the portable subset, like the lock.
 */
import { Adc, I2c, InputPin, OutputPin, Platform, Pull, Pwm, Timer, Uart } from "../ports";
import { fromHex, hex } from "../digits";
import { wiring } from "./wiring";

/** What the image holds; everything is opened once. */
class Bench {
  private console: Uart;
  private echo: Uart;
  private inputs: InputPin[] = [];
  private outputs: OutputPin[] = [];
  private timers: Timer[] = [];
  private buses: I2c[] = [];
  private voltages: Adc[] = [];
  private waves: Pwm[] = [];
  private partial = "";
  /** Says when a callback has ended. */
  private following = false;

  constructor(private platform: Platform) {
    this.console = platform.uart(wiring.console, 115200, (bytes) => this.onConsole(bytes));
    this.echo = platform.uart(wiring.echo, 57600, (bytes) => this.onEcho(bytes));
    this.inputs.push(this.open(wiring.doorOpen, Pull.Up));
    this.inputs.push(this.open(wiring.handle, Pull.None));
    this.outputs.push(platform.output(wiring.motorThrow, 0));
    this.outputs.push(platform.output(wiring.motorWithdraw, 1));
    for (let number = 0; number < 3; number++) this.timers.push(this.newTimer(number));
    platform.afterCallbacks(() => { if (this.following) this.say("after"); });
    this.openBuses();
    this.openAnalog();
    this.say("started");
  }

  /** Buses 0 and 1, and 0 a second time. */
  private openBuses(): void {
    this.buses.push(this.platform.i2c(0));
    this.buses.push(this.platform.i2c(1));
    this.buses.push(this.platform.i2c(0));
  }

  private openAnalog(): void {
    this.voltages.push(this.platform.adc(wiring.battery));
    this.voltages.push(this.platform.adc(wiring.current));
    this.waves.push(this.platform.pwm(wiring.tone));
    this.waves.push(this.platform.pwm(wiring.light));
    this.waves.push(this.platform.pwm(wiring.drive));
  }

  private open(pin: number, pull: Pull): InputPin {
    return this.platform.input(pin, pull, (level) => this.say("pin " + pin.toString() + " " + level.toString()));
  }

  private newTimer(number: number): Timer {
    return this.platform.timer(() => this.say("fired " + number.toString() + " at " + this.platform.now().toString()));
  }

  private say(line: string): void {
    this.console.write(line + "\n");
  }

  private onEcho(bytes: string): void {
    this.echo.write(bytes);
  }

  private onConsole(bytes: string): void {
    this.partial += bytes;
    let end = this.partial.indexOf("\n");
    while (end >= 0) {
      const line = this.partial.substring(0, end);
      this.partial = this.partial.substring(end + 1);
      this.obey(line.split(" "));
      end = this.partial.indexOf("\n");
    }
  }

  private obey(words: string[]): void {
    const first = words.length > 1 ? parseInt(words[1], 10) : 0;
    const second = words.length > 2 ? parseInt(words[2], 10) : 0;
    if (words[0] === "write") this.platform.flash.write(first, fromHex(words[2]));
    else if (words[0] === "erase") this.platform.flash.erase(first);
    else if (words[0] === "set") this.outputs[first].write(second);
    else if (words[0] === "start") this.timers[first].start(second);
    else if (words[0] === "stop") this.timers[first].stop();
    else if (words[0] === "follow") this.following = true;
    else if (words[0] === "restart") this.platform.restart();
    else if (words[0] === "throw") throw new Error("as it was told");
    else if (words[0] === "wave") this.waves[first].start(second, parseInt(words[3], 10));
    else if (words[0] === "quiet") this.waves[first].stop();
    else if (words[0] === "put") this.say(this.buses[first].write(second, fromHex(words[3])) ? "put acknowledged" : "put refused");
    else if (words[0] === "get") this.say("get " + hex(this.buses[first].read(second, parseInt(words[3], 10), parseInt(words[4], 10))));
    else this.answer(words[0], words.length > 1 ? words[1] : "", first, second);
  }

  private answer(word: string, text: string, first: number, second: number): void {
    if (word === "now") this.say("now " + this.platform.now().toString());
    else if (word === "level") this.say("level " + this.inputs[first].read().toString());
    else if (word === "read") this.say("read " + hex(this.platform.flash.read(first, second)));
    else if (word === "volts") this.say("volts " + this.voltages[first].read().toString());
    else if (word === "pages") this.say("pages " + this.platform.flash.pages.toString() + " " + this.platform.flash.pageSize.toString());
    else if (word === "hash") this.say("hash " + hex(this.platform.sha256(fromHex(text))));
    else if (word === "random") this.say("random " + hex(this.platform.random(first)));
    else if (word === "cause") this.say("cause " + this.platform.bootCause().toString());
    else if (word === "memory") this.say("memory " + (this.platform.memory() >= -1 ? "told" : "wrong"));
    else this.say("unknown " + word);
  }
}

export function startLock(platform: Platform): void {
  new Bench(platform);
}
