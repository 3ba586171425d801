/** A recording as waveforms: every pin, the bytes of every bus as they stand on its wires, and the lock's phases. */
import { I2cWave, UartWave } from "./buses";
import { phaseGroups, phaseOf } from "./phases";
import { Happening, Recording } from "./recording";
import { signalsOf } from "./signals";
import { Signal, Waves } from "./waves";

/** The text of a VCD file, which GTKWave, PulseView and others open. No two signals have one name: PulseView drops the scopes. */
export function vcdText(recording: Recording): string {
  const drawing = new Drawing(recording);
  for (const happening of recording.happenings) drawing.add(happening);
  return drawing.text();
}

class Drawing {
  private readonly waves = new Waves();
  private readonly pins = new Map<number, Signal>();
  private readonly hertz = new Map<number, Signal>();
  private readonly uarts = new Map<string, UartWave>();
  private readonly buses = new Map<number, I2cWave>();
  private readonly phases = new Map<string, Signal>();
  private readonly supply: Signal | undefined;

  constructor(private readonly recording: Recording) {
    const { waves } = this;
    const { board, sight } = recording;
    const { pins, uarts } = signalsOf(board);
    const seesPin = (pin: number): boolean => sight?.pins.has(pin) !== false;
    if (sight?.supply !== false) this.supply = waves.define("lock", "supply", "level", 0);
    for (const [pin, name] of pins) if (seesPin(pin)) this.pins.set(pin, waves.define("pins", name, "level", recording.levels.get(pin) ?? 0));
    const beeper = board.parts.beeper.pin;
    if (seesPin(beeper)) this.hertz.set(beeper, waves.define("pins", "beeper_hertz", "number", 0));
    for (const [port, { name, baud }] of uarts) {
      if (sight?.ports.has(port) === false) continue;
      this.uarts.set(`${port} tx`, new UartWave(waves, `${name}_tx`, baud));
      this.uarts.set(`${port} rx`, new UartWave(waves, `${name}_rx`, baud));
    }
    if (sight?.i2c !== false) board.i2c.forEach((_pins, bus) => this.buses.set(bus, new I2cWave(waves, bus)));
    for (const [group, { words }] of Object.entries(phaseGroups)) {
      for (const word of words) this.phases.set(`${group} ${word}`, waves.define("phase", `phase_${group}_${word}`, "level", 0));
    }
  }

  add(one: Happening): void {
    const us = Math.round(one.ms * 1000);
    switch (one.kind) {
      case "level": return this.set(this.pins.get(one.pin), us, one.level);
      case "wave":
        // Its periods are left out: it is high while it sounds or drives.
        this.set(this.hertz.get(one.pin), us, one.hertz);
        return this.set(this.pins.get(one.pin), us, one.permille > 0 ? 1 : 0);
      case "bytes": return this.uarts.get(`${one.port} ${one.sent ? "tx" : "rx"}`)?.send(us, one.bytes);
      case "i2c": return this.buses.get(one.bus)?.transact(us, one.address, one.register, one.bytes, one.acknowledged);
      case "power": return this.set(this.supply, us, one.on ? 1 : 0);
      case "printed": return this.phase(us, one.text);
      case "given":
      case "rig": return;
    }
  }

  text(): string {
    const { title, happenings, board } = this.recording;
    return this.waves.text(`${title}, board ${board.name}`, (happenings.at(-1)?.ms ?? 0) * 1000);
  }

  private phase(us: number, line: string): void {
    const phase = /^@/.test(line) ? phaseOf(line) : null;
    if (phase === null) return;
    for (const word of phaseGroups[phase.group].words) this.set(this.phases.get(`${phase.group} ${word}`), us, word === phase.word ? 1 : 0);
  }

  private set(signal: Signal | undefined, us: number, value: number): void {
    if (signal !== undefined) this.waves.set(signal, us, value);
  }
}
