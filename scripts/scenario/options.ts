import { UserError } from "../build/user-error";

/** What a command line holds: its options by name, and the other words. */
export interface CommandLine {
  /** `--name value`, and "" for a `--name` that takes none. */
  options: Map<string, string>;
  rest: string[];
}

/**
 * Reads `--name value`, `--name=value` and plain words; `--` ends the options.
 * @param known option name → whether a value follows.
 * @throws UserError for an unknown option or a value that is not there.
 */
export function parseCommandLine(args: readonly string[], known: { [name: string]: boolean }): CommandLine {
  const parsed: CommandLine = { options: new Map(), rest: [] };
  const words = [...args];
  while (words.length > 0) {
    const word = words.shift() ?? "";
    if (word === "--") {
      parsed.rest.push(...words.splice(0));
    } else if (!word.startsWith("-") || word === "-") {
      parsed.rest.push(word);
    } else {
      const [name, value] = splitOption(word);
      parsed.options.set(name, takeValue(name, value, words, known));
    }
  }
  return parsed;
}

function splitOption(word: string): [string, string | null] {
  const bare = word.replace(/^--?/, "");
  const equals = bare.indexOf("=");
  return equals < 0 ? [bare, null] : [bare.slice(0, equals), bare.slice(equals + 1)];
}

function takeValue(name: string, value: string | null, words: string[], known: { [name: string]: boolean }): string {
  if (!Object.hasOwn(known, name)) {
    const names = Object.keys(known).map((one) => `--${one}`).join(", ");
    throw new UserError(`There is no option "--${name}"; options are: ${names}.`);
  }
  if (!known[name]) {
    if (value !== null) throw new UserError(`The option --${name} takes no value.`);
    return "";
  }
  const given = value ?? words.shift();
  if (given === undefined || given === "" || (value === null && given.startsWith("--"))) {
    throw new UserError(`The option --${name} needs a value after it.`);
  }
  return given;
}
