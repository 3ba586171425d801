/** Signals and their changes, written as a value change dump (IEEE 1364, section 18) in microseconds. */

export interface Signal {
  scope: string;
  name: string;
  /** A level, or a number: that is written as a real one, since older libsigrok stops at a vector of bits. */
  kind: "level" | "number";
  code: string;
}

interface Change { us: number; order: number; signal: Signal; value: number }

export class Waves {
  private readonly signals: Signal[] = [];
  private readonly first = new Map<Signal, number>();
  private readonly changes: Change[] = [];
  private readonly last = new Map<Signal, number>();

  /** @param value before anything happens */
  define(scope: string, name: string, kind: Signal["kind"], value: number): Signal {
    const signal = { scope, name, kind, code: codeOf(this.signals.length) };
    this.signals.push(signal);
    this.first.set(signal, value);
    this.last.set(signal, value);
    return signal;
  }

  /** The changes of one signal come in the order of their times. */
  set(signal: Signal, us: number, value: number): void {
    if (this.last.get(signal) === value) return;
    this.last.set(signal, value);
    this.changes.push({ us, order: this.changes.length, signal, value });
  }

  /** @param title a comment at the head @param endUs where the dump ends, if nothing happens later */
  text(title: string, endUs: number): string {
    const lines = ["$version smart-lock trace $end", `$comment ${title.replace(/\$/g, "")} $end`, "$timescale 1 us $end"];
    for (const scope of new Set(this.signals.map((signal) => signal.scope))) {
      lines.push(`$scope module ${scope} $end`);
      for (const { name, kind, code } of this.signals.filter((signal) => signal.scope === scope)) {
        lines.push(`$var ${kind === "level" ? "wire 1" : "real 64"} ${code} ${name} $end`);
      }
      lines.push("$upscope $end");
    }
    lines.push("$enddefinitions $end", "#0", "$dumpvars");
    for (const [signal, value] of this.first) lines.push(valueText(signal, value));
    lines.push("$end");
    let at = 0;
    for (const { us, signal, value } of this.changes.sort((a, b) => a.us - b.us || a.order - b.order)) {
      if (us > at) lines.push(`#${us}`);
      at = Math.max(at, us);
      lines.push(valueText(signal, value));
    }
    if (Math.round(endUs) > at) lines.push(`#${Math.round(endUs)}`);
    return `${lines.join("\n")}\n`;
  }
}

function valueText({ kind, code }: Signal, value: number): string {
  return kind === "level" ? `${value}${code}` : `r${value} ${code}`;
}

/** A short name of printable characters for the n-th signal. */
function codeOf(n: number): string {
  const digits = 94;
  const rest = Math.floor(n / digits);
  return String.fromCharCode(33 + n % digits) + (rest > 0 ? codeOf(rest - 1) : "");
}
