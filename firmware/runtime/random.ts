import { Platform } from "../../hal/ports";

/**
 * The generator of secrets, because the chips' own are weak: Espruino's starts from a fixed seed,
 * and the ESP32's register gives true noise only while a radio is on. A state hashed with SHA-256
 * takes in whatever differs: the chip's bytes, times of what people do, and the state that the
 * flash kept from the start before. No state is used twice: the one in flash is replaced at each
 * start before the first byte is drawn, and none can be reckoned back from a later one.
 */
export interface Generator {
  readonly platform: Platform;
  /** The platform's own bytes. */
  readonly noise: Pick<Platform, "random">;
  /** 32 bytes. Secret. */
  state: string;
  /** What the flash keeps for the next start; "" before the first. Secret. */
  kept: string;
  /** What came since the state was hashed last. */
  pool: string;
}

/** Facts are hashed in so many at a time. */
const POOL = 48;

export function newGenerator(platform: Platform): Generator {
  return { platform, noise: { random: platform.random }, state: "", kept: "", pool: "" };
}

/** From here on whoever asks the platform for random bytes gets the generator's. */
export function useGenerator(platform: Platform, g: Generator): void {
  platform.random = (count) => draw(g, count);
}

/** At a start, with what the flash kept. Before anything is drawn, the new `kept` must stand in flash. */
export function seed(g: Generator): void {
  g.state = g.platform.sha256(g.kept + g.state + g.noise.random(32) + g.platform.now().toString());
  renew(g);
}

/** Another state for the next start, with all that this one has taken in. */
export function renew(g: Generator): void {
  mix(g);
  g.kept = g.platform.sha256(g.state + "kept");
  g.state = g.platform.sha256(g.state + "next");
}

/**
 * A fact has come; when is not to be foreseen.
 * @param what 0 to 255
 */
export function stir(g: Generator, what: number): void {
  const ms = g.platform.now();
  g.pool = g.pool + String.fromCharCode(what, ms % 256, Math.floor(ms / 256) % 256);
}

/**
 * Hashes what has come: apart from `stir`, which is called deep inside drivers.
 * @param eager each time, so that the microsecond is taken in too: worth its time while there is little else
 */
export function settle(g: Generator, eager: boolean): void {
  if (g.pool.length >= (eager ? 1 : POOL)) mix(g);
}

/** Takes in what has come, and the chip's own bytes: on both chips they hang on the microsecond of the call too. */
export function mix(g: Generator): void {
  g.state = g.platform.sha256(g.state + g.pool + g.noise.random(8));
  g.pool = "";
}

/** Random bytes for a secret. */
export function draw(g: Generator, count: number): string {
  mix(g);
  let bytes = "";
  while (bytes.length < count) {
    bytes = bytes + g.platform.sha256(g.state + "out");
    g.state = g.platform.sha256(g.state + "next");
  }
  return bytes.substring(0, count);
}
