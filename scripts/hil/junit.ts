import { delay, HilResult } from "./run";

/** The results as JUnit XML, which every CI server shows. */
export function junit(suite: string, results: readonly HilResult[]): string {
  const count = (outcome: HilResult["outcome"]): number => results.filter((result) => result.outcome === outcome).length;
  const seconds = results.reduce((sum, result) => sum + result.seconds, 0);
  const numbers = `tests="${results.length}" failures="${count("failed")}" errors="${count("slow") + count("error")}" skipped="${count("skipped")}" time="${seconds.toFixed(3)}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${numbers}>`,
    `  <testsuite name="${attribute(suite)}" ${numbers}>`,
    ...results.map(testCase),
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

function testCase(result: HilResult): string {
  const { file, outcome, reason, seconds, simulated } = result;
  const folder = file.split("/").slice(0, -1).join(".");
  const head = `    <testcase classname="${attribute(folder)}" name="${attribute(file)}" time="${seconds.toFixed(3)}"`;
  if (outcome === "passed") return `${head}/>`;
  if (outcome === "skipped") return `${head}><skipped message="${attribute(reason)}"/></testcase>`;
  // An error in these files is what kept a test from being judged.
  const element = outcome === "failed" ? "failure" : "error";
  const body = [reason, simulated.trimEnd()].filter((part) => part !== "").join("\n");
  return `${head}><${element} message="${attribute(message(result))}">${text(body)}</${element}></testcase>`;
}

/** The failure in a line. */
function message(result: HilResult): string {
  const { outcome, failure, reason } = result;
  const late = outcome === "slow" ? `${delay(result)}; ` : "";
  if (failure === null) return `${late}${reason.split("\n")[0].replace(/^FAIL /, "")}`;
  const { line, expected, seen } = failure;
  if (outcome === "error") return seen;
  const what = `${line > 0 ? `line ${line}: ` : ""}expected ${expected}`;
  // Those lines stand below.
  return `${late}${what}${seen.startsWith("the lines marked") ? "" : `, seen ${seen}`}`;
}

/** XML has no other control characters than these, and colours are for terminals. */
function text(value: string): string {
  return value.replace(/\x1b\[\d*m/g, "").replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd]/g, "\ufffd").replace(/[&<>]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign] ?? "");
}

function attribute(value: string): string {
  return text(value).replace(/"/g, "&quot;").replace(/\n/g, "&#10;");
}
