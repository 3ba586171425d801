import { ContactsPart, ContactWire } from "../../../../drivers/contacts/part";
import { Wires } from "../wires";

export type ContactName = { [name in keyof ContactsPart]: ContactsPart[name] extends ContactWire ? name : never }[keyof ContactsPart];

const names: readonly ContactName[] = ["handle", "boltWithdrawn", "boltThrown", "doorOpen", "tamper", "set", "lockButton"];

/** The switches around the lock. Each is in the state that its role is named for, or it is not. */
export class ContactSet {
  private readonly states = new Map<ContactName, boolean>();

  constructor(private readonly wires: Wires, private readonly part: ContactsPart) {
    for (const name of names) this.set(name, false);
  }

  is(name: ContactName): boolean {
    return this.states.get(name) === true;
  }

  set(name: ContactName, active: boolean): void {
    const { pin, active: level } = this.part[name];
    this.states.set(name, active);
    this.wires.input(pin, active ? level : 1 - level);
  }
}
