/** Times on a target that cannot meet them exactly. */
import { parseScenario } from "./parse";
import { Failure, play } from "./play";
import { Target } from "./target";

/** Prints the lines at their times; its tolerance is 500 ms. */
class Late implements Target {
  readonly trace: string[] = [];
  readonly transcript: string[] = [];
  private nowMs = 0;

  constructor(private readonly coming: [number, string][], private readonly slackMs = 500) {}

  async send(line: string): Promise<string[]> {
    this.transcript.push(line);
    return ["ok"];
  }

  async advance(ms: number, enough: () => boolean = () => false): Promise<void> {
    const endMs = this.nowMs + ms;
    while (!enough() && this.coming.length > 0 && this.coming[0][0] <= endMs) {
      const [atMs, text] = this.coming.shift() ?? [0, ""];
      this.nowMs = atMs;
      this.trace.push(`@${atMs} ${text}`);
    }
    if (!enough()) this.nowMs = endMs;
  }

  toleranceMs(): number {
    return this.slackMs;
  }

  end(): Promise<void> {
    return Promise.resolve();
  }
}

const run = (target: Target, ...lines: string[]): Promise<Failure | null> => play(parseScenario("t.scn", ["# K1", ...lines].join("\n")), target);

describe("what comes within the tolerance of the end of a forbidden time", () => {
  test.each<[string, string[]]>([
    ["before the next line", ["> a", "! off", "+20s", "> b"]],
    ["with the ! behind the +", ["> a", "+20s", "! off", "> b"]],
    ["at the end of the file", ["> a", "! off", "+20s"]],
  ])("%s is let through", async (_what, lines) => {
    expect(await run(new Late([[19600, "off"]]), ...lines)).toBeNull();
  });

  test.each<[string, [number, string][], string[]]>([
    ["earlier than that", [[19400, "off"]], ["> a", "! off", "+20s", "> b"]],
    ["within it, but the time goes on", [[19600, "off"]], ["> a", "! off", "+20s", "+1s", "> b"]],
    ["within it, and then an expected line", [[19600, "off"], [21000, "c"]], ["> a", "! off", "+20s", "< c"]],
  ])("%s is not", async (_what, coming, lines) => {
    const [[atMs]] = coming;
    expect(await run(new Late([...coming]), ...lines)).toMatchObject({ expected: "! off", seen: `@${atMs} off` });
  });

  test("where time is virtual there is none", async () => {
    expect(await run(new Late([[19999, "off"]], 0), "> a", "! off", "+20s", "> b")).toMatchObject({ expected: "! off" });
  });
});

test("an expected line may be late by the tolerance", async () => {
  expect(await run(new Late([[10400, "c"]]), "> a", "< c")).toBeNull();
  expect(await run(new Late([[10600, "c"]]), "> a", "< c")).toMatchObject({ expected: "< c" });
});
