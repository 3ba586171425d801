/** Cuts a story's supply at its flash operations, and looks at the lock that starts again. */
import { Engine } from "../../hal/platform/sim/chip";
import { Session, standingOf } from "../../hal/platform/sim/world";
import { eventsOf, keptIn, Told, toldBy } from "./known";
import { acknowledged, acknowledgedAt, Allowed, allowedAt, checkCodes, checkCount, checkEvents, checkGrants, checkKept, checkMotor, checkTemplates, checkTold, failuresTold, isWiping } from "./promises";
import { Cut, playOn, recoveryMs, tear, worldAfter } from "./restart";
import { Operation, Story } from "./story";

/** Where a promise was broken. */
export interface Loss { file: string; cut: Cut; second: Cut | null; what: string }

export interface Tally {
  cuts: number;
  losses: Loss[];
}

export const newTally = (): Tally => ({ cuts: 0, losses: [] });

/** Nothing, half and all of an operation. */
export const threeBytes = ({ length }: Operation): number[] => [0, Math.floor(length / 2), length];

/** Every byte after which the flash is another one than before. */
export function everyByte({ before, after, length }: Operation): number[] {
  const bytes = [0];
  for (let byte = 1; byte <= length; byte++) if (byte === length || before[byte - 1] !== after[byte - 1]) bytes.push(byte);
  return bytes;
}

/** The image at each operation in turn; the story's flash goes forward with it. */
export function eachOperation(story: Story, act: (flash: Uint8Array, operation: Operation, at: number) => void): void {
  const flash = Uint8Array.from(story.flash);
  story.operations.forEach((operation, at) => {
    act(flash, operation, at);
    flash.set(operation.after, operation.address);
  });
}

/**
 * One cut and what is promised of it. @param flash before the operation; it is left so
 * @param whole false: only the start and the twelve seconds after it, not the rest of the story and the codes
 */
export function cutOnce(story: Story, engine: Engine, flash: Uint8Array, cut: Cut, tally: Tally, whole = true): void {
  const operation = story.operations[cut.operation];
  const torn = Uint8Array.from(flash);
  tear(torn, operation, cut.byte);
  tally.cuts++;
  const lose = (what: string[]): void => { tally.losses.push(...what.map((one) => ({ file: story.file, cut, second: null, what: one }))); };
  try {
    const allowed = allowedAt(story, cut.operation, cut.byte);
    lose(checkKept(keptIn(torn, story.board.flash.pageSize, story.codes), allowed, story.codes));
    const session = worldAfter(story, engine, torn, operation);
    lose(start(story, session, operation, allowed, lose));
    if (!whole) return;
    playOn(story, session, operation.step);
    lose(checkGrants(session.trace));
    lose(checkLasting(story, engine, session));
    lose(tryCodes(story, engine, torn, operation, allowed));
  } catch (error) {
    lose([`it threw: ${error instanceof Error ? error.message : String(error)}`]);
  }
}

/** @returns what is half-made. */
function start(story: Story, session: Session, operation: Operation, allowed: Allowed, lose: (what: string[]) => void): string[] {
  const { world } = session;
  world.powerOn();
  const told = toldBy(world);
  lose(checkTold(told, allowed));
  lose(checkEvents(world, acknowledgedAt(story, operation), isWiped(story, operation, told)));
  for (const line of ["interactive off", "trace on"]) session.perform(line);
  world.advance(recoveryMs);
  lose(checkMotor(session, mayThrow(allowed) && !operation.standing.doorOpen));
  // Another lock's module keeps what is in it.
  const swapped = story.given.some((line) => /^module (finger|palmface) swap/.test(line));
  const now = toldBy(world);
  return now === null || swapped ? [] : checkTemplates(world, now.users);
}

/** The factory reset that was cut has been done by this start. */
function isWiped(story: Story, operation: Operation, told: Told | null): boolean {
  return told !== null && told.users === "" && told.temps === "" && isWiping(story, operation.moment);
}

