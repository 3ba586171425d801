/** RNG_DATA_REG: true random bits only while a radio or the ADC's noise source is on (ESP32 reference manual, "Random Number Generator"). */
const enum Rng { DataRegister = 0x3FF75144 }

const crypto = require("crypto");

export function sha256(bytes: string): string {
  return E.toString(crypto.SHA256(bytes));
}

let pool = "";

/**
 * Made of what differs from one moment and one device to the next. `E.hwRand` alone is worthless: on
 * the ESP32 it starts from a fixed seed. Without a radio the register is weak too, so the store keeps
 * a generator of its own over the power cycles and only stirs these bytes in.
 */
export function random(count: number): string {
  let bytes = "";
  while (bytes.length < count) {
    pool += getTime().toString() + "," + E.hwRand().toString();
    for (let i = 0; i < 8; i++) pool += "," + peek32(Rng.DataRegister).toString();
    pool = sha256(pool);
    // Hashed once more: what goes out tells nothing of the pool.
    bytes += sha256(pool + "out");
  }
  return bytes.substring(0, count);
}
