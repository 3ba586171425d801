/**
 * Registers of the SC16IS740/750/760 (data sheet rev. 7, section 8) and what this driver writes to them.
 * A write of several bytes to the FIFO, or a read from it, goes to the same register again and again.
 */
export const enum Register {
  /** Read: receive FIFO. Written: transmit FIFO. */
  Fifo = 0x00,
  InterruptEnable = 0x01,
  /** Read only; its number is written as `FifoControl`. */
  InterruptSource = 0x02,
  FifoControl = 0x02,
  LineControl = 0x03,
  LineStatus = 0x05,
  /** Holds whatever is written. */
  Scratch = 0x07,
  /** Bytes that the transmit FIFO has room for. */
  TransmitSpace = 0x08,
  /** Bytes in the receive FIFO. */
  ReceiveLevel = 0x09,
  IoControl = 0x0E,
  /** These two lie over Fifo and InterruptEnable while bit 7 of LineControl is set. */
  DivisorLow = 0x00,
  DivisorHigh = 0x01,
}

export const enum Sc16 {
  FifoSize = 64,
  /** LineControl: 8 bits, no parity, one stop bit; after a reset it is 0x1D. */
  Line8n1 = 0x03,
  /** The same with bit 7. */
  DivisorOpen = 0x83,
  /** FIFOs on and emptied, interrupt from 16 received bytes on. */
  Fifos = 0x47,
  /** Received bytes (also fewer than 16, after a pause of four) and errors of the line. */
  Interrupts = 0x05,
  /** InterruptSource, bits 5–0: an error of the line; reading LineStatus clears it. */
  SourceLine = 0x06,
  /** Bytes have been waiting in the FIFO. */
  SourceWaiting = 0x0C,
  SourceCount = 64,
  SoftReset = 0x08,
  /** In Scratch. Chosen: neither all ones, nor all zeros, nor a value of LineControl. */
  Mark = 0xA6,
}

/** Bits 6–3 of the sub-address are the register, 2–1 the channel, of which there is one. */
export function subAddress(register: number): number {
  return register * 8;
}

export function write(register: number, value: number): string {
  return String.fromCharCode(subAddress(register)) + String.fromCharCode(value);
}

/** Of the crystal's clock by 16 times the baud rate, to the nearest; 1 to 65535. */
export function divisor(crystalHz: number, baud: number): number {
  return Math.max(1, Math.floor(Math.floor(crystalHz / 16) / baud + 0.5));
}
