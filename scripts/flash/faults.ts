/** The firmware below ours: which version it is, and which of its known faults matter to a lock. */

/** As `2v29`, or `2v29.277` for a build so many commits behind that release. */
export interface BaseVersion { major: number; minor: number; build: number }

/** @returns null for anything that is no version of Espruino. */
export function baseVersion(text: string): BaseVersion | null {
  const found = /^(\d+)v(\d+)(?:\.(\d+))?/.exec(text);
  return found === null ? null : { major: Number(found[1]), minor: Number(found[2]), build: Number(found[3] ?? 0) };
}

export function isBefore(a: BaseVersion, b: BaseVersion): boolean {
  if (a.major !== b.major) return a.major < b.major;
  return a.minor === b.minor ? a.build < b.build : a.minor < b.minor;
}

export interface Fault {
  /** The first version that has it, and the first that has not any more. */
  from: string;
  below: string;
  says: string;
}

/** The first version that is known to take longer bursts than 64 bytes. */
const burstsFrom = "2v29.96";

export const faults: Fault[] = [
  {
    from: "2v29", below: burstsFrom,
    says: "loses what follows the first 64 bytes of a burst on any serial line (Espruino issue 2718): answers of sensor modules may be lost and asked for again",
  },
  {
    from: "2v29", below: "2v29.271",
    says: "opens a Wi-Fi access point at power-on as long as no Wi-Fi is configured",
  },
];

/** @param version as the firmware tells it; nothing is known of any but Espruino's. @returns a sentence each */
export function faultsOf(version: string): string[] {
  const asked = baseVersion(version);
  if (asked === null) return [];
  return faults.filter(({ from, below }) => !before(asked, from) && before(asked, below)).map(({ says }) => `Known fault of ${version}: it ${says}.`);
}

/** @param line what a lock has printed: as it starts it says which firmware is below it. */
export function faultsAtStart(line: string): string[] {
  const base = /^@\d+ boot .*\bbase=(\S+)/.exec(line)?.[1];
  return base === undefined ? [] : faultsOf(base);
}

function before(version: BaseVersion, text: string): boolean {
  const other = baseVersion(text);
  return other !== null && isBefore(version, other);
}

/** Chosen: what is older than the mended version is not trusted with long bursts, though the fault is known of one release only. */
export function takesLongBursts(version: string): boolean {
  const asked = baseVersion(version);
  return asked !== null && !before(asked, burstsFrom);
}
