import { Chip, Engine, Image } from "../../hal/platform/sim/chip";
import { lockImage, readBoard } from "../build/sources";
import { engineByName } from "../../test/engines";
import { addUsers, entryOf, give, settledLock } from "./lock";

/** Measures the real time from the keypad's interrupt, by the release of `ok`, to the first level on the motor's pin. */
export class Stopwatch {
  /** ms */
  readonly times: number[] = [];
  /** Told when the interrupt comes: the last time before the motor's is the one that counts. */
  onBegun: () => void = () => undefined;
  /** Told when the motor is driven. */
  onDriven: () => void = () => undefined;
  private begun = 0n;
  private readonly keysPin: number;
  private readonly motorPin: number;

  constructor(private readonly engine: Engine) {
    const { keys, bolt } = readBoard("sim").parts;
    if (keys.driver !== "mpr121") throw new Error("the keypad of the simulated lock has no interrupt to start from");
    this.keysPin = keys.irqPin;
    this.motorPin = bolt.inputs.in1Pin;
  }

  readonly start: Engine = (chip) => {
    const watched: Chip = Object.create(chip, {
      writePin: { value: (pin: number, level: number) => {
        if (pin === this.motorPin && level === 1 && this.begun > 0n) {
          this.times.push(Number(process.hrtime.bigint() - this.begun) / 1e6);
          this.begun = 0n;
          this.onDriven();
        }
        chip.writePin(pin, level);
      } },
    });
    const image: Image = this.engine(watched);
    return {
      pinChanged: (pin, level) => {
        if (pin === this.keysPin && level === 0) {
          this.onBegun();
          this.begun = process.hrtime.bigint();
        }
        image.pinChanged(pin, level);
      },
      received: (port, bytes) => { image.received(port, bytes); },
      timerFired: (id) => { image.timerFired(id); },
      memory: () => image.memory(),
      end: () => { image.end(); },
    };
  };
}

/** `ok` to the motor's first drive, a code at the end of twenty digits. */
export function benchUnlock(): [string, string][] {
  const rows: [string, string][] = [];
  for (const name of ["sim", "espruino"]) {
    const engine = engineByName(name, lockImage("sim"));
    if (typeof engine === "string") {
      rows.push([`ok to motor, ${name}`, engine]);
      continue;
    }
    for (const users of [1, 50]) {
      for (const digits of [6, 20]) rows.push([`ok to motor, ${name}, ${users} passcodes, ${digits} digits`, `${measure(engine, users, digits).toFixed(3)} ms (median of 9)`]);
    }
  }
  return rows;
}

function measure(engine: Engine, users: number, digits: number): number {
  const watch = new Stopwatch(engine);
  const session = settledLock(watch.start);
  addUsers(session, users);
  for (let i = 0; i < 9; i++) {
    give(session, "touch");
    give(session, `keys ${entryOf(users, digits)} ok`);
    give(session, "wait 3s");
    give(session, "button lock");
    give(session, "wait 30s");
  }
  session.world.powerOff();
  if (watch.times.length !== 9) throw new Error(`the motor was driven ${watch.times.length} times, not 9`);
  return watch.times.sort((a, b) => a - b)[4];
}
