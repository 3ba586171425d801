/** Every confirmation code that a manual names, and some that none does, as the answer to every command: nobody is believed by it, and the reader works afterwards. */
import { encode, Pid } from "./frames";
import { newRig, Rig, touch } from "./test/rig";

const codes = [...Array.from({ length: 0x35 }, (_, i) => i + 1), 0x3A, 0x3B, 0x40, 0x80, 0xF0, 0xFB, 0xFC, 0xFD, 0xFE, 0xFF];

/** The first answer to this command says something else. */
function answerOnce(rig: Rig, command: number, code: number): void {
  rig.module.onTheLine = (frame, asked) => {
    if (asked !== command) return frame;
    rig.module.onTheLine = (one) => one;
    return encode(Pid.Answer, String.fromCharCode(code));
  };
}

function worksAgain(rig: Rig): string[] {
  rig.module.onTheLine = (frame) => frame;
  rig.run(15000);
  rig.hear();
  return touch(rig, 7, 3000);
}

/** Ring, image, features, search, notepad. */
test.each([0x35, 0x01, 0x02, 0x04, 0x19])("a scan, command %i", (command) => {
  const rig = newRig({ memory: { templates: [[3, 7]] } });
  for (const code of codes) {
    answerOnce(rig, command, code);
    expect([code, ...touch(rig, "unknown", 3000).filter((line) => line.startsWith("matched"))]).toEqual([code]);
    expect([code, ...worksAgain(rig)]).toEqual([code, "near", "matched 3", "gone"]);
    answerOnce(rig, command, code);
    expect([code, ...touch(rig, 7, 12000).filter((line) => line.startsWith("matched") && line !== "matched 3")]).toEqual([code]);
  }
});

/** Table of numbers, image, features, search, merging, storing. */
test.each([0x1F, 0x01, 0x02, 0x04, 0x05, 0x06])("an enrolment, command %i: enrolled, or nothing kept", (command) => {
  const rig = newRig({ options: { placements: 2 }, memory: { templates: [[3, 7]] } });
  for (const code of codes) {
    rig.reader.enrol();
    answerOnce(rig, command, code);
    for (let i = 0; i < 4; i++) touch(rig, 8, 1500).forEach((line) => rig.told.push(line));
    rig.reader.cancel();
    rig.run(12000);
    const enrolled = rig.hear().filter((line) => line.startsWith("enrolled"));
    expect([code, rig.module.save().templates]).toEqual([code, enrolled.length > 0 ? [[0, 8], [3, 7]] : [[3, 7]]]);
    rig.reader.remove(0);
    expect([code, ...worksAgain(rig)]).toEqual([code, "near", "matched 3", "gone"]);
  }
});

/** Password, notepad, parameters, serial, count. */
test.each([0x13, 0x19, 0x0F, 0x3C, 0x1D])("a start, command %i", (command) => {
  const rig = newRig({ memory: { templates: [[3, 7]] } });
  for (const code of codes) {
    answerOnce(rig, command, code);
    rig.module.restart();
    rig.run(12000);
    expect([code, ...touch(rig, "unknown", 3000).filter((line) => line.startsWith("matched"))]).toEqual([code]);
    rig.module.restart();
    expect([code, ...worksAgain(rig)]).toEqual([code, "near", "matched 3", "gone"]);
  }
});

/** Removing, counting, emptying, writing the notepad. */
test.each([0x0C, 0x1D, 0x0D, 0x18])("removing and pairing, command %i", (command) => {
  for (const code of codes) {
    const rig = newRig({ memory: { templates: [[3, 7], [4, 8]] } });
    answerOnce(rig, command, code);
    rig.reader.remove(4);
    rig.run(8000);
    expect([code, rig.module.save().templates]).toEqual([code, [[3, 7]]]);
    rig.reader.trust("");
    rig.run(12000);
    rig.reader.trust("");
    rig.run(8000);
    expect([code, ...rig.hear().filter((line) => line.startsWith("identified")).slice(-1)]).toEqual([code, `identified ${rig.reader.identity()}`]);
    expect([code, ...touch(rig, 7, 3000)]).toEqual([code, "near", "unknown", "gone"]);
  }
});