function mayThrow({ before, after }: Allowed): boolean {
  return before.kept?.throwing === true || after.kept?.throwing === true;
}

/** B5 once more: what the lock tells at the end of the story is there after the supply went while it rested. */
function checkLasting(story: Story, engine: Engine, session: Session): string[] {
  const { world } = session;
  if (!world.machine.powered) session.perform("power on");
  world.advance(1000);
  const told = toldBy(world);
  if (told === null) return [];
  const events = new Map((eventsOf(world) ?? []).map(({ number, what }) => [number, what]));
  world.powerOff();
  const again = worldAfter(story, engine, world.flash.bytes, { ...story.operations[0], standing: standingOf(world), surroundings: [] });
  again.world.powerOn();
  const moment = { told, kept: null, printed: 0 };
  const wrong = [...checkTold(toldBy(again.world), { before: moment, after: moment, only: null }), ...checkEvents(again.world, events, false)];
  return wrong.map((one) => `at the end of the story: ${one}`);
}

/** The same restart once more, for what would disturb the story: wrong and right codes. */
function tryCodes(story: Story, engine: Engine, torn: Uint8Array, operation: Operation, allowed: Allowed): string[] {
  const session = worldAfter(story, engine, torn, { ...operation, surroundings: [] });
  session.world.powerOn();
  for (const line of ["interactive off", "trace on"]) session.perform(line);
  session.world.advance(recoveryMs);
  const told = toldBy(session.world);
  if (told === null || !/mode (normal|away)/.test(told.mode)) return [];
  const least = Math.min(
    failuresTold(story.log, allowed.before.printed, operation.atMs), failuresTold(story.log, allowed.after.printed, operation.atMs));
  return [...checkCount(session, least), ...checkCodes(session, story.codes, allowed)];
}

/** The second cut, in the start after the first: at each of its operations. */
export function cutTwice(story: Story, engine: Engine, flash: Uint8Array, cut: Cut, tally: Tally, bytes = threeBytes): void {
  const operation = { ...story.operations[cut.operation], surroundings: [] };
  const torn = Uint8Array.from(flash);
  tear(torn, operation, cut.byte);
  const allowed = { ...allowedAt(story, cut.operation, cut.byte), only: null };
  const lengths: number[] = [];
  const whole = worldAfter(story, engine, torn, operation);
  whole.world.flash.onOperation = ({ length }) => { lengths.push(length); };
  whole.world.powerOn();
  whole.world.advance(recoveryMs);
  lengths.forEach((length, at) => {
    for (const byte of bytes({ ...operation, length })) {
      const second = { operation: at, byte };
      tally.cuts++;
      const session = worldAfter(story, engine, torn, operation);
      const { world } = session;
      world.flash.cutAt({ operation: at + 1, byte });
      world.powerOn();
      world.advance(recoveryMs, () => !world.machine.powered);
      const wrong = world.machine.powered ? ["the second cut never came"] : checkSecond(story, engine, session, allowed, operation);
      tally.losses.push(...wrong.map((what) => ({ file: story.file, cut, second, what })));
    }
  });
}

function checkSecond(story: Story, engine: Engine, cut: Session, allowed: Allowed, operation: Operation): string[] {
  const { world } = cut;
  const kept = checkKept(keptIn(world.flash.bytes, story.board.flash.pageSize, story.codes), allowed, story.codes);
  const session = worldAfter(story, engine, world.flash.bytes, { ...operation, standing: standingOf(world) });
  session.world.powerOn();
  const now = toldBy(session.world);
  const events = new Map([...acknowledgedAt(story, operation), ...acknowledged(cut.trace)]);
  const wrong = [...kept, ...checkTold(now, allowed), ...checkEvents(session.world, events, isWiped(story, operation, now))];
  session.world.advance(recoveryMs);
  return [...wrong, ...checkMotor(session, mayThrow(allowed) && !operation.standing.doorOpen)];
}
