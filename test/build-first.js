/** Before a whole run the images that many tests play are built, each once; a single test file builds what it needs. */
const { spawn } = require("node:child_process");
const { join } = require("node:path");

/** What takes the longest by itself, and the rest: for two cores. */
const turns = [["sim"], ["esp32-devkitc-espruino", "esp32-cheap-espruino", "esp32-devkitc-nodemcu"]];

module.exports = async ({ nonFlagArgs }) => {
  if (nonFlagArgs.length > 0) return;
  await Promise.all(turns.map(async (boards) => { for (const board of boards) await build(board); }));
};

function build(board) {
  const args = [require.resolve("ts-node/dist/bin"), "--transpileOnly", join(__dirname, "../scripts/build.ts"), "--board", board];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: join(__dirname, ".."), stdio: ["ignore", "ignore", "inherit"] });
    child.on("close", (code) => { if (code === 0) resolve(); else reject(new Error(`the image of ${board} does not build`)); });
  });
}
