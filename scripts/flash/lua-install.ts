import { BuiltImage, ManifestFile } from "../build/manifest";
import { bytecodeMark } from "../build/nodemcu-files";
import { readBoard } from "../build/sources";
import { UserError } from "../build/user-error";
import { LuaLoader } from "./lua-loader";
import { Progress } from "./progress";

/** Whatever a place may have (hal/platform/nodemcu/init.lua); the boot file goes first, and what it looks for next. */
const ours = ["init.lua", "head0", "head1", "works0", "works1", "tries0", "tries1", "loads0", "loads1", "lock0", "lock1", "new"];

/** SPIFFS keeps a page of each 16 for itself, and some to work with. */
const spiffsShare = 1.2;

/** What an image takes in LFS and, as text, in memory, for each of its bytes: measured with NodeMCU's own interpreter, and rounded up. */
const lfsShare = 2.2;
const memoryShare = 1.3;

/** The image, room for an update, and the lock's store. */
export function neededFiles({ manifest }: BuiltImage): number {
  const { pageSize, pages } = readBoard(manifest.board).flash;
  const image = manifest.files.reduce((sum, { size }) => sum + size, 0);
  return Math.ceil((2 * image + pageSize * pages) * spiffsShare);
}

/** @throws UserError if the chip has no room for the image. */
export async function checkRoom(image: BuiltImage, loader: LuaLoader, path: string): Promise<string> {
  const { left, used } = await loader.room();
  const needed = neededFiles(image);
  if (!(left + used >= needed)) throw new UserError(`The file system at ${path} has ${left + used} bytes, and the image needs ${needed} with room for updates; build NodeMCU with the partitions of hal/platform/nodemcu/base.json.`);
  const bytes = image.bytes[image.manifest.files.findIndex(({ role }) => role === "image")];
  const isCode = bytes.startsWith(bytecodeMark);
  const [has, wants] = isCode ? [await loader.codeRoom(), bytes.length * lfsShare] : [await loader.memory(), bytes.length * memoryShare];
  if (!(has >= wants)) {
    throw new UserError(isCode
      ? `The partition lfs at ${path} has ${has} bytes, and the image needs some ${Math.ceil(wants)}; build NodeMCU with the partitions of hal/platform/nodemcu/base.json.`
      : `The image is Lua text, which needs some ${Math.ceil(wants)} bytes of memory, and the chip at ${path} has ${has}; build it for flash, with LUAC_CROSS (hal/platform/nodemcu/README.md).`);
  }
  return `File system of ${left + used} bytes, the image needs ${needed}; ${isCode ? "its code goes to LFS" : "it is text, and runs in memory"}.`;
}

/** One piece of the work; `would` is what a dry run says of it. */
export interface LuaStep {
  label: string;
  would: string;
  run(loader: LuaLoader, progress: Progress): Promise<string>;
}

/**
 * The boot file is removed first and gets its name last, when its digest agrees: whatever breaks off in between leaves
 * a chip that starts nothing of the image, and has its prompt.
 */
export function luaSteps({ manifest, bytes }: BuiltImage): LuaStep[] {
  const order = (file: ManifestFile): number => file.role === "image" ? 0 : file.store === ours[0] ? 2 : 1;
  const parts = manifest.files.map((file, index) => ({ file, bytes: bytes[index] })).sort((a, b) => order(a.file) - order(b.file));
  const remove: LuaStep = {
    label: "Remove", would: "remove the image that may be there; users and events stay",
    run: async (loader) => {
      // One after the other, in this order, and so few that the line holds them.
      for (let at = 0; at < ours.length; at += 6) await loader.remove(ours.slice(at, at + 6));
      return "done";
    },
  };
  return [remove, ...parts.map(({ file, bytes: text }) => writing(file, text))];
}

function writing({ store, size, sha256: digest, role }: ManifestFile, bytes: string): LuaStep {
  // An image in the place of another is none before its head; what starts by its name alone is written under another.
  const name = store === ours[0] ? "new" : store;
  return {
    label: `Write ${store}`,
    would: `write ${store}, ${size} bytes${role === "boot" ? ", which starts the image" : ""}, and check its SHA-256 on the chip`,
    run: async (loader, progress) => {
      await loader.write(name, bytes, (done) => progress.at(done, size));
      const found = await loader.digest(name, size);
      if (found !== digest) throw new UserError(`${store} on the chip is not what was sent; nothing of it starts.`);
      if (name !== store) await loader.rename(name, store);
      return `${size} bytes, SHA-256 agrees`;
    },
  };
}
