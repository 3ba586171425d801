import { createHash } from "node:crypto";
import { Chip, Image } from "../../../hal/platform/sim/chip";
import { luaEngine } from "../../../test/engines/lua";
import { ChipFiles } from "../../../test/engines/lua/files";
import { lockImage } from "../../build/sources";
import { FakeBoard } from "./board";

/**
 * A chip with NodeMCU: a real Lua 5.3 on the strict model of its modules, which runs the `init.lua` among its files, and where there is
 * none the prompt.
 */
export class FakeLuaChip implements FakeBoard {
  /** Changes a line on its way to the chip. */
  toChip: (bytes: string) => string = (bytes) => bytes;
  private image: Image | null = null;
  private isRestarting = false;
  private cause = 0;

  /** @param lacks modules that the firmware was built without, in words */
  constructor(private readonly print: (bytes: string) => void, readonly files: ChipFiles, private readonly lacks = "") {
    this.start();
    this.goOn();
  }

  received(bytes: string): void {
    // A flow control of the line would take them.
    this.image?.received(0, this.toChip(bytes).replace(/[\x11\x13]/g, ""));
    this.goOn();
  }

  private goOn(): void {
    while (this.isRestarting) {
      this.cause = 1;
      this.start();
    }
  }

  private start(): void {
    this.image?.end();
    this.isRestarting = false;
    const boot = this.files.files.get("init.lua") ?? `host_prompt("${this.lacks}")`;
    this.image = luaEngine("lua53", lockImage("sim"), this.files, boot)(this.chip() as Chip);
  }

  private chip(): Partial<Chip> {
    return {
      now: () => 0,
      send: (_port, bytes) => this.print(bytes),
      setTimer: () => undefined,
      bootCause: () => this.cause,
      sha256: (bytes) => createHash("sha256").update(bytes, "latin1").digest().toString("latin1"),
      restart: () => { this.isRestarting = true; },
    };
  }
}
