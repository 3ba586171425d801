/** What the ports of every platform must do, one behaviour an entry. */
import { BootCause } from "../ports";
import { Engine } from "../platform/sim/chip";
import { analog } from "./analog";
import { Bench, startedBench } from "./bench";
import { wiring } from "./wiring";
import { allBytes, Behaviour, equal, failureOf, hexOf, on } from "./checks";
import { i2c } from "./i2c";

const uart: Behaviour[] = [
  { name: "a UART carries all 256 bytes both ways", check: on((bench) => equal(hexOf(bench.send(wiring.echo, allBytes)), hexOf(allBytes))) },
  { name: "a chunk arrives as one chunk", check: on((bench) => equal(bench.send(wiring.echo, "one\ntwo"), "one\ntwo")) },
  {
    name: "lines split over chunks come together again",
    check: on((bench) => {
      equal(bench.send(wiring.console, "no"), "");
      equal(bench.send(wiring.console, "w\nnow\n"), "now 0\nnow 0\n");
    }),
  },
];

const pins: Behaviour[] = [
  { name: "outputs start at the level they are opened with", check: on((bench) => equal(bench.driven, [`${wiring.motorWithdraw}=1`])) },
  {
    name: "an output follows what is written",
    check: on((bench) => {
      bench.tell("set 0 1");
      bench.tell("set 1 0");
      equal(bench.driven.slice(1), [`${wiring.motorThrow}=1`, `${wiring.motorWithdraw}=0`]);
    }),
  },
  {
    name: "an input reads its level and tells each change",
    check: on((bench) => {
      equal(bench.ask("level 0"), "level 0");
      bench.machine.setInput(wiring.doorOpen, 1);
      bench.pass(0);
      equal(bench.lines(), [`pin ${wiring.doorOpen} 1`]);
      equal(bench.ask("level 0"), "level 1");
      equal(bench.ask("level 1"), "level 0");
      bench.machine.setInput(wiring.handle, 1);
      bench.pass(0);
      bench.machine.setInput(wiring.doorOpen, 0);
      bench.pass(0);
      equal(bench.lines(), [`pin ${wiring.handle} 1`, `pin ${wiring.doorOpen} 0`]);
    }),
  },
  {
    name: "a level that was there before the start is read, not told",
    check: (engine) => {
      const bench = new Bench(engine);
      bench.machine.setInput(wiring.doorOpen, 1);
      bench.machine.powerOn();
      bench.pass(0);
      equal(bench.lines(), ["started"]);
      equal(bench.ask("level 0"), "level 1");
      bench.machine.powerOff();
    },
  },
];

const callbacks: Behaviour = {
  name: "each callback of a UART, a pin and a timer is followed once, when it has ended",
  check: on((bench) => {
    equal(bench.tell("follow"), ["after"]);
    equal(bench.tell("now"), ["now 0", "after"]);
    bench.send(wiring.echo, "x");
    equal(bench.lines(), ["after"]);
    bench.machine.setInput(wiring.doorOpen, 1);
    bench.pass(0);
    equal(bench.lines(), [`pin ${wiring.doorOpen} 1`, "after"]);
    equal(bench.tell("start 0 50"), ["after"]);
    bench.pass(50);
    equal(bench.lines(), ["fired 0 at 50", "after"]);
  }),
};

const time: Behaviour[] = [
  {
    name: "now counts milliseconds from the boot",
    check: on((bench) => {
      equal(bench.ask("now"), "now 0");
      bench.pass(1234567);
      equal(bench.ask("now"), "now 1234567");
    }),
  },
  {
    name: "now wraps at 2^30",
    check: on((bench) => {
      bench.pass(2 ** 30 - 1);
      equal(bench.ask("now"), `now ${2 ** 30 - 1}`);
      bench.pass(6);
      equal(bench.ask("now"), "now 5");
    }),
  },
  {
    name: "a timer fires once, after its time",
    check: on((bench) => {
      bench.tell("start 0 250");
      bench.pass(249);
      equal(bench.lines(), []);
      bench.pass(1);
      equal(bench.lines(), ["fired 0 at 250"]);
      bench.pass(10000);
      equal(bench.lines(), []);
    }),
  },
  {
    name: "starting a running timer starts it anew, stopping stops it",
    check: on((bench) => {
      bench.tell("start 0 100");
      bench.tell("start 1 100");
      bench.pass(60);
      bench.tell("start 0 100");
      bench.tell("stop 1");
      bench.tell("stop 2");
      bench.pass(99);
      equal(bench.lines(), []);
      bench.pass(1);
      equal(bench.lines(), ["fired 0 at 160"]);
    }),
  },
  {
    name: "timers due together fire in the order they were started",
    check: on((bench) => {
      bench.tell("start 2 50");
      bench.tell("start 0 50");
      bench.tell("start 1 40");
      bench.pass(50);
      equal(bench.lines(), ["fired 1 at 40", "fired 2 at 50", "fired 0 at 50"]);
    }),
  },
  {
    name: "a timer may run for 2^29 ms, over the wrap of now",
    check: on((bench) => {
      bench.pass(2 ** 29 + 1000);
      bench.tell(`start 0 ${2 ** 29}`);
      bench.pass(2 ** 29 - 1);
      equal(bench.lines(), []);
      bench.pass(1);
      equal(bench.lines(), ["fired 0 at 1000"]);
    }),
  },
];

