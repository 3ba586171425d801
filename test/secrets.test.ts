/** C9, E2: no code that a person gives the lock leaves it: not by the console, nor to the parts, nor into flash. */
import { readFileSync } from "node:fs";
import { Chip, Engine } from "../hal/platform/sim/chip";
import { Session, World, newWorld } from "../hal/platform/sim/world";
import { lockImage, readBoard } from "../scripts/build/sources";
import { findScenarios } from "../scripts/scenario/files";
import { parseScenario } from "../scripts/scenario/parse";
import { play } from "../scripts/scenario/play";
import { runScenariosOn } from "../scripts/scenario/run";
import { Target } from "../scripts/scenario/target";
import { simEngine } from "./engines/sim";

const FOLDERS = ["credentials", "unlock", "start", "console"];
const files = findScenarios(FOLDERS.map((folder) => `test/scenarios/${folder}/**/*.scn`));

const SECRET_WORD: { [command: string]: number } = { "passcode set": 3, "duress set": 3, "temp add": 2, "login": 1, "password": 1 };

/** What a line gives the lock that nobody else may see: runs of six digits or more, and what stands where a command has a secret. */
function secretsOf(line: string): string[] {
  const words = line.split(/\s+/);
  if (words[0] === "keys") return line.replace(/(?<=\d)\s+(?=\d)/g, "").match(/\d{6,}/g) ?? [];
  const command = Object.keys(SECRET_WORD).find((name) => `${line} `.startsWith(`${name} `));
  const secret = command === undefined ? undefined : words[SECRET_WORD[command]];
  // Shorter ones are refused, and stand in any number.
  return secret === undefined || secret.length < 6 ? [] : [secret];
}

/** All that was given: each is looked for in everything the lock gives away. */
function secretsIn(transcript: readonly string[]): string[] {
  const given = transcript.filter((line) => line.startsWith("> ")).flatMap((line) => secretsOf(line.slice(2)));
  // One digit over and over is no passcode (C7), and stands in every table.
  return [...new Set(given)].filter((secret) => !/^(.)\1*$/.test(secret));
}

/** The times of trace lines and the names of the lit keys are no codes. */
function bare(text: string): string {
  return text.replace(/^@\d+ /gm, "").replace(/lit=0123456789/g, "lit=");
}

/** What the lock printed. */
function printed(transcript: readonly string[]): string[] {
  return transcript.filter((line) => !line.startsWith("> ")).map(bare);
}

/** The forms in which digits could stand somewhere: text, and one digit a byte. */
function forms(secret: string): string[] {
  if (!/^\d+$/.test(secret)) return [secret];
  const bytes = [...secret].map(Number);
  return [secret, String.fromCharCode(...bytes), String.fromCharCode(...bytes.map((digit) => digit + 1))];
}

const found = (secrets: string[], text: string): string[] => secrets.filter((secret) => forms(secret).some((form) => text.includes(form)));

/** A chip whose every byte sent and written is kept, also what is erased again. */
function overheard(engine: Engine): { engine: Engine; sent: () => string; written: () => string } {
  const sent: string[][] = [];
  const written: string[] = [];
  const tapped: Engine = (chip) => engine(new Proxy(chip, {
    get(target: Chip, name: keyof Chip) {
      if (name === "send") {
        return (port: number, bytes: string): void => {
          (sent[port] ??= []).push(bytes);
          target.send(port, bytes);
        };
      }
      if (name === "writeFlash") {
        return (address: number, bytes: string): void => {
          written.push(bytes);
          target.writeFlash(address, bytes);
        };
      }
      return target[name].bind(target);
    },
  }));
  return { engine: tapped, sent: () => sent.map((port) => bare((port ?? []).join(""))).join("\0"), written: () => written.join("\0") };
}

function newOverheardWorld(): { world: World; session: Session; sent: () => string; written: () => string } {
  const { engine, sent, written } = overheard(simEngine(lockImage("sim")));
  const world = newWorld({ board: readBoard("sim"), engine, seed: "secrets" });
  const session = new Session(world);
  world.powerOn();
  world.advance(100);
  return { world, session, sent, written };
}

test("the scenarios give the lock secrets to keep", () => {
  const all = new Set(files.flatMap((file) => secretsIn(readFileSync(file, "utf8").split("\n"))));
  expect([...all]).toEqual(expect.arrayContaining(["604827", "739154", "592806", "384170", "555000", "kestrel-four"]));
});

test("no transcript has one in a line that the lock printed", async () => {
  const results = await runScenariosOn(files);
  if (typeof results === "string") throw new Error(results);
  expect(results.filter((result) => !result.passed)).toEqual([]);
  const leaks = results.flatMap(({ file, transcript }) =>
    printed(transcript).flatMap((line) => found(secretsIn(transcript), line).map((secret) => `${file}: ${secret} in "${line}"`)));
  expect(leaks).toEqual([]);
});

