/** What the ports for voltages and for PWM of every platform must do. */
import { Behaviour, equal, on } from "./checks";
import { wiring } from "./wiring";

const { tone, light } = wiring;

const adc: Behaviour[] = [
  {
    name: "a voltage is told in millivolts, as it is when it is asked for",
    check: on((bench) => {
      equal(bench.ask("volts 0"), "volts 0");
      for (const millivolts of [1, 2100, 2101, 2102, 3299, 3300]) {
        bench.machine.setVoltage(wiring.battery, millivolts);
        equal(bench.ask("volts 0"), `volts ${millivolts}`);
      }
    }),
  },
  {
    name: "what is above 3300 mV reads as 3300",
    check: on((bench) => {
      bench.machine.setVoltage(wiring.battery, 5000);
      equal(bench.ask("volts 0"), "volts 3300");
    }),
  },
  {
    name: "each pin has its own voltage",
    check: on((bench) => {
      bench.machine.setVoltage(wiring.battery, 1234);
      bench.machine.setVoltage(wiring.current, 567);
      equal([bench.ask("volts 0"), bench.ask("volts 1")], ["volts 1234", "volts 567"]);
    }),
  },
];

const pwm: Behaviour[] = [
  { name: "a PWM output is low until it is started", check: on((bench) => equal(bench.waves, [])) },
  {
    name: "a PWM output has the tone and the share it is started with",
    check: on((bench) => {
      for (const wave of ["2700 500", "1 1", "40000 999", "5000 1000", "2701 333"]) bench.tell(`wave 0 ${wave}`);
      equal(bench.waves, ["2700 500", "1 1", "40000 999", "5000 1000", "2701 333"].map((wave) => `${tone}: ${wave}`));
    }),
  },
  {
    name: "every share from 0 to 1000 permille is told as it is",
    check: on((bench) => {
      const shares = Array.from({ length: 1000 }, (_, i) => i + 1);
      for (const share of shares) bench.tell(`wave 1 20000 ${share}`);
      equal(bench.waves, shares.map((share) => `${light}: 20000 ${share}`));
    }),
  },
  {
    name: "stopped, or with no share, it is low, and it can be started again",
    check: on((bench) => {
      bench.tell("quiet 0");
      bench.tell("wave 0 440 500");
      bench.tell("quiet 0");
      bench.tell("quiet 0");
      bench.tell("wave 0 440 500");
      bench.tell("wave 0 880 0");
      equal(bench.waves, ["440 500", "0 0", "440 500", "0 0"].map((wave) => `${tone}: ${wave}`));
    }),
  },
  {
    name: "outputs do not disturb each other",
    check: on((bench) => {
      bench.tell("wave 0 440 500\nwave 1 20000 100\nquiet 0\nwave 2 25 50");
      equal(bench.waves, [`${tone}: 440 500`, `${light}: 20000 100`, `${tone}: 0 0`, `${wiring.drive}: 25 50`]);
    }),
  },
  {
    name: "the power takes the tone away, and the next image starts in silence",
    check: on((bench) => {
      bench.tell("wave 0 440 500");
      equal(bench.tell("restart"), ["started"]);
      equal(bench.waves, [`${tone}: 440 500`, `${tone}: 0 0`]);
    }),
  },
];

export const analog: Behaviour[] = [...adc, ...pwm];
