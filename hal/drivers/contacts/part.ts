import { Platform } from "../../ports";
import { ContactEvents, Contacts } from "../../roles";
import { InPin, Level, NotWired } from "../../wires";
import { newContacts } from "./driver";

/** A switch between a pin and ground; the chip pulls the pin up. */
export interface ContactWire {
  /** To the switch, whose other side is on ground. @pullUp */
  pin: InPin;
  /** Level of the pin while the switch is in the state that its role is named for: 0 for one that closes in it, 1 for one that opens. */
  active: Level;
}

/** The same for a switch that a lock can do without: with pin -1 it is never in that state. */
export interface OptionalContactWire {
  /** To the switch, whose other side is on ground; -1 where there is none. @pullUp */
  pin: InPin | NotWired;
  /** As that of ContactWire. */
  active: Level;
}

export interface ContactsPart {
  driver: "contacts";
  /** The rear handle is turned (O9). */
  handle: OptionalContactWire;
  boltWithdrawn: ContactWire;
  boltThrown: ContactWire;
  doorOpen: ContactWire;
  /** The case is open (A1). */
  tamper: OptionalContactWire;
  set: ContactWire;
  lockButton: OptionalContactWire;
  /** Longer than the switches bounce, ms. @asType integer @minimum 1 @maximum 200 */
  settleMs: number;
}

export function newPart(platform: Platform, part: ContactsPart, events: ContactEvents): Contacts {
  return newContacts(platform, [
    part.handle, part.boltWithdrawn, part.boltThrown, part.doorOpen, part.tamper, part.set, part.lockButton,
  ], part.settleMs, events);
}