const flash: Behaviour[] = [
  { name: "the flash tells its size", check: on((bench) => equal(bench.ask("pages"), "pages 16 4096")) },
  { name: "erased flash reads as 0xFF", check: on((bench) => equal(bench.ask("read 65528 8"), "read ffffffffffffffff")) },
  {
    name: "all bytes can be written and read, at any address and over page borders",
    check: on((bench) => {
      bench.tell(`write 3840 ${hexOf(allBytes)}`);
      bench.tell("write 4096 0102");
      equal(bench.ask("read 3840 256"), `read ${hexOf(allBytes)}`);
      equal(bench.ask("read 4093 7"), "read fdfeff0102ffff");
      bench.tell("write 4101 aa");
      equal(bench.ask("read 4100 3"), "read ffaaff");
    }),
  },
  {
    name: "a write only clears bits",
    check: on((bench) => {
      bench.tell("write 10 f00fff");
      bench.tell("write 10 3c3c55");
      equal(bench.ask("read 10 3"), "read 300c55");
    }),
  },
  {
    name: "an erase takes its page and no other",
    check: on((bench) => {
      bench.tell("write 4095 11");
      bench.tell("write 4096 22");
      bench.tell("write 8192 33");
      bench.tell("erase 1");
      equal(bench.ask("read 4095 2"), "read 11ff");
      equal(bench.ask("read 8191 2"), "read ff33");
    }),
  },
  {
    name: "a write and an erase are one flash operation each",
    check: on((bench) => {
      bench.tell("write 1 000102030405060708");
      bench.tell("erase 0");
      equal(bench.flash.operations, 2);
    }),
  },
  {
    name: "a cut supply ends the image in the midst of the operation",
    check: (engine) => {
      const bench = startedBench(engine);
      bench.flash.cutAt({ operation: 2, byte: 1 });
      equal(bench.send(wiring.console, "write 0 00\nwrite 1 0000\nwrite 3 00\nnow\nread 0 1\n"), "");
      equal(bench.machine.powered, false);
      equal(hexOf(bench.flash.read(0, 4)), "0000ffff");
      bench.machine.powerOn();
      bench.pass(0);
      equal(bench.lines(), ["started"]);
      equal(bench.ask("read 0 4"), "read 0000ffff");
      bench.machine.powerOff();
    },
  },
];

const crypto: Behaviour[] = [
  {
    name: "sha256 is SHA-256",
    check: on((bench) => {
      equal(bench.ask("hash 616263"), "hash ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
      equal(bench.ask(`hash ${hexOf(allBytes)}`), "hash 40aff2e9d2d8922e47afd4648e6967497158785fbd1da870e7110266bf944880");
    }),
  },
  {
    name: "sha256 hashes nothing, too",
    check: on((bench) => equal(bench.ask("hash "), "hash e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")),
  },
  {
    name: "random bytes are as many as asked for, and not the same again",
    check: on((bench) => {
      const [first, second] = [bench.ask("random 40"), bench.ask("random 40")];
      equal([first.length, second.length, first === second], ["random ".length + 80, "random ".length + 80, false]);
      equal(bench.ask("random 1").length, "random ".length + 2);
    }),
  },
];

const power: Behaviour[] = [
  { name: "memory is a number of bytes or -1", check: on((bench) => equal(bench.ask("memory"), "memory told")) },
  ...[BootCause.Power, BootCause.Restart, BootCause.Watchdog].map((cause) => ({
    name: `boot cause ${cause} is told`,
    check: (engine: Engine) => {
      const bench = new Bench(engine);
      bench.machine.powerOn(cause);
      bench.pass(0);
      bench.lines();
      equal(bench.ask("cause"), `cause ${cause}`);
      bench.machine.powerOff();
    },
  })),
  {
    name: "a restart starts the image afresh",
    check: on((bench) => {
      bench.tell("start 0 100");
      bench.pass(10);
      equal(bench.tell("restart"), ["started"]);
      equal(bench.ask("cause"), `cause ${BootCause.Restart}`);
      equal(bench.ask("now"), "now 0");
      bench.pass(1000);
      equal(bench.lines(), []);
    }),
  },
  {
    name: "an error in the image comes out",
    check: (engine) => {
      const bench = startedBench(engine);
      const message = failureOf(() => bench.tell("throw"));
      if (!message.includes("as it was told")) throw new Error(`the message is "${message}"`);
    },
  },
];

export const behaviours: Behaviour[] = [...uart, ...pins, ...time, callbacks, ...flash, ...i2c, ...analog, ...crypto, ...power];
