/** An image that does with its places what its console is told: `begin`, `write <offset> <base64>`, `finish <length>`, `confirm`. */
import { hex } from "../../digits";
import { Places, Platform } from "../../ports";

function obey(places: Places, words: string[]): string {
  const number = words.length > 1 ? parseInt(words[1], 10) : 0;
  if (words[0] === "begin") places.begin();
  else if (words[0] === "write") return places.write(number, words[2]).toString();
  else if (words[0] === "digest") return hex(places.digest(number));
  else if (words[0] === "finish") places.finish(number, places.digest(number));
  else if (words[0] === "confirm") places.confirm();
  return "ok";
}

export function startLock(platform: Platform): void {
  const places = platform.places;
  if (places === null) return;
  let line = "";
  const console = platform.uart(0, 115200, (bytes) => {
    line += bytes;
    const end = line.indexOf("\n");
    if (end < 0) return;
    const words = line.substring(0, end).split(" ");
    line = line.substring(end + 1);
    console.write(obey(places, words) + "\n");
  });
  console.write("runs " + places.running.toString() + "\n");
}
