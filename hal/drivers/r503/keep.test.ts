/** B5: after a start the module holds what the lock knows of, and the lock is told of what does not fit. */
import { newRig, Rig, touch } from "./test/rig";

const kinds = ["r503", "r307", "zw111"] as const;
type Kind = typeof kinds[number];

/** A module that was paired, with these templates, at its next start. */
function restarted(kind: Kind, templates: [number, number][], kept: number[]): Rig {
  const first = newRig({ kind, memory: { templates } });
  const next = newRig({ kind, paired: false, memory: first.module.save() });
  next.reader.keep(kept);
  next.reader.trust(first.reader.identity());
  return next;
}

describe.each(kinds)("%s", (kind) => {
  test("what fits is left alone and told to nobody", () => {
    const rig = restarted(kind, [[0, 7], [3, 8]], [3, 0]);
    rig.run(6000);
    expect([rig.hear(), rig.module.save().templates]).toEqual([[], [[0, 7], [3, 8]]]);
    expect(touch(rig, 8)).toEqual(["near", "matched 3", "gone"]);
  });

  test("what is nobody's is removed before anybody is recognised by it", () => {
    const rig = restarted(kind, [[0, 7], [1, 9], [40, 8]], [0]);
    rig.module.put(9);
    rig.run(8000);
    rig.module.off();
    rig.run(1000);
    const told = rig.hear();
    expect(told.filter((line) => line.startsWith("orphan"))).toEqual(["orphan 1", "orphan 40"]);
    expect(told.filter((line) => line.startsWith("matched"))).toEqual([]);
    expect(rig.module.save().templates).toEqual([[0, 7]]);
  });

  test("what is not there is told, once", () => {
    const rig = restarted(kind, [[0, 7]], [0, 5]);
    rig.run(8000);
    expect(rig.hear()).toEqual(["missing 5"]);
    rig.module.restart();
    rig.run(8000);
    expect(rig.hear()).toEqual([]);
  });
});

test("a library of more pages than one", () => {
  const rig = restarted("r307", [[255, 1], [256, 2], [700, 3], [999, 4]], [256, 999, 998]);
  rig.run(8000);
  expect(rig.hear()).toEqual(["orphan 255", "orphan 700", "missing 998"]);
  expect(rig.module.save().templates).toEqual([[256, 2], [999, 4]]);
});

test("a wrong bit in the table, whose checksum fits, removes nobody", () => {
  const rig = restarted("r503", [[0, 7], [3, 8]], [0, 3]);
  let wrong = true;
  rig.module.onTheLine = (frame, command) => {
    if (command !== 0x1F || !wrong) return frame;
    wrong = false;
    // One bit down and the same bit up in another byte: the sum is as before.
    const bytes = [...Buffer.from(frame, "latin1")];
    bytes[10] &= ~8;
    bytes[11] |= 8;
    return Buffer.from(bytes).toString("latin1");
  };
  rig.run(8000);
  expect([wrong, rig.hear(), rig.module.save().templates]).toEqual([false, [], [[0, 7], [3, 8]]]);
});

test("nothing is removed from a module that is another lock's", () => {
  const other = newRig({ memory: { templates: [[0, 666]] } });
  const rig = newRig({ paired: false, memory: other.module.save() });
  rig.reader.keep([]);
  rig.reader.trust("0".repeat(32));
  rig.run(8000);
  expect([rig.hear(), rig.module.save().templates]).toEqual([["swapped true"], [[0, 666]]]);
});

test("pairing anew forgets what was to be kept", () => {
  const rig = restarted("r503", [[0, 7]], [0, 5]);
  rig.reader.trust("");
  rig.run(8000);
  expect(rig.hear().filter((line) => /orphan|missing/.test(line))).toEqual([]);
});
