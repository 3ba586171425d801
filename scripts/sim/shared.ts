import { Exchange, World } from "../../hal/platform/sim/world";
import { shownLine } from "./echo";

/**
 * Two type at one console: on the host's own screen stand trace lines and the answers to its own
 * lines. What is typed at the other end, its echo and its answers stay there.
 * @param asked the host's line that the lock is to answer, null if there is none.
 */
export function shareConsole(world: World, asked: () => Exchange | null): void {
  const tell = world.onLine;
  world.onLine = (printed) => {
    // The line being typed is erased before a trace line, and typed again below it.
    const line = printed.split("\x1b[K").at(-1) ?? "";
    const exchange = asked();
    const own = exchange !== null && !(exchange.answer.length === 0 && line === shownLine(exchange.line));
    if (/^@\d+ /.test(line) || own) tell(line);
  };
}
