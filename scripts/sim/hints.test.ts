import { hints } from "./hints";

test.each([[false, "Ctrl-C or end of input ends."], [true, "Ctrl-C ends it; the end of the input does not."]])("what ends it, stays %s", (stays, sentence) => {
  for (const fresh of [true, false]) expect(hints(".lock", fresh, stays).join("\n")).toContain(`console. ${sentence}\n`);
});
