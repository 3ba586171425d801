import { PartMakers } from "../../hal/makers";
import { EnrolError, FingerEvents, Pairing, PalmFaceEvents, PalmFaceModule, Reader, ReaderEvents } from "../../hal/roles";
import { Event, Pack, Part, Sensor } from "../core/events";
import { Runtime, onSilent, post } from "./runtime";

/** The sensor modules of a board: what they say becomes facts. */
export interface Readers {
  /** By Sensor; one that the board has not got refuses. */
  bySensor: Reader[];
  /** By Part; null where the board has none. */
  modules: (Pairing | null)[];
  palmFace: PalmFaceModule | null;
}

/** @param runtime asked when a fact comes, which is after it was made */
export function newReaders(makers: PartMakers, runtime: () => Runtime): Readers {
  const palmFace = makers.palmFace === null ? null : makers.palmFace(palmFaceEvents(runtime));
  const finger = makers.finger === null ? null : makers.finger(fingerEvents(runtime));
  return {
    bySensor: [
      palmFace === null ? newAbsent(runtime, Sensor.Face) : palmFace.face,
      palmFace === null ? newAbsent(runtime, Sensor.Palm) : palmFace.palm,
      finger === null ? newAbsent(runtime, Sensor.Finger) : finger,
    ],
    modules: [palmFace, finger],
    palmFace,
  };
}

function fingerEvents(runtime: () => Runtime): FingerEvents {
  const reader = readerEvents(runtime, Sensor.Finger, Part.Finger);
  return {
    told: reader.told, silent: reader.silent,
    identified: (identity) => { onIdentified(runtime(), Part.Finger, identity); },
    swapped: (swapped) => { onSwapped(runtime(), Part.Finger, swapped); },
    unasked: () => { post(runtime(), Event.Unasked, Part.Finger); },
  };
}

function palmFaceEvents(runtime: () => Runtime): PalmFaceEvents {
  return {
    face: readerEvents(runtime, Sensor.Face, Part.PalmFace),
    palm: readerEvents(runtime, Sensor.Palm, Part.PalmFace),
    identified: (identity) => { onIdentified(runtime(), Part.PalmFace, identity); },
    swapped: (swapped) => { onSwapped(runtime(), Part.PalmFace, swapped); },
    unasked: () => { post(runtime(), Event.Unasked, Part.PalmFace); },
  };
}

/** By ReaderFact. */
const EVENTS: Event[] = [
  Event.Near, Event.Matched, Event.Unknown, Event.Unreadable, Event.Gone, Event.Placed, Event.Again, Event.Enrolled, Event.EnrolFailed, Event.Orphan, Event.Missing,
];

/** A number that no module can have is no fact. */
function readerEvents(runtime: () => Runtime, sensor: Sensor, part: Part): ReaderEvents {
  return {
    told: (fact, value) => { if (value < Pack.Sensor) post(runtime(), EVENTS[fact], sensor * Pack.Sensor + value); },
    silent: (silent) => { onSilent(runtime(), part, silent); },
  };
}

function onSwapped(r: Runtime, part: Part, swapped: boolean): void {
  post(r, Event.Swapped, part * 2 + (swapped ? 1 : 0));
}

/** A4: the identity is a secret, which the core never sees; it says when it is stored. */
function onIdentified(r: Runtime, part: Part, identity: string): void {
  r.store.prefs.identities[part] = identity;
  post(r, Event.Paired, part);
}

function newAbsent(runtime: () => Runtime, sensor: Sensor): Reader {
  return {
    look: () => { return; },
    enrol: () => { post(runtime(), Event.EnrolFailed, sensor * Pack.Sensor + EnrolError.Failed); },
    cancel: () => { return; },
    remove: () => { return; },
    removeAll: () => { return; },
    keep: () => { return; },
  };
}
