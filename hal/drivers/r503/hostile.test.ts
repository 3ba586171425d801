import { hostileStreams } from "./test/hostile";
import { newRig } from "./test/rig";

test("10 000 random streams, while it looks, enrols and is paired", () => {
  expect(hostileStreams(1, 10000)).toEqual([]);
});

test("a storm of bytes neither stops the reader nor grows", () => {
  const rig = newRig({ memory: { templates: [[3, 7]] } });
  const storm = Buffer.from(Array.from({ length: 4096 }, (_, i) => [0xEF, 0x01, 0x55, 0xFF, 7, 0, 9, 3][(i * 7 + (i >> 5)) % 8])).toString("latin1");
  for (let i = 0; i < 500; i++) {
    rig.module.sendRaw(storm);
    rig.run(10);
  }
  rig.run(70000);
  rig.hear();
  rig.module.put(7);
  rig.run(3000);
  expect(rig.hear()).toContain("matched 3");
});
