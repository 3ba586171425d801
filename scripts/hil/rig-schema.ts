/** The JSON schema of a bench file, for shapeMistakes: the type Rig of rig.ts, with ranges. */
import { Schema } from "../board/schema";

/** An ESP32's pins that can be driven, and those of the shift registers. */
const out: Schema = { type: "integer", minimum: 0, maximum: 131, description: "A pin of the helper that it drives." };
const own: Schema = { ...out, maximum: 33 };
const watched: Schema = { ...out, maximum: 39, description: "A pin of the helper that it watches." };
const port: Schema = { type: "string", description: "A serial port, such as /dev/ttyUSB1." };
const share: Schema = { type: "number", minimum: 0, maximum: 50 };

function group(required: string[], properties: { [name: string]: Schema }, description?: string): Schema {
  return { type: "object", required, properties, description, ...{ additionalProperties: false } };
}

function all(names: readonly string[], schema: Schema): { [name: string]: Schema } {
  return Object.fromEntries(names.map((name) => [name, schema]));
}

const keys = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "cancel", "ok", "away", "bell", "touch"];
const contacts = ["handle", "boltWithdrawn", "boltThrown", "doorOpen", "tamper", "set", "lockButton"];

export const rigSchema: Schema = group(["title"], {
  title: { type: "string", description: "What the bench is called." },
  tolerance: group([], { ms: { type: "number", minimum: 0, maximum: 10000 }, percent: share }),
  modules: group([], all(["finger", "palmFace", "speech"], group(["port"], { port }))),
  helper: group(["port"], {
    port,
    shift: group(["data", "clock", "latch", "outputs"], { data: own, clock: own, latch: own, outputs: { type: "integer", minimum: 1, maximum: 32 } }),
    keys: group([], all(keys, out)),
    contacts: group([], all(contacts, own)),
    ...all(["usb", "battery", "fingerWake", "palmNear"], own),
    ...all(["fingerPower", "palmPower"], watched),
    motor: group(["withdraw", "throw"], { withdraw: watched, throw: watched }),
    supply: group(["pin", "on"], { pin: own, on: { enum: [0, 1] }, cutMs: { type: "number", minimum: 1, maximum: 1000 } }),
  }),
});