test("nor does any byte that went to the console, the parts or the flash", async () => {
  for (const file of files) {
    const { world, session, sent, written } = newOverheardWorld();
    const target: Target = {
      trace: session.trace, transcript: session.transcript,
      send: (line) => Promise.resolve(session.perform(line)),
      advance: (ms, enough) => Promise.resolve(world.advance(ms, enough)),
      end: () => Promise.resolve(world.powerOff()),
    };
    expect(await play(parseScenario(file, readFileSync(file, "utf8")), target)).toBeNull();
    const secrets = secretsIn(session.transcript);
    expect([file, found(secrets, sent()), found(secrets, written())]).toEqual([file, [], []]);
  }
});

describe("canaries of ten digits, by every way into the lock", () => {
  const FIRST = "4827159360";
  const SECOND = "7391548206";
  const THIRD = "5928064713";
  const FOURTH = "3841706295";
  const WRONG = "8615930742";
  const VISITOR = "2750418396";
  const setup = ["set direction right", "user add admin", `passcode set 1 ${FIRST}`];

  const FLOWS: { [what: string]: string[] } = {
    "the first administrator at the keypad": [
      "set direction right", "touch", "key ok", `keys ${FIRST} ok`, `keys ${FIRST} ok`, "wait 2s", "key cancel", "wait 21s", `keys 00${FIRST}9 ok`, "wait 3s"],
    "a user in the menu, with two different entries": [
      ...setup, "button set", `keys ${FIRST} ok`, "wait 2s", "keys 2", "wait 4s", "keys 4", `keys ${SECOND} ok`, `keys ${WRONG} ok`, "wait 2s",
      `keys ${SECOND} ok`, `keys ${SECOND} ok`, "wait 2s", "users"],
    "by command: passcode, duress, visitor's, refused ones": [
      ...setup, "user add user", `passcode set 2 ${SECOND}`, `duress set 2 ${THIRD}`, `temp add ${VISITOR} 2026-01-01T00:00 2026-02-01T00:00 2`,
      `passcode set 2 ${FIRST}`, `duress set 9 ${WRONG}`, "clock 2026-01-15T00:00", `keys ${VISITOR} ok`, "wait 21s", `keys ${THIRD} ok`, "wait 3s", "events", "users", "user 2"],
    "typed at an interactive console, and looked for in its history": [
      "interactive on", ...setup, "\x1b[A", "\x1b[A\x1b[A", "interactive off", "help", "status"],
    "wrong codes, up to the lockout and beyond": [...setup, ...Array<string>(6).fill(`keys ${WRONG} ok`), "wait 4m", `keys ${FIRST} ok`, "events"],
    "left half-way, and cut off": [
      ...setup, `keys ${SECOND}`, "wait 21s", `keys ${SECOND}`, "power off", "power on", "button set", `keys ${FIRST} ok`, "wait 2s", "keys 2", "wait 4s", "keys 4",
      `keys ${THIRD} ok`, "wait 1s", `keys ${THIRD}`, "power off", "power on", "power cut 2", `passcode set 1 ${FOURTH}`, "power on", "users"],
    "deleted, replaced and reset": [
      ...setup, "user add user", `passcode set 2 ${SECOND}`, `passcode set 2 ${THIRD}`, "user delete 2", `temp add ${VISITOR} 2026-01-01T00:00 2026-02-01T00:00`,
      "temp delete 1", "factory-reset", "wait 1s", "users"],
    "rewritten with its area": [...setup, ...Array<string>(500).fill("set volume 1"), `keys ${FIRST} ok`, "wait 2s"],
    "the console's password": [`password ${FIRST}`, "logout", `login ${WRONG}`, `login ${WRONG}`, `login ${FIRST}`, "status"],
  };

  /** The digits two to a byte, either half first, wherever in a byte they begin. */
  function packed(image: string): string[] {
    const hex = Buffer.from(image, "latin1").toString("hex");
    return [hex, hex.replace(/(.)(.)/g, "$2$1")];
  }

  test.each(Object.keys(FLOWS))("%s", (what) => {
    const { world, session, sent, written } = newOverheardWorld();
    for (const line of ["interactive off", "trace on", ...FLOWS[what]]) session.perform(line);
    const secrets = secretsIn(session.transcript);
    expect(secrets.length).toBeGreaterThan(0);
    // The lock did what it was asked to: there is something to find.
    expect(written().length).toBeGreaterThan(150);
    const image = Buffer.from(world.flash.bytes).toString("latin1");
    for (const text of [printed(session.transcript).join("\n"), sent(), written(), image]) expect(found(secrets, text)).toEqual([]);
    for (const text of [...packed(image), ...packed(written())]) expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
  });

  test("and a canary that does leave would be seen", () => {
    const digits = [...FIRST].map(Number);
    expect(found([FIRST], `key ${FIRST}`)).toEqual([FIRST]);
    expect(found([FIRST], `\x01${String.fromCharCode(...digits)}`)).toEqual([FIRST]);
    const bcd = Buffer.from(`a${FIRST}b`, "hex").toString("latin1");
    expect(packed(bcd)[0]).toContain(FIRST);
    const { session, sent } = newOverheardWorld();
    session.perform("interactive off");
    session.perform(FIRST);
    expect(found([FIRST], sent())).toEqual([FIRST]);
  });
});
