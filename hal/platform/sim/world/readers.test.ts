/** Fingers, palms and faces by the bench words, before the real drivers; and modules that fail or are exchanged (A3, A4). */
import { newWorld, standingOf, World } from ".";
import { Started, startDriven, newDrivenLock, simBoard } from "./test/driven-lock";

/** An enrolment by these words. */
function enrol(started: Started, sense: "finger" | "palm" | "face", ...words: string[]): void {
  const { finger, palmFace } = started.lock.drivers();
  (sense === "finger" ? finger : palmFace?.[sense])?.enrol();
  for (const word of words) started.say(`${sense} ${word}`);
  started.say(`${sense} off`);
  started.world.advance(3000);
}

const withoutPresence = (lines: string[]): string[] => lines.filter((line) => !/ (near|gone)$/.test(line));

describe("finger", () => {
  test("a known, an unknown and an unreadable one; the next word lifts the one before, after its verdict", () => {
    const started = startDriven();
    enrol(started, "finger", "7", "7", "7");
    started.told();
    for (const word of ["7", "unknown", "bad"]) expect(started.say(`finger ${word}`)).toEqual(["ok"]);
    expect(started.world.finger?.presence).toBe("bad");
    started.say("finger off");
    started.world.advance(100);
    expect(started.told()).toEqual(["matched 0", "unknown", "unreadable"].flatMap((verdict) =>
      ["finger near", `finger ${verdict}`, "finger gone"]));
    expect(started.world.finger?.presence).toBeNull();
  });

  test("each word is one placement of an enrolment, which refuses others and a finger it knows", () => {
    const started = startDriven();
    enrol(started, "finger", "7", "bad", "7", "8", "7", "7", "7");
    expect(withoutPresence(started.told())).toEqual([
      "finger placed 1", "finger again", "finger placed 2", "finger again", "finger placed 1", "finger placed 2", "finger enrolled 0",
    ]);
    enrol(started, "finger", "7");
    expect(withoutPresence(started.told())).toEqual(["finger failed 1"]);
    expect(started.world.finger?.templates).toEqual([[0, 7]]);
  });

  test("a finger that lies there when the power comes is read; one without power waits four seconds at most", () => {
    const { world, say, told } = startDriven();
    for (const line of ["power off", "finger 3"]) say(line);
    const before = world.nowMs;
    say("finger 4");
    expect(world.nowMs - before).toBe(4500);
    say("power on");
    world.advance(5000);
    expect(told().filter((line) => line.startsWith("finger"))).toEqual(["finger near", "finger unknown"]);
  });

  test("the power takes what was under way", () => {
    const started = startDriven();
    started.lock.drivers().finger?.enrol();
    for (const line of ["finger 7", "finger 7", "power off", "power on", "finger 7", "finger off", "wait 2s"]) started.say(line);
    expect(withoutPresence(started.told()).filter((line) => line.startsWith("finger"))).toEqual([
      "finger placed 1", "finger unknown", "finger unknown",
    ]);
    expect(started.world.finger?.templates).toEqual([]);
  });

  test("a reader without a wake line is polled, and misses nobody", () => {
    const { finger } = simBoard.parts;
    if (finger === undefined) throw new Error("the simulated lock has a finger reader");
    const r307 = { ...finger, ring: "none" as const, serial: false, placements: 2, wakePin: -1, powerPin: -1, restMs: 100, bootMs: 600 };
    const started = startDriven({ ...simBoard, parts: { ...simBoard.parts, finger: r307 } });
    enrol(started, "finger", "7", "7");
    for (const word of ["7", "7", "unknown", "bad", "off"]) started.say(`finger ${word}`);
    started.world.advance(1000);
    expect(withoutPresence(started.told())).toEqual([
      "finger placed 1", "finger enrolled 0", "finger matched 0", "finger matched 0", "finger unknown", "finger unreadable",
    ]);
  });
});

