/** What a lock promises of a cut (B5, L5, O8, E1), each checked on a restarted lock: a list of sentences, empty where all hold. */
import { Session, World } from "../../hal/platform/sim/world";
import { Direction } from "../../hal/roles";
import { ask, eventsOf, Kept, NOBODYS, tellsBrokenJournal, Told } from "./known";
import { enter, Templates, templatesIn, templatesTold } from "./restart";
import { Line, Moment, Operation, Story } from "./story";

/** The change that was cut: the state is as before or as after it, and at its two ends nothing else. */
export interface Allowed { before: Moment; after: Moment; only: "before" | "after" | null }

export function allowedAt(story: Story, at: number, byte: number): Allowed {
  const operation = story.operations[at];
  const before = story.moments[operation.moment];
  const after = story.moments[operation.moment + 1];
  const first = story.operations[at - 1]?.moment !== operation.moment;
  const last = story.operations[at + 1]?.moment !== operation.moment;
  const only = first && byte === 0 ? "before" : last && byte === operation.length ? "after" : null;
  return { before, after, only };
}

function choices<T>({ before, after, only }: Allowed, of: (moment: Moment) => T): T[] {
  return (only === "before" ? [before] : only === "after" ? [after] : [before, after]).map(of);
}

/** B5: every part of the state by itself is as before or as after. */
export function checkTold(told: Told | null, allowed: Allowed): string[] {
  if (told === null) return ["the lock does not answer users, settings, status and parts"];
  const known = choices(allowed, (moment) => moment.told);
  if (known.includes(null)) return [];
  return (Object.keys(told) as (keyof Told)[]).flatMap((part) => {
    const values = known.map((one) => one?.[part] ?? "");
    return values.includes(told[part]) ? [] : [`${part} is "${told[part]}", and was ${[...new Set(values)].map((value) => `"${value}"`).join(" then ")}`];
  });
}

/** The same of what no console tells: failures, budget, stage, and whose the codes are. */
export function checkKept(kept: Kept | null, allowed: Allowed, codes: readonly string[]): string[] {
  const known = choices(allowed, (moment) => moment.kept);
  if (kept === null) return known.includes(null) ? [] : ["the store is refused as a newer one's"];
  const counters = known.map((one) => one?.counters);
  const wrong = counters.includes(kept.counters) ? [] : [`the counters are ${kept.counters}, and were ${[...new Set(counters)].join(" then ")}`];
  const owners = codes.filter((_, i) => !known.some((one) => one?.owners[i] === kept.owners[i]));
  return [...wrong, ...owners.map((code) => `the code ${code} has become somebody else's, or nobody's`)];
}

/** E1: what the trace told as an event is in the journal. */
export function acknowledged(trace: readonly string[]): Map<number, string> {
  const told = new Map<number, string>();
  for (const text of trace) {
    const found = /^@\d+ event (\d+) (.*)$/.exec(text);
    if (found === null) continue;
    told.set(Number(found[1]), found[2]);
  }
  return told;
}

/** @param wiped a factory reset has ended what was told */
export function checkEvents(world: World, told: Map<number, string>, wiped: boolean): string[] {
  const events = eventsOf(world);
  if (events === null) return ["the lock does not answer events"];
  const wrong: string[] = [];
  events.forEach(({ number }, i) => {
    if (i > 0 && number >= events[i - 1].number) wrong.push(`event ${number} stands below event ${events[i - 1].number}`);
  });
  const kept = new Map(events.map(({ number, what }) => [number, what]));
  if (tellsBrokenJournal(world)) wrong.push("the lock says that somebody has cut its journal");
  const missing = wiped ? [] : [...told].filter(([number, what]) => kept.get(number) !== what);
  return [...wrong, ...missing.map(([number, what]) => `event ${number} ${what} was told, and the journal has ${kept.get(number) ?? "nothing"} there`)];
}

/** A factory reset is the only change after which nobody is left (M6). @param moment the one before it */
export function isWiping({ moments }: Story, moment: number): boolean {
  return (moments[moment].told?.users ?? "") !== "" && moments[moment + 1].told?.users === "";
}

