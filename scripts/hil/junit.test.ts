import { junit } from "./junit";
import { HilResult } from "./run";

const result = (file: string, outcome: HilResult["outcome"], reason: string): HilResult => ({ file, rules: [], outcome, reason, seconds: 1.5, lateMs: outcome === "slow" ? 850.4 : 0, recording: null });

test("passed, failed, slow and skipped, with what XML does not take taken out", () => {
  const xml = junit("sim on \"tty\"", [
    result("a/b/one.scn", "passed", ""),
    result("a/two.scn", "failed", "FAIL a/two.scn:3\n\x1b[32m  - expected  < a & b\x1b[0m\n  + seen      <nothing> \x07"),
    result("a/slow.scn", "slow", "FAIL a/slow.scn\n  + seen      late"),
    result("a/three.scn", "skipped", "nothing moves the door's switch"),
  ]);
  expect(xml).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="4" failures="1" errors="1" skipped="1" time="6.000">
  <testsuite name="sim on &quot;tty&quot;" tests="4" failures="1" errors="1" skipped="1" time="6.000">
    <testcase classname="a.b" name="a/b/one.scn" time="1.500"/>
    <testcase classname="a" name="a/two.scn" time="1.500"><failure message="&lt;nothing&gt; \ufffd">FAIL a/two.scn:3
  - expected  &lt; a &amp; b
  + seen      &lt;nothing&gt; \ufffd</failure></testcase>
    <testcase classname="a" name="a/slow.scn" time="1.500"><error message="the machine came 850 ms too late; late">FAIL a/slow.scn
  + seen      late</error></testcase>
    <testcase classname="a" name="a/three.scn" time="1.500"><skipped message="nothing moves the door's switch"/></testcase>
  </testsuite>
</testsuites>
`);
});
