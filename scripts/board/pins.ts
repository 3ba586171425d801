/** Whether each pin can be what the board makes of it. */
import { Board } from "../../hal/board";
import { Findings, joined } from "./findings";
import { has, PinSet, Soc, StrappingPin } from "./soc";
import { isOutput, isPin, Use } from "./uses";

export function checkPins(uses: Use[], board: Board, soc: Soc): Findings {
  const pins = uses.filter((use) => isPin(use) && use.wired);
  const mistakes = pins.flatMap((use) => refusals(use, board, soc).map((why) => `${use.place}: ${why}.`));
  const notes = pins.flatMap((use) => cares(use, board, soc).map((why) => ({ pin: use.value, text: why })));
  return { mistakes: [...mistakes, ...sharedPins(pins), ...tooMuchPwm(pins, soc), ...usbUart(board, soc)], notes };
}

function refusals(use: Use, board: Board, soc: Soc): string[] {
  const gpio = `GPIO ${use.value}`;
  if (use.value < 0 || use.value >= soc.pins) return [`there is no ${gpio}; pins are 0 to ${soc.pins - 1}`];
  const forbidden = [...soc.absent, soc.flash].filter((set) => has(set, use.value, board.platform));
  if (forbidden.length > 0) return [`${gpio} cannot be used: ${forbidden[0].why}`];
  const refuse = (refused: boolean, set: PinSet, cannot: string): string[] => refused ? [`${gpio} ${cannot}: ${set.why}`] : [];
  const within = (set: PinSet): boolean => has(set, use.value, board.platform);
  const strapping = soc.strapping.find((one) => one.pin === use.value);
  return [
    ...refuse(isOutput(use) && within(soc.inputOnly), soc.inputOnly, "cannot be driven"),
    ...refuse(use.type === "AdcPin" && !within(soc.adc1), soc.adc1, "cannot be measured"),
    ...refuse((use.type === "PwmPin" || use.quiet) && within(soc.dac), soc.dac, "cannot be this"),
    ...refuse(use.watched && within(soc.unwatched), soc.unwatched, "wakes nobody"),
    ...refuse(use.quiet && within(soc.unsteady), soc.unsteady, "must be quiet while the chip starts, and is not"),
    ...(strapping === undefined ? [] : strappingRefusals(use, strapping)),
  ];
}

function strappingRefusals(use: Use, strapping: StrappingPin): string[] {
  const gpio = `GPIO ${use.value}`;
  if (use.quiet) return [`${gpio} is a strapping pin, which no motor may hang on`];
  if (strapping.must === undefined || use.atReset === "free" || use.atReset === strapping.must) return [];
  const held = use.atReset === "any" ? `what is on this wire may hold it ${opposite(strapping.must)}` : `this wire is ${use.atReset}`;
  return [`${gpio} must be ${strapping.must} while the chip starts, and ${held}: ${strapping.why}`];
}

function opposite(level: "low" | "high"): "low" | "high" {
  return level === "low" ? "high" : "low";
}

/** What is allowed and has to be minded. */
function cares(use: Use, board: Board, soc: Soc): string[] {
  const within = (set: PinSet): boolean => has(set, use.value, board.platform);
  const strapping = soc.strapping.find((one) => one.pin === use.value);
  return [
    ...(strapping === undefined ? [] : [strappingCare(use, strapping)]),
    ...(strapping === undefined && isOutput(use) && !isUsb(use, soc) && within(soc.unsteady) ? [soc.unsteady.why] : []),
    ...(use.pullUp && within(soc.unpulled) ? [soc.unpulled.why] : []),
    ...(within(soc.psram) ? [soc.psram.why] : []),
  ];
}

function isUsb(use: Use, soc: Soc): boolean {
  return use.value === soc.usbUart.tx || use.value === soc.usbUart.rx;
}

function strappingCare(use: Use, strapping: StrappingPin): string {
  const must = strapping.must === undefined ? "" : `must be ${strapping.must} while the chip starts: `;
  const spoils = strapping.loader !== undefined && use.atReset !== strapping.loader && use.atReset !== "free";
  const loader = spoils ? `; keep this wire ${strapping.loader} or off while loading one` : "";
  const care = strapping.care === undefined ? "" : `; ${strapping.care}`;
  return `strapping pin, ${must}${strapping.why}${loader}${care}`;
}

function sharedPins(pins: Use[]): string[] {
  const numbers = [...new Set(pins.map((use) => use.value))];
  const shared = numbers.map((number) => pins.filter((use) => use.value === number)).filter((uses) => uses.length > 1);
  return shared.map((uses) => `GPIO ${uses[0].value} is used ${times(uses.length)}: by ${joined(uses.map((use) => use.place))}.`);
}

function times(count: number): string {
  return count === 2 ? "twice" : `${count} times`;
}

function tooMuchPwm(pins: Use[], soc: Soc): string[] {
  const pwm = pins.filter((use) => use.type === "PwmPin");
  if (pwm.length <= soc.pwmPins) return [];
  return [`${pwm.length} pins want PWM, and ${soc.pwmPins} can have it: ${joined(pwm.map((use) => use.place))}.`];
}

function usbUart(board: Board, soc: Soc): string[] {
  const { tx, rx } = board.uarts[0];
  if (tx === soc.usbUart.tx && rx === soc.usbUart.rx) return [];
  return [`uarts[0]: it is on GPIO ${tx} and ${rx}, but the USB adapter is on ${soc.usbUart.tx} (tx) and ${soc.usbUart.rx} (rx).`];
}
