import { DATA_MAX } from "./frames";
import { hostileStreams } from "./test/hostile";
import { enrolled, Rig } from "./test/rig";

test("10 000 random streams, while it looks, enrols and is paired", () => {
  expect(hostileStreams(1, 10000)).toEqual([]);
});

test("a storm of bytes does not grow anything", () => {
  const rig = new Rig({ driver: { powerPin: -1 } });
  enrolled(rig, ["face", 7]);
  rig.module.face.look(true);
  for (let i = 0; i < 3000; i++) {
    rig.inject("\xef\xaa\x00" + String.fromCharCode(DATA_MAX >> 8, DATA_MAX & 255, i & 255, (i * 7) & 255).repeat(10));
    if (i % 100 === 0) rig.pass(1);
  }
  rig.pass(60000);
  rig.emulator.put("face", 7);
  expect(rig.pass(20000)).toContain("face matched 1");
});
