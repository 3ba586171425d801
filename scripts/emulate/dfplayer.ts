import { DfPlayerEmulator, fullCard } from "../../hal/drivers/dfplayer/emulator";
import { choice, EmulatedPart, failure, lateMs, lineFailures, PartKind, plain, Stand } from "./part";

const busyFault = 1;
const checksumFault = 4;
/** Folders, one a language. */
const languages = 4;

export const dfplayer: PartKind = {
  title: "voice DFPlayer Mini",
  baud: 9600,
  models: ["dfplayer"],
  isMemory: null,
  start: startDfPlayer,
};

function startDfPlayer(stand: Stand): EmulatedPart {
  const player = new DfPlayerEmulator(stand.times, {
    send: stand.send,
    busy: (level) => {
      const [one] = player.played.splice(0);
      stand.say(level === 0 && one !== undefined ? `plays ${one.folder}/${one.file}, volume ${one.volume}` : "ends");
    },
  }, fullCard(languages));
  player.power(true);
  return {
    words: {
      card: choice("card", { in: () => player.load(fullCard(languages)), out: () => player.load(null) }),
      ...lineFailures((fault) => player.faults.push(fault)),
      late: failure("late", "the next answer comes 3 s late", () => player.faults.push({ kind: "late", value: lateMs })),
      busy: failure("busy", "the next command finds it busy", () => player.faults.push({ kind: "nack", value: busyFault })),
      nack: failure("nack", "the next command is refused", () => player.faults.push({ kind: "nack", value: checksumFault })),
      restart: plain("restart", "it starts again by itself", () => player.restart()),
      silent: choice("silent", { on: () => { player.mute = true; }, off: () => { player.mute = false; } }),
    },
    receive: (bytes) => player.receive(bytes),
    recover: () => player.restart(),
  };
}
