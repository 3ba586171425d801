/** Colours of the picture. */

/** Light enough for black text, apart enough in print; the same for a part on every page. */
const colours: { [part: string]: string } = {
  console: "#d5d8dc", "I2C 0": "#d9c9a3", "I2C 1": "#c9b48a", contacts: "#a7c7f0", bolt: "#f4a6a0", keys: "#a5dba5", keyLights: "#e6e07a",
  finger: "#ffb98a", palmFace: "#d3b5ea", battery: "#8fdede", beeper: "#f2b5d4", speech: "#c3e07e", lamps: "#ffd98f", bridge: "#b9c4d6",
};

export const plain = {
  paper: "#ffffff", text: "#000000", unused: "#767676", supply: "#b03020", board: "#f7f7f4", shield: "#e3e3de", socket: "#cfcfca",
};

export function colourOf(part: string): string {
  return colours[part] ?? "#dddddd";
}
