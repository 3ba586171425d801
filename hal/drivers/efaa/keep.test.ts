/** B5: after a start the module holds what the lock knows of, and the lock is told of what does not fit. */
import { BuildName } from "./builds";
import { enrolled, lookAt, Rig } from "./test/rig";

type People = ["face" | "palm", number][];
const both: BuildName[] = ["sen0737", "senselock", "allwinner", "ekesi"];

/** A module with these people's templates, at its next start. @param kept which of them the lock knows of */
function restarted(build: BuildName, people: People, kept: (ids: Record<string, number>) => { face: number[]; palm: number[] }) {
  const first = new Rig({ build });
  const ids = enrolled(first, ...people);
  const known = kept(ids);
  const rig = new Rig({ build, trusted: first.identity, templates: known.face.length + known.palm.length });
  rig.emulator.load(first.emulator.save());
  rig.module.face.keep(known.face);
  rig.module.palm.keep(known.palm);
  return { rig, ids, left: () => rig.emulator.save().templates.map(({ sense, identity }) => `${sense} ${identity}`).sort() };
}

const enrolledPeople: People = [["face", 7], ["face", 8], ["palm", 9], ["palm", 10]];

describe.each(both)("build %s", (build) => {
  test("what fits is left alone and told to nobody", () => {
    const { rig, left } = restarted(build, enrolledPeople, (ids) => ({ face: [ids["face 7"], ids["face 8"]], palm: [ids["palm 9"], ids["palm 10"]] }));
    expect([rig.pass(20000), left()]).toEqual([[], ["face 7", "face 8", "palm 10", "palm 9"]]);
  });

  test("a face that is nobody's is removed before anybody is recognised by it", () => {
    const { rig, ids, left } = restarted(build, enrolledPeople, (known) => ({ face: [known["face 7"]], palm: [known["palm 9"], known["palm 10"]] }));
    const said = lookAt(rig, "face", 8, 20000);
    expect(said.filter((line) => /orphan|matched|missing/.test(line))).toEqual([`face orphan ${ids["face 8"]}`]);
    expect(left()).toEqual(["face 7", "palm 10", "palm 9"]);
  });

  test("a face that is not there is told, once", () => {
    const { rig } = restarted(build, enrolledPeople, (ids) => ({ face: [ids["face 7"], ids["face 8"], 44], palm: [ids["palm 9"], ids["palm 10"]] }));
    expect(rig.pass(20000)).toEqual(["face missing 44"]);
    rig.emulator.power(false);
    rig.module.face.look(true);
    expect(rig.pass(20000).filter((line) => line.includes("missing"))).toEqual([]);
  });
});

test("a palm that is nobody's is removed, also where palms are only counted", () => {
  const { rig, ids, left } = restarted("sen0737", enrolledPeople, (known) => ({ face: [known["face 7"], known["face 8"]], palm: [known["palm 10"]] }));
  expect(rig.pass(30000)).toEqual([`palm orphan ${ids["palm 9"]}`]);
  expect(left()).toEqual(["face 7", "face 8", "palm 10"]);
});

test("a palm that is not there is told", () => {
  const { rig } = restarted("sen0737", enrolledPeople, (ids) => ({ face: [ids["face 7"], ids["face 8"]], palm: [ids["palm 9"], ids["palm 10"], 530] }));
  expect(rig.pass(30000)).toEqual(["palm missing 530"]);
});

test("a module that does not answer questions about palms is believed about none", () => {
  const { rig, left } = restarted("senselock", enrolledPeople, (ids) => ({ face: [ids["face 7"], ids["face 8"]], palm: [ids["palm 9"], 120] }));
  expect([rig.pass(30000), left()]).toEqual([[], ["face 7", "face 8", "palm 10", "palm 9"]]);
});

test("a template with another lock's name stays where it is", () => {
  const { rig, left } = restarted("sen0737", [["face", 7], ["face", 8]], (ids) => ({ face: [ids["face 7"]], palm: [] }));
  const strange = rig.emulator.save();
  rig.emulator.load({ ...strange, templates: strange.templates.map((one) => one.identity === 8 ? { ...one, name: "LF0123456789ab0123456789abcdef".padEnd(32, "\0") } : one) });
  expect([rig.pass(20000), left()]).toEqual([[], ["face 7", "face 8"]]);
});

test("pairing anew forgets what was to be kept", () => {
  const { rig, left } = restarted("sen0737", [["face", 7]], () => ({ face: [5], palm: [] }));
  rig.module.trust("");
  expect(rig.pass(20000).filter((line) => /orphan|missing/.test(line))).toEqual([]);
  expect(left()).toEqual([]);
});
