import { Platform, Timer } from "../../ports";
import { CardReader, CardReaderEvents } from "../pn532/driver";
import { idOf, Size, START } from "./frames";

export interface Rdm6300Options { uart: number }

const enum Figure {
  Baud = 9600,
  GoneMs = 300,   // it repeats a tag every 65 ms
  PartMs = 50,    // a frame takes 15 ms
  Wrap = 1073741824,
}

interface Reader {
  readonly platform: Platform;
  readonly events: CardReaderEvents;
  readonly timer: Timer;
  wanted: boolean;
  partial: string;
  partialAt: number;
  /** In the last frame; told only when the next frame says the same. */
  seen: string;
  /** Told and not gone. */
  card: string;
}

/**
 * Reader for 125 kHz tags that only ever sends. It cannot be asked, so that a dead one looks like one
 * without a tag: `silent` is never told.
 */
export function newRdm6300(platform: Platform, options: Rdm6300Options, events: CardReaderEvents): CardReader {
  const r: Reader = {
    platform, events, timer: platform.timer(() => { leave(r); }),
    wanted: false, partial: "", partialAt: 0, seen: "", card: "",
  };
  platform.uart(options.uart, Figure.Baud, (bytes) => { onBytes(r, bytes); });
  return {
    look: (on) => {
      r.wanted = on;
      if (!on) leave(r);
    },
  };
}

function onBytes(r: Reader, bytes: string): void {
  const age = (r.platform.now() - r.partialAt + Figure.Wrap) % Figure.Wrap;
  const text = age > Figure.PartMs ? bytes : r.partial + bytes;
  r.partialAt = r.platform.now();
  let at = text.indexOf(START);
  while (at >= 0 && text.length - at >= Size.Frame) {
    const id = idOf(text, at);
    if (id !== "" && r.wanted) onId(r, id);
    at = text.indexOf(START, at + (id === "" ? 1 : Size.Frame));
  }
  r.partial = at < 0 ? "" : text.substring(at);
}

/** The XOR sees no two flips of one bit's place: a number counts when two frames say it. */
function onId(r: Reader, id: string): void {
  const again = id === r.seen;
  r.seen = id;
  if (id !== r.card && !again) {
    // A frame may be damaged; the tag that is there keeps its time.
    if (r.card === "") r.timer.start(Figure.GoneMs);
    return;
  }
  if (id !== r.card) {
    leave(r);
    r.seen = id;
    r.card = id;
    r.events.card(id);
  }
  r.timer.start(Figure.GoneMs);
}

function leave(r: Reader): void {
  r.timer.stop();
  r.seen = "";
  if (r.card === "") return;
  r.card = "";
  r.events.gone();
}
