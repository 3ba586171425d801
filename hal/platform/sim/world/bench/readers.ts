import { FacePose } from "../../../../drivers/efaa/emulator-jobs";
import { poses } from "../parts/palm-face";
import type { Coming } from "../visitors";
import type { World } from "../world";
import { BenchAct, BenchWord, done, parseNumber, refuse } from "./word";

const identityMost = 65535;
const templateMost = 4095;
const moduleNames = ["finger", "palmface", "keys", "lights", "speech", "clock"];

export const readerWords: { [word: string]: BenchWord } = {
  finger: { usage: "finger <1-65535>|unknown|bad|off", act: finger },
  palm: { usage: "palm <1-65535>|unknown|off", act: (world, args) => hold(world, "palm", args) },
  face: { usage: "face <1-65535>|unknown|off, or face <1-65535> pose <straight|up|down|left|right>", act: face },
  module: { usage: `module <${moduleNames.join("|")}> <silent|back|swap>: it answers nothing, answers again, is exchanged`, act: module },
  match: { usage: "match <finger|palmface> <template>: the module tells a match that was not asked for", act: match },
};

function finger(world: World, args: string[]): BenchAct | null {
  if (args.length !== 1) return null;
  const who = args[0] === "bad" ? "bad" : parsePerson(args[0]);
  if (who === null && args[0] !== "off") return null;
  if (world.finger === null) return noPart(world, "finger");
  return when(who === null ? world.finger.off() : world.finger.put(who));
}

function hold(world: World, sense: "palm" | "face", args: string[]): BenchAct | null {
  if (args.length !== 1) return null;
  const who = parsePerson(args[0]);
  if (who === null && args[0] !== "off") return null;
  const reader = world.palmFace?.[sense];
  if (reader === undefined) return noPart(world, sense);
  return when(who === null ? reader.off() : reader.put(who));
}

function face(world: World, args: string[]): BenchAct | null {
  if (args.length === 1) return hold(world, "face", args);
  const identity = parseNumber(args[0], 1, identityMost);
  if (identity < 0 || args.length !== 3 || args[1] !== "pose" || !poses.includes(args[2])) return null;
  return world.palmFace === null ? noPart(world, "face") : when(world.palmFace.face.pose(identity, args[2] as FacePose));
}

function module(world: World, args: string[]): BenchAct | null {
  if (args.length !== 2 || !moduleNames.includes(args[0]) || !["silent", "back", "swap"].includes(args[1])) return null;
  const one = world.modules.get(args[0]);
  if (one === undefined) return noPart(world, args[0]);
  return done(() => args[1] === "swap" ? one.swap() : one.silence(args[1] === "silent"));
}

function match(world: World, args: string[]): BenchAct | null {
  const template = parseNumber(args[1], 0, templateMost);
  if (args.length !== 2 || template < 0 || (args[0] !== "finger" && args[0] !== "palmface")) return null;
  const reader = args[0] === "finger" ? world.finger : world.palmFace;
  return reader === null ? noPart(world, args[0]) : done(() => reader.sayMatch(template));
}

function parsePerson(word: string): number | "unknown" | null {
  if (word === "unknown") return word;
  const identity = parseNumber(word, 1, identityMost);
  return identity < 0 ? null : identity;
}

function when(coming: Coming): BenchAct {
  return { answer: "ok", waitMs: coming.done ? 0 : coming.mostMs, ready: () => coming.done };
}

function noPart(world: World, name: string): BenchAct {
  return refuse("no-part", `Board ${world.board.name} has no module for ${name}.`);
}