/** Everything told as an event before the operation, since the last factory reset. */
export function acknowledgedAt(story: Story, { moment, printed }: Operation): Map<number, string> {
  let from = 0;
  for (let i = 0; i < moment; i++) if (isWiping(story, i)) from = story.moments[i + 1].printed;
  return acknowledged(story.log.slice(from, printed).map(({ text }) => text));
}

/** O8: a start drives nothing but a throw that was under way, and its back-off (O5). A grant is a person's at a sensor, with the countdown behind it (O3). */
export function checkMotor(session: Session, mayThrow: boolean): string[] {
  const granted = session.trace.some((line) => / grant /.test(line));
  const { drives } = session.world.bolt;
  const wrong: string[] = [];
  drives.forEach((drive, i) => {
    if (drive.direction === Direction.Throw && !mayThrow && !granted) wrong.push("a start throws the bolt that nobody had begun to throw");
    const backOff = i > 0 && drives[i - 1].direction === Direction.Throw;
    if (drive.direction === Direction.Withdraw && !granted && !backOff) wrong.push("a start withdraws the bolt");
  });
  return wrong;
}

/** Whole restart: no withdrawal that nobody was granted. */
export function checkGrants(trace: readonly string[]): string[] {
  let granted = false;
  let thrown = false;
  const wrong: string[] = [];
  for (const line of trace) {
    if (/ boot /.test(line)) granted = thrown = false;
    if (/ grant( |$)/.test(line)) granted = true;
    if (/ motor throw/.test(line)) thrown = true;
    if (/ motor withdraw/.test(line) && !granted && !thrown) wrong.push(`${line} without a grant`);
  }
  return wrong;
}

export function checkTemplates(world: World, users: string): string[] {
  const there = templatesIn(world);
  const told = templatesTold(users);
  return (Object.keys(told) as (keyof Templates)[]).filter((kind) => there[kind] !== told[kind])
    .map((kind) => `the module holds ${there[kind]} ${kind}, the users ${told[kind]}`);
}

/** As long as a failure counts, and how many are ever counted (L1). */
const windowMs = 300000;
const lockoutFailures = 5;

/** L5: failures that had been told as counting at that time and nothing had cleared. */
export function failuresTold(log: readonly Line[], printed: number, nowMs: number): number {
  for (let i = printed - 1; i >= 0 && log[i].ms > nowMs - windowMs; i--) {
    const count = / fail count=(\d+)/.exec(log[i].text);
    if (count !== null) return Number(count[1]);
    if (/ (grant|lockout|boot|menu main)( |$)| event \d+ (reset|lockout-end|setting)|> lockout end/.test(log[i].text)) return 0;
  }
  return 0;
}

/** L5: a wrong code counts on from there. @param least failures that were told */
export function checkCount(session: Session, least: number): string[] {
  const said = enter(session, NOBODYS);
  const wrong = said.some((line) => line.startsWith("grant")) ? ["a code that is nobody's is let in"] : [];
  const count = said.map((line) => /^fail count=(\d+)/.exec(line)).find((found) => found !== null);
  if (least === 0 || count === undefined || count === null) return wrong;
  return Number(count[1]) >= Math.min(least + 1, lockoutFailures) ? wrong : [...wrong, `${least} failures were told, and the next one counts as ${count[1]}`];
}

/** Whoever had a code still gets in with it, or `users` has not got it any more. */
export function checkCodes(session: Session, codes: readonly string[], allowed: Allowed): string[] {
  const known = choices(allowed, (moment) => moment.kept);
  return codes.flatMap((code, i) => {
    ask(session.world, "lockout end");
    const owners = known.map((kept) => kept?.owners[i] ?? 0);
    const said = enter(session, code);
    const grant = said.map((line) => /^grant(?: user=(\d+))? by=(\w+)/.exec(line)).find((found) => found !== null);
    if (grant !== undefined && grant !== null) {
      const kind = ["", "passcode", "duress", "temporary"].indexOf(grant[2]);
      const fits = owners.some((owner) => Math.floor(owner / 64) === (kind === 2 ? 2 : kind) && (kind === 3 || owner % 64 === Number(grant[1])));
      return fits ? [] : [`the code ${code} lets in ${grant[0]}`];
    }
    const unknown = said.some((line) => line.startsWith("refuse unknown"));
    return unknown && !owners.includes(0) ? [`the code ${code} is refused`] : [];
  });
}
