/** Which electrode or contact is which key, and which output is its light. */
import { Board, BoardParts } from "../../hal/board";
import { hex } from "./buses";
import { keyNames } from "./parts";

export interface KeyRow { key: string; touch: string; light: string }

/** One row a key and one for the low-battery light, then one for each touch that is no key. */
export function keyRows(board: Board): KeyRow[] {
  const { keys, keyLights } = board.parts;
  const touches = touchesOf(keys);
  const named = keyNames.map((key, number) => ({
    key: key === "low" ? "low-battery light" : key,
    touch: touches.filter((one) => one.key === number).map((one) => one.touch).join(", "),
    light: lightOf(keyLights, number),
  }));
  const unnamed = touches.filter((one) => one.key >= keyNames.length).map((one) => ({ key: "no key, wakes", touch: one.touch, light: "" }));
  return [...named, ...unnamed];
}

function touchesOf(keys: BoardParts["keys"]): { key: number; touch: string }[] {
  if (keys.driver === "mpr121") {
    return keys.chips.flatMap((chip) => chip.keys.map((key, electrode) => ({ key, touch: `${hex(chip.address)} ELE${electrode}` })));
  }
  const columns = keys.columnPins.length;
  return keys.keys.map((key, i) => ({ key, touch: `row ${Math.floor(i / columns)}, column ${i % columns}` }));
}

function lightOf(lights: BoardParts["keyLights"], key: number): string {
  const output = lights.driver === "aw9523b" ? lights.pins[key] : lights.outputs[key];
  if (output < 0) return "";
  const [chip, pin] = [Math.floor(output / 8), output % 8];
  return lights.driver === "aw9523b" ? `P${chip}_${pin}` : `chip ${chip + 1}, Q${pin}`;
}