describe("palm and face", () => {
  test("a palm: enrolled in one go, told when it comes near", () => {
    const started = startDriven();
    enrol(started, "palm", "3");
    started.world.advance(10000);
    started.told();
    for (const word of ["3", "unknown", "3", "off"]) started.say(`palm ${word}`);
    started.world.advance(3000);
    expect(withoutPresence(started.told())).toEqual(["palm matched 501", "palm unknown", "palm matched 501"]);
    expect(started.world.palmFace?.palm.templates).toEqual([[501, 3]]);
  });

  test("a face is recognised only while it is looked for, once a presence", () => {
    const started = startDriven();
    started.lock.drivers().palmFace?.face.enrol();
    for (const line of ["face 4", "wait 9s", "face off", "wait 10s"]) started.say(line);
    started.told();
    started.say("face 4");
    started.world.advance(3000);
    expect(withoutPresence(started.told())).toEqual([]);
    started.lock.drivers().palmFace?.face.look(true);
    started.world.advance(3000);
    for (const word of ["unknown", "off"]) started.say(`face ${word}`);
    expect(withoutPresence(started.told())).toEqual(["face matched 1", "face unknown"]);
  });

  test("one pose a word; another one than is asked for is asked for again", () => {
    const started = startDriven();
    started.lock.drivers().palmFace?.face.enrol();
    for (const pose of ["straight", "up", "down", "left", "right"]) started.say(`face 4 pose ${pose}`);
    started.world.advance(2000);
    expect(withoutPresence(started.told())).toEqual(["face placed 1", "face placed 2", "face placed 3", "face placed 4", "face enrolled 1"]);
    started.say("face off");
    started.lock.drivers().palmFace?.face.enrol();
    for (const pose of ["straight", "down"]) started.say(`face 5 pose ${pose}`);
    started.world.advance(7000);
    expect(withoutPresence(started.told())).toEqual(["face placed 1", "face again"]);
  });

  test("somebody who holds no pose in particular goes through them all", () => {
    const started = startDriven();
    enrol(started, "face", "4");
    expect(withoutPresence(started.told())).toEqual(["face placed 1"]);
    started.say("face 4");
    started.world.advance(9000);
    expect(withoutPresence(started.told())).toEqual(["face placed 2", "face placed 3", "face placed 4", "face enrolled 1"]);
  });
});

describe("modules", () => {
  test.each([["finger", ["finger"]], ["palmface", ["face", "palm"]], ["speech", ["speech"]]])("a silent %s is told, and told again when it is back", (name, roles) => {
    const { lock, world, say, told } = startDriven();
    say(`module ${name} silent`);
    lock.drivers().speech?.say(4, -1);
    lock.drivers().palmFace?.face.look(true);
    say("finger 7");
    world.advance(20000);
    expect(told().filter((line) => / silent /.test(line))).toEqual(roles.map((role) => `${role} silent 1`));
    say(`module ${name} back`);
    world.advance(120000);
    expect(told().filter((line) => / silent /.test(line))).toEqual(roles.map((role) => `${role} silent 0`));
  });

  test("an exchanged reader would know finger 1, and is not believed; the first one back is", () => {
    const started = startDriven();
    enrol(started, "finger", "7", "7", "7");
    started.told();
    for (const line of ["module finger swap", "finger 1", "finger off"]) started.say(line);
    expect(started.world.finger?.templates).toEqual([[0, 1]]);
    const swapped = started.told();
    expect(swapped).toContain("finger swapped 1");
    expect(swapped).not.toContain("finger matched 0");
    for (const line of ["module finger swap", "finger 7", "finger off"]) started.say(line);
    expect(withoutPresence(started.told())).toEqual(["finger swapped 0", "finger matched 0"]);
  });

  test("an exchanged palm and face module is not believed either", () => {
    const started = startDriven();
    enrol(started, "palm", "3");
    started.told();
    for (const line of ["module palmface swap", "palm 1", "palm off"]) started.say(line);
    const swapped = started.told();
    expect(swapped).toContain("palmFace swapped 1");
    expect(swapped).not.toContain("palm matched 501");
    for (const line of ["module palmface swap", "wait 10s", "palm 3", "palm off"]) started.say(line);
    expect(withoutPresence(started.told())).toEqual(["palmFace swapped 0", "palm matched 501"]);
  });

  test.each(["finger", "palmface"])("a match that nobody asked for, by the line of %s", (name) => {
    const { world, say, told } = startDriven();
    world.advance(10000);
    told();
    say(`match ${name} 1`);
    world.advance(1000);
    expect(told()).toEqual([`${name === "finger" ? "finger" : "palmFace"} unasked`]);
  });
});

test("templates, notepads and the module that lies beside the lock survive a power cut and the simulator's end", () => {
  const started = startDriven();
  enrol(started, "finger", "7", "7", "7");
  enrol(started, "palm", "3");
  for (const line of ["module finger swap", "module finger swap", "power off", "power on", "wait 4s"]) started.say(line);
  started.told();
  const templates = (world: World) => [world.finger?.templates, world.palmFace?.palm.templates];
  expect(templates(started.world)).toEqual([[[0, 7]], [[501, 3]]]);
  for (const line of ["finger 7", "finger off"]) started.say(line);
  expect(started.told()).toContain("finger matched 0");
  const again = newWorld({ board: simBoard, engine: newDrivenLock(simBoard).engine, standing: standingOf(started.world) });
  expect(standingOf(again)).toEqual(standingOf(started.world));
  expect(templates(again)).toEqual(templates(started.world));
  again.modules.get("finger")?.swap();
  expect(templates(again)[0]).toEqual([[0, 1]]);
});
