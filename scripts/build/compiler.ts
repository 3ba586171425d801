import { join, relative } from "node:path";
import ts from "typescript";
import { root } from "./sources";
import { UserError } from "./user-error";

/** Reads a tsconfig as it stands on disk: `raw` keeps the sections the compiler does not know. */
export function readConfig(path: string): { options: ts.CompilerOptions; raw: Record<string, unknown> } {
  const full = join(root, path);
  const read = ts.readConfigFile(full, (name) => ts.sys.readFile(name));
  if (read.error !== undefined) throw new UserError(describe([read.error]));
  const parsed = ts.parseJsonConfigFileContent(read.config, ts.sys, join(full, ".."));
  failOn(parsed.errors);
  return { options: parsed.options, raw: read.config };
}

/** Any diagnostic, warnings too, ends the build. */
export function failOn(diagnostics: readonly ts.Diagnostic[]): void {
  if (diagnostics.length > 0) throw new UserError(describe(diagnostics));
}

function describe(diagnostics: readonly ts.Diagnostic[]): string {
  return diagnostics.map(describeOne).join("\n");
}

function describeOne(diagnostic: ts.Diagnostic): string {
  const text = ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n  ");
  if (diagnostic.file === undefined || diagnostic.start === undefined) return text;
  const { line, character } = diagnostic.file.getLineAndCharacterOfPosition(diagnostic.start);
  return `${relative(root, diagnostic.file.fileName)}:${line + 1}:${character + 1}: ${text}`;
}
