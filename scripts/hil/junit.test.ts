import { Failure } from "../scenario/play";
import { junit } from "./junit";
import { HilResult } from "./run";

const result = (file: string, outcome: HilResult["outcome"], reason: string, failure: Omit<Failure, "around"> | null = null): HilResult => ({
  file, rules: [], outcome, reason, failure: failure === null ? null : { ...failure, around: [] }, simulated: "", seconds: 1.5, lateMs: outcome === "slow" ? 850.4 : 0, recording: null,
});

test("passed, failed, slow and skipped, with what XML does not take taken out", () => {
  const xml = junit("sim on \"tty\"", [
    result("a/b/one.scn", "passed", ""),
    result("a/two.scn", "failed", "FAIL a/two.scn:3\n\x1b[32m  - expected  < a & b\x1b[0m\n  + seen      <nothing> \x07", { line: 3, expected: "< a & b", seen: "<nothing> \x07" }),
    result("a/slow.scn", "slow", "FAIL a/slow.scn\n  + seen      late", { line: 0, expected: "a bench that works to the end", seen: "late" }),
    result("a/three.scn", "skipped", "nothing moves the door's switch"),
  ]);
  expect(xml).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="4" failures="1" errors="1" skipped="1" time="6.000">
  <testsuite name="sim on &quot;tty&quot;" tests="4" failures="1" errors="1" skipped="1" time="6.000">
    <testcase classname="a.b" name="a/b/one.scn" time="1.500"/>
    <testcase classname="a" name="a/two.scn" time="1.500"><failure message="line 3: expected &lt; a &amp; b, seen &lt;nothing&gt; \ufffd">FAIL a/two.scn:3
  - expected  &lt; a &amp; b
  + seen      &lt;nothing&gt; \ufffd</failure></testcase>
    <testcase classname="a" name="a/slow.scn" time="1.500"><error message="this machine came 850 ms too late; expected a bench that works to the end, seen late">FAIL a/slow.scn
  + seen      late</error></testcase>
    <testcase classname="a" name="a/three.scn" time="1.500"><skipped message="nothing moves the door's switch"/></testcase>
  </testsuite>
</testsuites>
`);
});

test("the message is the failure in a line; the simulator's word stands below", () => {
  const marked = { ...result("a.scn", "failed", "FAIL a.scn:10\n  …", { line: 10, expected: "< voice goodbye", seen: "the lines marked +, within 10 s of lock time" }), simulated: "SHRUNK a.scn\n    > fly\n" };
  const xml = junit("s", [marked, result("b.scn", "failed", "FAIL b.scn:1: \"{\" begins with none of > < ! = + #."), result("c.scn", "error", "There is no port /dev/ttyUSB9."),
    result("d.scn", "error", "FAIL d.scn\n  …", { line: 0, expected: "a bench that works to the end", seen: "It was interrupted." })]);
  expect(xml).toContain('<failure message="line 10: expected &lt; voice goodbye">FAIL a.scn:10\n  …\nSHRUNK a.scn\n    &gt; fly</failure>');
  expect(xml).toContain('<failure message="b.scn:1: &quot;{&quot; begins with none of &gt; &lt; ! = + #.">FAIL b.scn:1');
  expect(xml).toContain('<error message="There is no port /dev/ttyUSB9.">There is no port /dev/ttyUSB9.</error>');
  expect(xml).toContain('<error message="It was interrupted.">FAIL d.scn');
  expect(xml).toContain('tests="4" failures="2" errors="2" skipped="0"');
});
