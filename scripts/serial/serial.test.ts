import { mkdtempSync, openSync, closeSync, rmSync, symlinkSync, mkdirSync, writeFileSync } from "node:fs";
import { AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Bursts } from "./bursts";
import { programsAt } from "./busy";
import { Flow } from "./flow";
import { openLine } from "./open";
import { tcpAddress } from "./tcp";

const folder = mkdtempSync(join(tmpdir(), "serial-"));
afterAll(() => rmSync(folder, { recursive: true }));
const nothing = { received: () => undefined, gone: () => undefined };

test.each([
  ["tcp://lock.lan:2000", { host: "lock.lan", port: 2000 }],
  ["10.0.0.7:23", { host: "10.0.0.7", port: 23 }],
  ["tcp://[fe80::1]:23", { host: "fe80::1", port: 23 }],
  ["/dev/ttyUSB0", null],
  ["/dev/serial/by-id/usb:1", null],
  ["tcp://lock.lan", null],
])("%s names %p", (path, address) => expect(tcpAddress(path)).toEqual(address));

test.each([
  ["127.0.0.1:1", "Nobody listens at 127.0.0.1:1."],
  ["127.0.0.1:70000", "The port number in 127.0.0.1:70000 is not in 1 to 65535."],
  ["tcp://lock.lan", "tcp://lock.lan is no port; write tcp://<host>:<port>, or a serial port such as /dev/ttyUSB0."],
  ["/dev/ttyNone", "There is no port /dev/ttyNone; ls /dev/tty* lists the ports there are."],
  ["/dev/null", "/dev/null is no serial port; one is named like /dev/ttyUSB0."],
])("%s is refused in one sentence", async (path, message) => expect(openLine(path, nothing)).rejects.toThrow(message));

test("a TCP line carries every byte both ways, and tells that it has gone", async () => {
  const all = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).join("");
  const server = createServer((socket) => socket.on("data", (chunk) => socket.end(chunk)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  let seen = "";
  await new Promise<void>((resolve, reject) => {
    openLine(`tcp://127.0.0.1:${(server.address() as AddressInfo).port}`, { received: (bytes) => { seen += bytes; }, gone: resolve }).then((line) => line.write(all), reject);
  });
  server.close();
  expect(seen).toBe(all);
});

test("another program at a port is named, one at a pseudo-terminal is not", () => {
  const device = join(folder, "ttyUSB0");
  writeFileSync(device, "");
  const fds = join(folder, "proc", "77", "fd");
  mkdirSync(fds, { recursive: true });
  mkdirSync(join(folder, "proc", "78"));
  writeFileSync(join(fds, "..", "comm"), "picocom\n");
  symlinkSync("/dev/null", join(fds, "0"));
  expect(programsAt(device, join(folder, "proc"))).toEqual([]);
  symlinkSync(device, join(fds, "4"));
  expect(programsAt(device, join(folder, "proc"))).toEqual(["picocom 77"]);
  // This program has it open itself.
  const fd = openSync(device, "r");
  expect(programsAt(device)).toEqual([]);
  closeSync(fd);
});

describe("with time in our hands", () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  test("what is written waits from XOFF to XON, or until an XON must have been lost", () => {
    const out: string[] = [];
    const flow = new Flow({ write: (bytes) => out.push(bytes) }, 3000);
    flow.write("a");
    expect(flow.received("x\x13y")).toBe("xy");
    flow.write("b");
    flow.write("c");
    expect(out).toEqual(["a"]);
    expect(flow.received("\x11")).toBe("");
    expect(out).toEqual(["a", "bc"]);
    flow.received("\x13");
    flow.write("d");
    jest.advanceTimersByTime(2999);
    expect(out).toEqual(["a", "bc"]);
    jest.advanceTimersByTime(1);
    expect(out).toEqual(["a", "bc", "d"]);
  });

  test("a long line goes out 64 bytes at a time, with a gap behind each", () => {
    const out: string[] = [];
    const bursts = new Bursts({ write: (bytes) => out.push(bytes) }, 15);
    bursts.write("x".repeat(130));
    bursts.write("y");
    expect(out).toEqual(["x".repeat(64)]);
    jest.advanceTimersByTime(15);
    expect(out.length).toBe(2);
    jest.advanceTimersByTime(15);
    expect(out[2]).toBe("xxy");
    jest.advanceTimersByTime(15);
    bursts.write("z");
    expect(out[3]).toBe("z");
  });
});
