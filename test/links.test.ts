/** What the documents name is there. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const documents = ["README.md", "CHANGELOG.md", "test/README.md", "firmware/console/README.md", "firmware/store/FORMAT.md"];

test.each(documents)("%s names nothing that is not there", (document) => {
  const text = readFileSync(document, "utf8");
  const links = [...text.matchAll(/\]\(([^)#:]+)\)/g)].map((match) => join(dirname(document), match[1]));
  const paths = [...text.matchAll(/`((?:firmware|hal|scripts|test|board-configs)\/[\w./-]+)`/g)].map((match) => match[1].replace(/\/$/, ""));
  const scripts = [...text.matchAll(/npm run ([\w:]+)/g)].map((match) => match[1]);
  expect([...links, ...paths].filter((path) => !existsSync(path))).toEqual([]);
  const known = Object.keys(JSON.parse(readFileSync("package.json", "utf8")).scripts);
  expect(scripts.filter((script) => !known.includes(script))).toEqual([]);
});
