import { Board } from "../../../../board";
import { DfPlayerEmulator, fullCard, Played } from "../../../../drivers/dfplayer/emulator";
import { Wires } from "../wires";
import { Module } from "./module";
import { connect } from "./uart";

/** How long each prompt on the card is. */
const promptMs = 1500;
/** Folders on the card, one a language. */
const languages = 4;
const baud = 9600;
/** Files from here on are the digits. */
const digitFile = 200;

/** The voice module: what it says, and has said last. On a board without one it stays silent. */
export class Speaker {
  /** The prompt begun last; 0 = nothing yet. */
  prompt = 0;
  /** The number said behind it as far as it has come, -1 = none. */
  promptNumber = -1;
  /** Told of each prompt as it begins, for a host that prints it. */
  onPrompt: (prompt: number) => void = () => undefined;
  readonly module: Module | null;
  private readonly player: DfPlayerEmulator | null;

  constructor(wires: Wires, board: Board) {
    const { speech } = board.parts;
    this.player = speech === undefined ? null : this.newPlayer(wires, board, speech.uart, speech.busyPin);
    this.module = this.player === null ? null : moduleOf(this.player, wires);
  }

  get speaking(): boolean {
    return this.playing !== null;
  }

  /** The file under way, with its folder and its volume of 0 to 30. */
  get playing(): Played | null {
    return this.player?.playing ?? null;
  }

  private newPlayer(wires: Wires, board: Board, uart: number, busyPin: number): DfPlayerEmulator {
    const send = connect(wires, board, uart, baud, (bytes) => player.receive(bytes));
    const player = new DfPlayerEmulator(wires.scheduler, {
      send,
      busy: (level) => {
        wires.input(busyPin, level);
        if (level === 0) this.begun(player.played.splice(0)[0].file);
      },
    }, fullCard(languages, promptMs));
    wires.input(busyPin, 1);
    wires.onPower((on) => player.power(on));
    return player;
  }

  private begun(file: number): void {
    if (file >= digitFile) {
      this.promptNumber = Math.max(0, this.promptNumber) * 10 + file - digitFile;
      return;
    }
    this.prompt = file;
    this.promptNumber = -1;
    this.onPrompt(file);
  }
}

function moduleOf(player: DfPlayerEmulator, wires: Wires): Module {
  return {
    silence: (silent) => { player.mute = silent; },
    swap: () => {
      player.power(false);
      player.power(wires.powered);
    },
  };
}
