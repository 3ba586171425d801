/** `npm run flash -- --base`: esptool-js over our line, at a strict emulator of the ESP32's loader. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { AddressInfo, createServer, Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { UserError } from "../build/user-error";
import { layout, readBase } from "./base-file";
import { bootText, buildFolder } from "./fakes/board";
import { FakeLock } from "./fakes/lock";
import { devKitC, FakePrompt } from "./fakes/prompt";
import { chipMagic, RomEmulator } from "./fakes/rom";

const folder = mkdtempSync(join(tmpdir(), "flash-base-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, data: Uint8Array): string {
  writeFileSync(join(folder, name), data);
  return join(folder, name);
}

/** A program as the ESP32's loader knows them, hardly to be compressed. */
function program(size: number): Buffer {
  let state = 1;
  const data = Buffer.from(Array.from({ length: size }, () => (state = (state * 1103515245 + 12345) % 2147483648) >> 16));
  data[0] = 0xe9;
  data.writeUInt16LE(0, 12);
  data[size - 1] = 1;
  return data;
}

/** The command in a process of its own, since the tests cannot load an ES module, with a chip at a TCP port. */
async function flash(chip: (write: (bytes: Buffer) => void) => (chunk: Buffer) => void, base: string): Promise<{ code: number | null; out: string; err: string }> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on("data", chip((bytes) => socket.write(bytes))).on("error", () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const port = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const args = ["-r", "ts-node/register", join(__dirname, "..", "flash.ts"), "--board", "esp32-devkitc-espruino", "--port", port, "--build", buildFolder(), "--base", base];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  const told = { out: "", err: "" };
  child.stdout.on("data", (chunk: Buffer) => { told.out += chunk.toString(); });
  child.stderr.on("data", (chunk: Buffer) => { told.err += chunk.toString(); });
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  for (const socket of sockets) socket.destroy();
  server.close();
  return { code, ...told };
}

test("firmware and an empty Storage are written, then the image goes through its prompt; the lock's users stay", async () => {
  const base = program(40000);
  let rom: RomEmulator | null = null;
  let prompt: FakePrompt | null = null;
  const { code, out, err } = await flash((write) => {
    const loader = new RomEmulator(write);
    loader.flash.fill(0x55, layout.users);
    const print = (text: string): void => write(Buffer.from(text, "latin1"));
    const lock = new FakeLock(print, "0.2.0");
    const started = new FakePrompt(devKitC, print, (bytes) => lock.received(bytes));
    let runs = false;
    [rom, prompt] = [loader, started];
    return (chunk) => {
      // Somebody presses EN before the first Ctrl-C comes.
      runs ||= chunk.toString() === "\x03";
      if (runs) started.received(chunk.toString("latin1"));
      else loader.received(chunk);
    };
  }, file("app.bin", base));
  expect([code, err]).toEqual([0, ""]);
  const loader = rom as unknown as RomEmulator;
  expect(loader.faults).toEqual([]);
  expect(loader.flash.subarray(layout.application, layout.application + base.length).equals(base)).toBe(true);
  expect(new Set(loader.flash.subarray(layout.users, layout.storage))).toEqual(new Set([0x55]));
  expect(new Set(loader.flash.subarray(layout.storage, layout.storage + layout.storageBytes))).toEqual(new Set([0xff]));
  expect(out).toMatch(/cannot reset the chip: hold BOOT[^]*Chip's loader {13}ESP32\n[^]*Write firmware {12}40000 bytes at 0x10000, MD5 agrees\n[^]*Press EN now/);
  expect((prompt as unknown as FakePrompt).storage.text(".boot0")).toBe(bootText);
}, 60000);

test("another chip is refused before anything is written", async () => {
  let rom: RomEmulator | null = null;
  const { code, err } = await flash((write) => {
    const loader = rom = new RomEmulator(write, chipMagic.esp32s2);
    return (chunk) => loader.received(chunk);
  }, file("app.bin", program(4000)));
  expect([code, err]).toEqual([2, expect.stringMatching(/^Wrong chip: the image is for an ESP32, and at 127\.0\.0\.1:\d+ is an ESP32-S2; nothing was written\.\n$/)]);
  expect(new Set((rom as unknown as RomEmulator).flash)).toEqual(new Set([0xff]));
}, 60000);

/** A file of a tar archive. */
function tarred(name: string, data: Buffer): Buffer {
  const head = Buffer.alloc(512);
  head.write(name, 0);
  head.write(data.length.toString(8).padStart(11, "0"), 124);
  return Buffer.concat([head, data, Buffer.alloc(-data.length & 511)]);
}

test("a firmware is a release's archive, a whole flash image or a program", () => {
  const app = program(600);
  const table = Buffer.from([0xaa, 0x50, 1]);
  const archive = (names: string[]): Buffer => gzipSync(Buffer.concat([...names.map((name, at) => tarred(`espruino_2v29_esp32/${name}`, [app, table, app][at])), Buffer.alloc(1024)]));
  const names = ["bootloader.bin", "partitions_espruino.bin", "espruino_esp32.bin"];
  const parts = (name: string, data: Uint8Array): [number, number][] => readBase(file(name, data)).map(({ address, data: { length } }) => [address, length]);
  expect(parts("release.tgz", archive(names))).toEqual([[0x1000, 600], [0x8000, 3], [0x10000, 600]]);
  expect(() => parts("other.tgz", archive(names.slice(0, 2)))).toThrow(/has no espruino_esp32\.bin: it is no release of Espruino for the ESP32\.$/);
  expect(parts("app.bin", app)).toEqual([[0x10000, 600]]);
  const whole = Buffer.alloc(0x400000, 0xff);
  app.copy(whole, layout.bootloader);
  table.copy(whole, layout.partitions);
  expect(parts("whole.bin", whole)).toEqual([[0, 0x8003]]);
  for (const at of [layout.bootloader, layout.application]) {
    const other = Buffer.from(whole);
    other[layout.application] = 0xe9;
    other.writeUInt16LE(0, layout.application + 12);
    expect(() => parts("same.bin", other)).not.toThrow();
    other.writeUInt16LE(9, at + 12);
    expect(() => parts("other.bin", other)).toThrow(/^The firmware \S+ is for an ESP32-S3, and the lock runs on an ESP32\.$/);
  }
  // Its flash begins with its bootloader.
  const c3 = Buffer.alloc(20000, 1);
  c3.set([0xe9, 3, 2, 0x20]);
  c3.writeUInt16LE(5, 12);
  expect(() => parts("c3.bin", c3)).toThrow(/ is for an ESP32-C3, /);
  c3.writeUInt16LE(77, 12);
  expect(() => parts("newer.bin", c3)).toThrow(/ is for another chip \(77\), /);
  whole[layout.users] = 0;
  expect(() => parts("users.bin", whole)).toThrow(/reaches into the flash where the lock keeps its users/);
  expect(() => parts("text.bin", Buffer.from("hello"))).toThrow(UserError);
  expect(() => parts("damaged.tgz", Buffer.from([0x1f, 0x8b, 1]))).toThrow(/^The archive \S+ is damaged\.$/);
});
