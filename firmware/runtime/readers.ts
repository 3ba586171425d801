import { PartMakers } from "../../hal/makers";
import { EnrolError, FingerEvents, Pairing, PalmFaceEvents, PalmFaceModule, Reader } from "../../hal/roles";
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
  const finger = makers.finger === null ? null : makers.finger(eventsOf(runtime, Sensor.Finger, Part.Finger));
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

function palmFaceEvents(runtime: () => Runtime): PalmFaceEvents {
  const face = eventsOf(runtime, Sensor.Face, Part.PalmFace);
  return {
    face, palm: eventsOf(runtime, Sensor.Palm, Part.PalmFace),
    identified: (identity) => { face.identified(identity); },
    swapped: (swapped) => { face.swapped(swapped); },
    unasked: () => { face.unasked(); },
  };
}

/** What a reader and its module say; a number that no module can have is no fact. */
function eventsOf(runtime: () => Runtime, sensor: Sensor, part: Part): FingerEvents {
  const base = sensor * Pack.Sensor;
  return {
    near: () => { post(runtime(), Event.Near, base); },
    matched: (template) => { if (template < Pack.Sensor) post(runtime(), Event.Matched, base + template); },
    unknown: () => { post(runtime(), Event.Unknown, base); },
    unreadable: () => { post(runtime(), Event.Unreadable, base); },
    gone: () => { post(runtime(), Event.Gone, base); },
    placed: (steps) => { if (steps < Pack.Sensor) post(runtime(), Event.Placed, base + steps); },
    again: () => { post(runtime(), Event.Again, base); },
    enrolled: (template) => { if (template < Pack.Sensor) post(runtime(), Event.Enrolled, base + template); },
    enrolFailed: (error) => { if (error < Pack.Sensor) post(runtime(), Event.EnrolFailed, base + error); },
    orphan: (template) => { if (template < Pack.Sensor) post(runtime(), Event.Orphan, base + template); },
    missing: (template) => { if (template < Pack.Sensor) post(runtime(), Event.Missing, base + template); },
    silent: (silent) => { onSilent(runtime(), part, silent); },
    identified: (identity) => { onIdentified(runtime(), part, identity); },
    swapped: (swapped) => { post(runtime(), Event.Swapped, part * 2 + (swapped ? 1 : 0)); },
    unasked: () => { post(runtime(), Event.Unasked, part); },
  };
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
