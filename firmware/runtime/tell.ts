import { Out } from "../core/outputs";
import { Trace, byText, detailText, userText } from "../console/trace";
import { ALARMS, DIRECTIONS, JOURNAL, KEYS, LEVELS, METHODS, POWERS, REFUSALS, ROLES, TOLD, word } from "../console/words";

/**
 * The trace lines of what a fact has led to, but for lights and sound.
 * @param first number of the first event noted
 */
export function tell(t: Trace, out: Out, first: number): void {
  tellFacts(t, out);
  tellNotes(t, out, first);
  tellDecisions(t, out);
  tellAlarms(t, out);
  tellUsers(t, out);
  tellMotor(t, out);
}

/** The registers of `tell`, told or not. */
export function clearTold(out: Out): void {
  out.key = 0;
  out.door = 0;
  out.bolt = 0;
  out.power = 0;
  out.notes = 0;
  out.grant = 0;
  out.refuse = 0;
  out.fail = 0;
  out.lockout = 0;
  out.alarmOn = 0;
  out.alarmOff = 0;
  out.userAdded = 0;
  out.userDeleted = 0;
  out.credentialUser = 0;
  out.menu = 0;
  out.stop = 0;
  out.motor = 0;
}

function tellFacts(t: Trace, out: Out): void {
  if (out.key !== 0) t.line("key " + (out.key === 100 ? "digit" : word(KEYS, out.key - 1)));
  if (out.door !== 0) t.line(out.door === 2 ? "door open" : "door closed");
  if (out.bolt !== 0) t.line("bolt " + word(TOLD, out.bolt));
  if (out.power !== 0) t.line("power " + word(POWERS, out.power));
}

function tellNotes(t: Trace, out: Out, first: number): void {
  for (let i = 0; i < out.notes; i++) {
    const kind = out.noteKind[i];
    t.line("event " + (first + i).toString() + " " + word(JOURNAL, kind) + userText(out.noteUser[i]) + detailText(kind, out.noteBy[i]));
  }
}

function tellDecisions(t: Trace, out: Out): void {
  if (out.grant !== 0) t.line("grant" + userText(out.grantUser) + byText(METHODS, out.grant));
  if (out.refuse !== 0) t.line("refuse " + word(REFUSALS, out.refuse) + byText(METHODS, out.refuseBy));
  if (out.fail !== 0) t.line("fail count=" + out.fail.toString());
  if (out.lockout !== 0) t.line(out.lockout < 0 ? "lockout off" : "lockout on for=" + out.lockout.toString());
}

function tellAlarms(t: Trace, out: Out): void {
  if (out.alarmOn !== 0) tellBits(t, out.alarmOn, " on");
  if (out.alarmOff !== 0) tellBits(t, out.alarmOff, " off");
}

function tellBits(t: Trace, bits: number, state: string): void {
  let rest = bits;
  for (let alarm = 0; rest > 0; alarm++) {
    if (rest % 2 === 1) t.line("alarm " + word(ALARMS, alarm) + state);
    rest = Math.floor(rest / 2);
  }
}

function tellUsers(t: Trace, out: Out): void {
  if (out.userAdded !== 0) t.line("user added n=" + out.userAdded.toString() + " role=" + word(ROLES, out.userRole));
  if (out.userDeleted !== 0) t.line("user deleted n=" + out.userDeleted.toString() + " role=" + word(ROLES, out.userRole));
  if (out.credentialUser !== 0) t.line("credential added n=" + out.credentialUser.toString() + " kind=" + word(METHODS, out.credentialKind));
  if (out.menu !== 0) t.line("menu " + word(LEVELS, out.menu));
}

function tellMotor(t: Trace, out: Out): void {
  if (out.stop !== 0) t.line("motor stop");
  if (out.motor !== 0) t.line("motor " + word(DIRECTIONS, out.motor));
}
