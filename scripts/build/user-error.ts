/** A mistake of the one who typed the command: shown as one line, without a stack trace. */
export class UserError extends Error {}
