/** Everything that is checked of one board file. */
import { Board } from "../../hal/board";
import { checkBuses } from "./buses";
import { Findings } from "./findings";
import { checkParts } from "./parts";
import { checkPins } from "./pins";
import { Schema } from "./schema";
import { shapeMistakes } from "./shape";
import { readSoc } from "./soc";
import { usesOf } from "./uses";

/**
 * @param name of the file, without `.json`
 * @param content what the file holds
 */
export function checkBoard(name: string, content: unknown, schema: Schema): Findings {
  const mistakes = shapeMistakes(content, schema);
  // Nothing else can be looked at in a file of another shape.
  if (mistakes.length > 0) return { mistakes, notes: [] };
  const board = content as Board;
  const soc = readSoc(board.soc);
  const uses = usesOf(board, schema);
  const found = [checkParts(name, board, soc), checkBuses(uses, board), checkPins(uses, board, soc)];
  return { mistakes: found.flatMap((one) => one.mistakes), notes: found.flatMap((one) => one.notes) };
}
