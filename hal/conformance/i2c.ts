/** What the I2C port of every platform must do. */
import { I2cPart } from "../platform/sim/world";
import { Bench } from "./bench";
import { allBytes, Behaviour, equal, failureOf, hexOf, on } from "./checks";

const address = 0x5A;

/** 256 registers; a write names the first and fills on from there. */
class Registers implements I2cPart {
  readonly writes: string[] = [];
  awake = true;
  private readonly bytes = new Array<number>(256).fill(0);

  write(bytes: string): boolean {
    if (!this.awake) return false;
    this.writes.push(hexOf(bytes));
    for (let i = 1; i < bytes.length; i++) this.bytes[(bytes.charCodeAt(0) + i - 1) % 256] = bytes.charCodeAt(i);
    return true;
  }

  read(register: number, length: number): string {
    if (!this.awake) return "";
    return String.fromCharCode(...Array.from({ length }, (_, i) => this.bytes[(register + i) % 256]));
  }
}

function withPart(run: (bench: Bench, part: Registers) => void, bus = 0) {
  return on((bench) => {
    const part = new Registers();
    bench.machine.attachI2c(bus, address, part);
    run(bench, part);
  });
}

export const i2c: Behaviour[] = [
  {
    name: "a write reaches the part in one transaction and is acknowledged",
    check: withPart((bench, part) => {
      equal(bench.ask(`put 0 ${address} 10aabb`), "put acknowledged");
      equal(bench.ask(`put 0 ${address} 00`), "put acknowledged");
      equal(part.writes, ["10aabb", "00"]);
    }),
  },
  {
    name: "a read gives as many bytes as asked for, from the register named",
    check: withPart((bench) => {
      bench.tell(`put 0 ${address} 10aabb0001ff`);
      equal(bench.ask(`get 0 ${address} 16 5`), "get aabb0001ff");
      equal(bench.ask(`get 0 ${address} 17 1`), "get bb");
      equal(bench.ask(`get 0 ${address} 255 1`), "get 00");
    }),
  },
  {
    name: "all 256 bytes travel both ways, 255 in a transaction",
    check: withPart((bench, part) => {
      bench.tell(`put 0 ${address} 00${hexOf(allBytes.slice(0, 254))}`);
      bench.tell(`put 0 ${address} fefeff`);
      equal(part.writes[0].length, 510);
      equal(bench.ask(`get 0 ${address} 0 255`), `get ${hexOf(allBytes.slice(0, 255))}`);
      equal(bench.ask(`get 0 ${address} 255 1`), "get ff");
    }),
  },
  {
    name: "where nobody acknowledges, a write is false and a read is empty, and the bus works on",
    check: withPart((bench, part) => {
      equal(bench.ask("put 0 16 00"), "put refused");
      equal(bench.ask("get 0 16 0 2"), "get ");
      part.awake = false;
      equal(bench.ask(`put 0 ${address} 0001`), "put refused");
      equal(bench.ask(`get 0 ${address} 0 1`), "get ");
      part.awake = true;
      equal(bench.ask(`put 0 ${address} 0001`), "put acknowledged");
      equal(bench.ask(`get 0 ${address} 0 1`), "get 01");
    }),
  },
  {
    name: "the second bus is another one",
    check: withPart((bench, part) => {
      equal(bench.ask(`put 0 ${address} 0001`), "put refused");
      equal(bench.ask(`put 1 ${address} 0001`), "put acknowledged");
      equal(bench.ask(`get 1 ${address} 0 1`), "get 01");
      equal(part.writes, ["0001"]);
    }, 1),
  },
  {
    name: "the parts of a bus may open it each for itself",
    check: withPart((bench) => {
      bench.tell(`put 2 ${address} 2042`);
      equal(bench.ask(`get 0 ${address} 32 1`), "get 42");
    }),
  },
  {
    name: "what is done before and after a transaction keeps its order",
    check: on((bench) => {
      const order: string[] = [];
      bench.driven.length = 0;
      bench.machine.attachI2c(0, address, {
        write: (bytes) => order.push(`${bench.driven.join()} ${hexOf(bytes)}`) > 0,
        read: (register) => { order.push(`${bench.driven.join()} ${register}`); return "x"; },
      });
      bench.tell(`set 0 1\nput 0 ${address} 0102\nset 0 0\nget 0 ${address} 3 1`);
      equal(order, ["19=1 0102", "19=1,19=0 3"]);
    }),
  },
  ...["put 0 90 77", "get 0 90 7 1"].map((line) => ({
    name: `a part that is asked what it does not know ends the image: ${line.slice(0, 3)}`,
    check: on((bench) => {
      const refuse = (): never => { throw new Error("the part does not know this"); };
      bench.machine.attachI2c(0, address, { write: refuse, read: refuse });
      const message = failureOf(() => bench.tell(line));
      if (!message.includes("the part does not know this")) throw new Error(`the message is "${message}"`);
    }),
  })),
  ...[`put 0 ${address} `, `get 0 ${address} 0 0`].map((line) => ({
    name: `a transaction of no bytes is a fault of the image: ${line.slice(0, 3)}`,
    check: withPart((bench) => { failureOf(() => bench.tell(line)); }),
  })),
];
