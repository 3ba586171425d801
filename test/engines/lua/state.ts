/** What an engine needs of a Lua machine. Strings are ASCII without NUL. */
export interface LuaState {
  run(text: string): void;
  /** Calls a global function with one string. @returns its one result, a string. */
  call(name: string, argument: string): string;
  close(): void;
}
