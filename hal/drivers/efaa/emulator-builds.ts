/** What the emulated builds do differently, written from the vendors' side and apart from the driver's own table. */

export interface EmulatedBuild {
  /** Command ids → sizes of data that this build takes; anything else is a frame it does not know. */
  readonly takes: { readonly [mid: number]: readonly number[] };
  /** Poses that make a face: five, or one picture. */
  readonly poses: 5 | 1;
  /** First ids of faces and palms. */
  readonly firstFace: number;
  readonly firstPalm: number;
  /** Status byte of a match: face, palm. */
  readonly status: readonly [number, number];
  readonly listing: "ids" | "counts" | "bits";
  /** Results for somebody unknown (face, palm) and somebody enrolled already (face, palm). */
  readonly unknown: readonly [number, number];
  readonly enrolled: readonly [number, number];
  /** READY: its data behind the note's id. */
  readonly ready: string;
  /** GETUSERINFO knows palms. */
  readonly palmInfo: boolean;
  /** Commands that refuse somebody who is enrolled already. */
  readonly checks: readonly number[];
  /** An enrolment by picture takes whoever is there, face or palm. */
  readonly takesAny: boolean;
  /** Without a template of any kind VERIFY is answered at once. */
  readonly answersEmpty: boolean;
}

const common = { 0x10: [0], 0x11: [0], 0x12: [2], 0x22: [2], 0x23: [0], 0x30: [0], 0xed: [0] };

const sen0737: EmulatedBuild = {
  takes: { ...common, 0x20: [3], 0x80: [3], 0x21: [5], 0x24: [1], 0x26: [40], 0x90: [2] },
  poses: 5, firstFace: 1, firstPalm: 501, status: [200, 250], listing: "counts",
  unknown: [8, 8], enrolled: [10, 10], ready: "\x00", palmInfo: true, checks: [0x26], takesAny: false, answersEmpty: true,
};

export const emulatedBuilds: { [name: string]: EmulatedBuild } = {
  sen0737,
  senselock: {
    ...sen0737, takes: { ...common, 0x20: [3], 0x21: [5], 0x24: [1], 0x26: [40], 0x93: [0] },
    firstPalm: 101, listing: "bits", unknown: [8, 239], enrolled: [10, 241], ready: "\x01", palmInfo: false,
  },
  fm22x: {
    ...sen0737, takes: { ...common, 0x20: [2], 0x21: [0], 0x24: [0], 0x26: [40], 0x93: [0] },
    firstPalm: 0, status: [200, 200], listing: "ids", unknown: [1, 1], ready: "", answersEmpty: false,
  },
  allwinner: {
    ...sen0737, takes: { ...common, 0x13: [35], 0x20: [2], 0x21: [0], 0x24: [0], 0x27: [37] },
    firstPalm: 1, status: [1, 2], listing: "ids", checks: [],
  },
  ekesi: {
    ...sen0737, takes: { ...common, 0x13: [35], 0x1d: [35], 0x20: [2], 0x21: [0], 0x24: [0] },
    firstPalm: 1, status: [1, 2], listing: "ids", unknown: [8, 22], checks: [],
  },
  ai10: {
    ...sen0737, takes: { ...common, 0x1d: [35], 0x20: [2], 0x21: [0], 0x24: [0] },
    poses: 1, firstPalm: 1001, status: [0, 0], listing: "ids", checks: [], takesAny: true,
  },
  l015: {
    ...sen0737, takes: { ...common, 0x1d: [35], 0x20: [2], 0x21: [0], 0x24: [0] },
    poses: 1, firstFace: 0, firstPalm: 1, status: [0, 0], listing: "ids", checks: [],
  },
};
