import { junit } from "./junit";
import { HilResult } from "./run";

const result = (file: string, outcome: HilResult["outcome"], reason: string): HilResult => ({ file, rules: [], outcome, reason, seconds: 1.5, recording: null });

test("passed, failed and skipped, with what XML does not take taken out", () => {
  const xml = junit("sim on \"tty\"", [
    result("a/b/one.scn", "passed", ""),
    result("a/two.scn", "failed", "FAIL a/two.scn:3\n\x1b[32m  - expected  < a & b\x1b[0m\n  + seen      <nothing> \x07"),
    result("a/three.scn", "skipped", "nothing moves the door's switch"),
  ]);
  expect(xml).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="3" failures="1" errors="0" skipped="1" time="4.500">
  <testsuite name="sim on &quot;tty&quot;" tests="3" failures="1" errors="0" skipped="1" time="4.500">
    <testcase classname="a.b" name="a/b/one.scn" time="1.500"/>
    <testcase classname="a" name="a/two.scn" time="1.500"><failure message="&lt;nothing&gt; \ufffd">FAIL a/two.scn:3
  - expected  &lt; a &amp; b
  + seen      &lt;nothing&gt; \ufffd</failure></testcase>
    <testcase classname="a" name="a/three.scn" time="1.500"><skipped message="nothing moves the door's switch"/></testcase>
  </testsuite>
</testsuites>
`);
});
