/** An emulated part at an address of an I2C bus. It throws on what the part does not know. */
export interface I2cPart {
  /** All bytes of one transaction. @returns false when the part does not acknowledge. */
  write(bytes: string): boolean;
  /** @returns as many bytes as asked for, "" when the part does not acknowledge. */
  read(register: number, length: number): string;
}

/** The longest transaction, in bytes. */
const most = 255;

export class I2cBus {
  private readonly parts = new Map<number, I2cPart>();

  constructor(private readonly number: number) {}

  attach(address: number, part: I2cPart): void {
    const where = `address ${address} of I2C bus ${this.number}`;
    if (!Number.isInteger(address) || address < 0x08 || address > 0x77) throw new Error(`${where} is not one for parts: those are 8 to 119`);
    if (this.parts.has(address)) throw new Error(`${where} is taken: give the two parts different addresses or buses`);
    this.parts.set(address, part);
  }

  write(address: number, bytes: string): boolean {
    if (bytes.length < 1 || bytes.length > most) throw new Error(`an I2C write is of 1 to ${most} bytes, not ${bytes.length}`);
    return this.parts.get(address)?.write(bytes) ?? false;
  }

  read(address: number, register: number, length: number): string {
    if (!(length >= 1 && length <= most)) throw new Error(`an I2C read is of 1 to ${most} bytes, not ${length}`);
    if (!(register >= 0 && register <= 255)) throw new Error(`an I2C register is 0 to 255, not ${register}`);
    const bytes = this.parts.get(address)?.read(register, length) ?? "";
    if (bytes.length !== length && bytes !== "") {
      throw new Error(`the part at address ${address} gave ${bytes.length} bytes where ${length} were read`);
    }
    return bytes;
  }
}
