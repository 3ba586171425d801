import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Board } from "../../hal/board";
import { boardNames, readBoard, root } from "../build/sources";
import { UserError } from "../build/user-error";
import { boardCommand, BoardFiles, usage } from "./command";

const folder = mkdtempSync(join(tmpdir(), "board-"));
afterAll(() => rmSync(folder, { recursive: true }));

type Outcome = [code: number, written: string, complaints: string];

function runWith(files: BoardFiles | undefined, ...args: string[]): Outcome {
  const [written, complaints]: string[][] = [[], []];
  const code = boardCommand(args, { write: (text) => { written.push(text); }, complain: (text) => { complaints.push(text); } }, files);
  return [code, written.join(""), complaints.join("")];
}

function run(...args: string[]): Outcome {
  return runWith(undefined, ...args);
}

const names = boardNames().join(", ");

test.each([
  [[], "What is to be done? One of: check, page, schema."],
  [["draw"], 'There is no "draw"; there are: check, page, schema.'],
  [["check", "mine"], `There is no board "mine"; board-configs has: ${names}.`],
  [["page", "sim", "mine"], `There is no board "mine"; board-configs has: ${names}.`],
  [["check", "--out", "x"], "The option --out is for page."],
  [["schema", "sim"], 'There is one schema for all boards: "sim" is too much.'],
  [["page", "--out"], "The option --out needs a value after it."],
  [["check", "--all"], 'There is no option "--all"; options are: --out, --help.'],
  [["page", "sim", "--out", "/dev/null/x"], "The page cannot be written to /dev/null/x (ENOTDIR)."],
])("%p is refused in one line", (args, message) => {
  expect(run(...args)).toEqual([2, "", `${message}\n`]);
});

test("help", () => {
  expect(run("--help")).toEqual([0, `${usage}\n`, ""]);
});

test("check names every board, and its notes", () => {
  const [code, written, complaints] = run("check");
  expect([code, complaints]).toEqual([0, ""]);
  for (const name of boardNames()) expect(written).toContain(`${name}: ok\n`);
  expect(run("check", "esp32-cheap-espruino")[1]).toContain("  note: GPIO 16 and 17: free on WROOM modules only, a WROVER has its PSRAM there.\n");
});

test("page writes two files", () => {
  const [code, written] = run("page", "sim", "--out", folder);
  expect(code).toBe(0);
  expect(written).toMatch(/^sim: \S*sim\.md, \S*sim\.svg\n$/);
  expect(existsSync(join(folder, "sim.md")) && existsSync(join(folder, "sim.svg"))).toBe(true);
});

test("the schema is that of a board", () => {
  const [code, written] = run("schema");
  expect(code).toBe(0);
  expect(JSON.parse(written).definitions.Board.properties.parts).toBeDefined();
});

describe("of several files", () => {
  const wrong = readBoard("sim");
  wrong.parts.contacts.set.pin = 26;
  const read = (name: string): Board => {
    if (name === "torn") throw new UserError("board-configs/torn.json is not valid JSON: it ends too early");
    return name === "mine" ? wrong : readBoard(name);
  };
  const files: BoardFiles = { names: () => ["mine", "sim", "torn"], read };
  const complaints = [
    'mine: name: it says "sim", and the file is mine.json.',
    "mine: GPIO 26 is used twice: by parts.contacts.set.pin and parts.palmFace.powerPin.",
    "torn: board-configs/torn.json is not valid JSON: it ends too early.",
    "",
  ].join("\n");

  test("every mistake is a line, the others are checked, and the exit code is 1", () => {
    const [code, written, complained] = runWith(files, "check");
    expect([code, complained]).toEqual([1, complaints]);
    expect(written).toContain("sim: ok\n");
  });

  test("one with mistakes has no page", () => {
    const pages = join(folder, "pages");
    expect(runWith(files, "page", "--out", pages)).toEqual([1, expect.stringMatching(/^sim: /), complaints]);
    expect(readdirSync(pages)).toEqual(["sim.md", "sim.svg"]);
  });
});

test("from the shell", () => {
  const program = [require.resolve("ts-node/dist/bin"), "--transpileOnly", "--project", join(root, "tsconfig.json"), join(root, "scripts/board.ts")];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...program, "check", "none"], { encoding: "utf8" });
  expect([status, stdout, stderr]).toEqual([2, "", `There is no board "none"; board-configs has: ${names}.\n`]);
});
