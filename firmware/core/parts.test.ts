/** A3 and A4 in the core, step by step. */
import { Alarm, Command, Event, Journal, Method, Pack, Part, Put, Refusal, Reply, Sensor } from "./events";
import { step } from "./lock";
import { Out, newOut } from "./outputs";
import { Prompt } from "./prompts";
import { Lock } from "./state";
import { Field, userField } from "./users/table";
import { countTemplates } from "./users/modules";
import { fingerOnlyLock, settledLock } from "../../test/explore/moves";

function after(s: Lock, event: Event, arg: number): Out {
  const out = newOut();
  step(s, out, event, arg);
  return out;
}

const on = (part: Part): number => part * 2 + 1;
const over = (part: Part): number => part * 2;
const bit = (alarm: Alarm): number => 1 << alarm;
const notes = (out: Out): [number, number][] => out.noteKind.slice(0, out.notes).map((kind, i) => [kind, out.noteBy[i]]);

test("A3: the alarm lasts until the last silent part answers again, and each one is told", () => {
  const s = settledLock();
  const first = after(s, Event.Silent, on(Part.Finger));
  expect(notes(first)).toEqual([[Journal.ModuleFault, Part.Finger + 1]]);
  expect([first.alarmOn, first.voice]).toEqual([bit(Alarm.Module), Prompt.ModuleFault]);
  expect(notes(after(s, Event.Silent, on(Part.Voice)))).toEqual([[Journal.ModuleFault, Part.Voice + 1]]);
  expect(after(s, Event.Silent, over(Part.Finger)).alarmOff).toBe(0);
  expect(after(s, Event.Silent, over(Part.Voice)).alarmOff).toBe(bit(Alarm.Module));
});

test("A4: a swapped module is told once, refused at every presence, and lets nobody in", () => {
  const s = settledLock();
  const found = after(s, Event.Swapped, on(Part.Finger));
  expect(notes(found)).toEqual([[Journal.ModuleSwapped, Part.Finger + 1]]);
  expect([found.alarmOn, found.voice, found.refuse]).toEqual([bit(Alarm.Swapped), Prompt.ModuleSwapped, Refusal.None]);
  const again = after(s, Event.Swapped, on(Part.Finger));
  expect([again.refuse, again.refuseBy, again.notes, again.voice]).toEqual([Refusal.Swapped, Method.Finger, 0, Prompt.ModuleSwapped]);
  const match = after(s, Event.Matched, Sensor.Finger * Pack.Sensor + 1);
  expect([match.grant, match.motor, match.refuse]).toEqual([0, 0, Refusal.Swapped]);
  expect(s.failures).toEqual([]);
  expect(after(s, Event.Swapped, over(Part.Finger)).alarmOff).toBe(bit(Alarm.Swapped));
  expect(after(s, Event.Matched, Sensor.Finger * Pack.Sensor + 1).grant).toBe(Method.Finger);
});

test("A4: the other module goes on while one is swapped", () => {
  const s = settledLock();
  after(s, Event.Swapped, on(Part.PalmFace));
  expect(after(s, Event.Matched, Sensor.Finger * Pack.Sensor + 1).grant).toBe(Method.Finger);
});

test.each([[Part.Finger, Method.Finger], [Part.PalmFace, Method.Face]])("A4: what nobody asked for is tampering (module %i)", (part, by) => {
  const out = after(settledLock(), Event.Unasked, part);
  expect([out.grant, out.siren, out.alarmOn, notes(out)]).toEqual([0, 1, bit(Alarm.Tamper), [[Journal.Tamper, by]]]);
});

function pair(s: Lock, part: Part): Out {
  s.operand[0] = part;
  return after(s, Event.Command, Command.PairModule);
}

test("A4: pairing anew takes from the users what they had in the module, and only that", () => {
  const s = settledLock();
  after(s, Event.Swapped, on(Part.Finger));
  s.users = `${s.users.substring(0, 16)}1${s.users.substring(17)}`;
  s.templates = "r011p052";
  const out = pair(s, Part.Finger);
  expect([out.reply, out.put, out.putKind, out.pairModule]).toEqual([Reply.Ok, Put.DropModule, Part.Finger, Part.Finger + 1]);
  expect([s.templates, countTemplates(s.templates, Part.Finger), countTemplates(s.templates, Part.PalmFace)]).toEqual(["p052", 0, 1]);
  expect([1, 2].map((n) => userField(s.users, n, Field.Fingers))).toEqual([0, 0]);
  const paired = after(s, Event.Paired, Part.Finger);
  expect([paired.put, paired.putKind, paired.alarmOff, notes(paired)]).toEqual([Put.Module, Part.Finger, bit(Alarm.Swapped), [[Journal.ModulePaired, Part.Finger + 1]]]);
});

test("A4: a new lock pairs without an event", () => {
  const out = after(settledLock(), Event.Paired, Part.PalmFace);
  expect([out.put, out.notes]).toEqual([Put.Module, 0]);
});

test("M6: the module without which no administrator could open the menu is not emptied", () => {
  const s = fingerOnlyLock();
  const { users, templates } = s;
  const out = pair(s, Part.Finger);
  expect([out.reply, out.put, out.pairModule, s.users, s.templates]).toEqual([Reply.LastAdministrator, Put.None, 0, users, templates]);
  expect(pair(s, Part.PalmFace).reply).toBe(Reply.Ok);
});

test("B5: what the module alone holds, and what it has not got, are told; the user loses the count of it", () => {
  const s = settledLock();
  s.users = `${s.users.substring(0, 16)}1${s.users.substring(17)}`;
  s.templates = "r012r023";
  expect(notes(after(s, Event.Orphan, Sensor.Palm * Pack.Sensor + 9))).toEqual([[Journal.TemplateOrphaned, Method.Palm]]);
  const out = after(s, Event.Missing, Sensor.Finger * Pack.Sensor + 1);
  expect([out.put, out.putUser, out.putKind, out.putTemplate]).toEqual([Put.DropTemplate, 2, Sensor.Finger, 1]);
  expect([s.templates, userField(s.users, 2, Field.Fingers), notes(out)]).toEqual(["r023", 0, [[Journal.TemplateMissing, Method.Finger]]]);
  const stray = after(s, Event.Missing, Sensor.Finger * Pack.Sensor + 1);
  expect([stray.put, stray.notes]).toEqual([Put.None, 0]);
});

test("M6, S2: a missing template never makes the lock a new one", () => {
  const s = fingerOnlyLock();
  const { users, templates } = s;
  const out = after(s, Event.Missing, Sensor.Finger * Pack.Sensor + 1);
  expect([out.put, s.users, s.templates, s.initial, notes(out)]).toEqual([Put.None, users, templates, 0, [[Journal.TemplateMissing, Method.Finger]]]);
});

test("a module that the board has not got is not paired, and its sensors are not offered", () => {
  const s = settledLock();
  s.board.modules = 1 << Part.Finger;
  expect(pair(s, Part.PalmFace).reply).toBe(Reply.Off);
  s.operand[0] = 2;
  s.operand[1] = Sensor.Palm;
  expect(after(s, Event.Command, Command.Enrol).reply).toBe(Reply.Off);
});
