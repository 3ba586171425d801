/**
 * The builds of the family: one protocol, many makers, who differ in how a palm is enrolled, told,
 * deleted and listed. A new build is a new row.
 */
import { Mid } from "./frames";

export const enum Kind { Face = 0, Palm = 1 }

/** How ids are listed: all as ids; faces as ids, palms as a number; a bit for each. */
export const enum Listing { Ids, Counts, Bits }

export type BuildName = "sen0737" | "senselock" | "fm22x" | "allwinner" | "ekesi" | "ai10" | "l015";

export interface Build {
  readonly name: BuildName;
  /** Command that enrols a face or a palm, -1 = this build has none. */
  readonly enrol: readonly number[];
  /** A face takes five poses; otherwise one picture. */
  readonly poses: boolean;
  /** Deleting: the command for each kind, and whether the kind follows the id. */
  readonly remove: readonly number[];
  readonly typed: boolean;
  readonly listing: Listing;
  /** The first id of a palm; 0 = faces and palms share one sequence. */
  readonly palmFrom: number;
  /** Command that reads the serial number, -1 = this build has none. */
  readonly serial: number;
  /** Characters of it that mean something. */
  readonly serialLength: number;
  /** It has the three-colour LED of command 0x90 (which other builds use for files). */
  readonly led: boolean;
}

export const BUILDS: readonly Build[] = [
  {
    name: "sen0737", enrol: [Mid.EnrolItg, Mid.EnrolItg], poses: true, remove: [Mid.DeleteUser, Mid.PalmDelete], typed: true,
    listing: Listing.Counts, palmFrom: 501, serial: -1, serialLength: 0, led: true,
  },
  {
    name: "senselock", enrol: [Mid.EnrolItg, Mid.EnrolItg], poses: true, remove: [Mid.DeleteUser, Mid.DeleteUser], typed: true,
    listing: Listing.Bits, palmFrom: 101, serial: Mid.GetUid, serialLength: 32, led: false,
  },
  {
    name: "fm22x", enrol: [Mid.EnrolItg, -1], poses: true, remove: [Mid.DeleteUser, Mid.DeleteUser], typed: false,
    listing: Listing.Ids, palmFrom: 0, serial: Mid.GetUid, serialLength: 8, led: false,
  },
  {
    name: "allwinner", enrol: [Mid.Enrol, Mid.PalmEnrolItg], poses: true, remove: [Mid.DeleteUser, Mid.DeleteUser], typed: false,
    listing: Listing.Ids, palmFrom: 0, serial: -1, serialLength: 0, led: false,
  },
  {
    name: "ekesi", enrol: [Mid.Enrol, Mid.EnrolSingle], poses: true, remove: [Mid.DeleteUser, Mid.DeleteUser], typed: false,
    listing: Listing.Ids, palmFrom: 0, serial: -1, serialLength: 0, led: false,
  },
  {
    name: "ai10", enrol: [Mid.EnrolSingle, Mid.EnrolSingle], poses: false, remove: [Mid.DeleteUser, Mid.DeleteUser], typed: false,
    listing: Listing.Ids, palmFrom: 1001, serial: -1, serialLength: 0, led: false,
  },
  {
    name: "l015", enrol: [-1, Mid.EnrolSingle], poses: false, remove: [Mid.DeleteUser, Mid.DeleteUser], typed: false,
    listing: Listing.Ids, palmFrom: 1, serial: -1, serialLength: 0, led: false,
  },
];

/** @returns the row */
export function buildNamed(name: BuildName): Build {
  for (let i = 0; i < BUILDS.length; i++) {
    if (BUILDS[i].name === name) return BUILDS[i];
  }
  return BUILDS[0];
}

/** Only builds that check by themselves whether somebody is enrolled already; the others are asked first (C5). */
export function checksDuplicates(mid: number): boolean {
  return mid === Mid.EnrolItg;
}

/** @returns the kind an id says, -1 where faces and palms share one sequence */
export function kindOfId(build: Build, id: number): number {
  if (build.palmFrom === 0) return -1;
  return id >= build.palmFrom ? Kind.Palm : Kind.Face;
}

/** 250 and 2 are palms, 200, 204 (eyes closed) and 1 faces; else the id says it. @returns -1 where neither does, or both and they differ */
export function kindOfMatch(build: Build, id: number, status: number): number {
  const byId = kindOfId(build, id);
  const byStatus = status === 250 || status === 2 ? Kind.Palm : status === 200 || status === 204 || status === 1 ? Kind.Face : -1;
  if (build.enrol[Kind.Palm] < 0) return byStatus === Kind.Palm ? -1 : Kind.Face;
  if (build.enrol[Kind.Face] < 0) return Kind.Palm;
  if (byStatus < 0) return byId;
  // Builds that mix both engines send 200 for a palm as well: where the ids are apart, they decide.
  if (byId === Kind.Palm && status === 200) return Kind.Palm;
  return byId >= 0 && byId !== byStatus ? -1 : byStatus;
}
