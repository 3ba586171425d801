/** The version of this firmware, as package.json has it; a test compares them. */
export const VERSION = "0.1.0";

/** What M7 speaks: serial number, firmware version, verification code. A board's own come with its image. */
export const IDENTITY: readonly number[] = [1000001, 10, 481516];
