import * as act from "./act";
import * as look from "./look";
import * as manage from "./manage";
import * as session from "./session";
import * as update from "./update";
import { Console } from "./console";
import { CommandRow, Commands } from "./table";

type Run = (this: void, c: Console, args: string[]) => string;

function row(usage: string, about: string, example: string, run: Run): CommandRow {
  return { usage, about, example, always: false, run };
}

/** One that answers while the console is closed. */
function always(usage: string, about: string, example: string, run: Run): CommandRow {
  return { usage, about, example, always: true, run };
}

/** Every command, in the order of `help`. On Espruino a row is made from flash when it is asked for, and let go again. */
const ROWS: readonly CommandRow[] = [
  always("help [command] [word]", "what can be said here, or about one command", "help user add", session.help),
  row("status", "lock, door, bolt, battery, lockout, mode, keypad, uptime, clock, memory", "status", look.status),
  row("users", "users with their credentials, and temporary passcodes", "users", look.listUsers),
  row("user <n>", "one user and its validity", "user 2", look.showUser),
  row("events [from] [count]", "the journal, newest first, from a number on; 20 unless told", "events 120 10", look.events),
  row("settings", "every setting", "settings", look.listSettings),
  always("version", "which firmware this is", "version", look.version),
  row("parts", "each driver, whether its part answers, and its errors", "parts", look.parts),
  row("board", "the board and its pins", "board", look.board),

  row("lock", "throws the bolt", "lock", act.lock),
  row("unlock", "withdraws the bolt", "unlock", act.unlock),
  row("lockout end", "ends a lockout, forgets failures, fills the attempt budget", "lockout end", act.endLockout),
  row("alarm stop", "silences the siren", "alarm stop", act.stopAlarm),
  row("pair [module]", "starts pairing; or empties a sensor module and trusts it from now on", "pair finger", act.pair),
  row("away <on|off>", "locks and arms, or disarms", "away on", act.away),
  row("reboot", "restarts the firmware", "reboot", act.reboot),
  row("selftest", "exercises every part, a line each", "selftest", act.selftest),

  row("user add <admin|user>", "a user under the lowest free number, without credentials", "user add user", manage.addUser),
  row("user delete <n>", "the user and all its credentials", "user delete 2", manage.deleteUser),
  row("user valid <n> <from|always> [until]", "when an ordinary user is let in, UTC", "user valid 2 2026-01-01T00:00 2026-02-01T00:00", manage.validity),
  row("passcode set <n> <code>", "the user's passcode, 6 to 10 digits", "passcode set 2 739154", manage.setPasscode),
  row("duress set <n> <code>", "a passcode that also sends a silent alarm", "duress set 2 592806", manage.setDuress),
  row("enrol <n> <face|palm|finger>", "an enrolment at the lock for a user", "enrol 2 finger", manage.enrol),
  row("temp add <code> <from> <until> [uses]", "a passcode for a visitor", "temp add 528170 2026-01-01T10:00 2026-01-01T12:00 1", manage.addTemp),
  row("temp delete <id>", "a visitor's passcode", "temp delete 1", manage.deleteTemp),
  row("set <setting> <value>", "one setting, see `settings`", "set countdown 10", manage.set),
  row("clock <time>", "sets the clock, UTC", "clock 2026-01-31T08:05", manage.clock),
  row("factory-reset", "clears every user, credential, setting, event and key", "factory-reset", manage.factoryReset),

  row("trace <on|off>", "prints every fact as it happens", "trace on", session.trace),
  row("interactive <on|off>", "echo, line editing and prompt", "interactive off", session.interactive),
  always("login <password>", "opens a closed console; the first password given is the password", "login correct-horse", session.login),
  row("logout", "closes the console", "logout", session.logout),
  row("update begin <size> <digest> [name]", "announces a new image; `npm run flash` sends it", "update begin 190000 <64 hexadecimal digits> 0.2.0", update.beginUpdate),
  row("update <offset> <piece>", "a piece of it in base64", "update 0 MTIzNDU2Nzg=", update.updatePiece),
  row("update end <check>", "starts the new image, if it is whole and comes from who has the password", "update end <64 hexadecimal digits>", update.endUpdate),
  row("password <password>", "changes the console's password", "password correct-horse", session.password),
];

export const COMMANDS: Commands = { count: ROWS.length, row: (i) => ROWS[i] };
