/** The board with the chip on it as a hand sees it: antenna up, USB down. */

export interface ModulePin {
  /** As printed on the board. */
  label: string;
  /** -1: supply, ground or reset. */
  gpio: number;
}

export interface Module {
  title: string;
  left: ModulePin[];
  right: ModulePin[];
}

/** Label and GPIO of one side, from the antenna to the USB socket. */
function row(words: string): ModulePin[] {
  return words.split(" ").map((word) => {
    const [label, gpio] = word.split("=");
    const number = gpio ?? (/^IO(\d+)$/.exec(label)?.[1]);
    return { label, gpio: number === undefined ? -1 : Number(number) };
  });
}

/** Espressif, "ESP32-DevKitC V4 Getting Started Guide", header J2 and header J3. */
export const devKitC: Module = {
  title: "ESP32-DevKitC V4",
  left: row("3V3 EN VP=36 VN=39 IO34 IO35 IO32 IO33 IO25 IO26 IO27 IO14 IO12 GND IO13 D2=9 D3=10 CMD=11 5V"),
  right: row("GND IO23 IO22 TX=1 RX=3 IO21 GND IO19 IO18 IO5 IO17 IO16 IO4 IO0 IO2 IO15 D1=8 D0=7 CLK=6"),
};

/** As printed beside the pin, "" for one that is not led out. */
export function labelOf(module: Module, gpio: number): string {
  return [...module.left, ...module.right].find((pin) => pin.gpio === gpio)?.label ?? "";
}
