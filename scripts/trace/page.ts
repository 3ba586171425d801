/** One page with everything in it: no server, no network, a file to send to somebody. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Timeline } from "./timeline";

export function pageText(timeline: Timeline): string {
  const part = (name: string): string => readFileSync(join(__dirname, "page", name), "utf8");
  const title = escaped(timeline.title === "" ? "Lock" : timeline.title);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>
${part("style.css")}</style>
</head>
<body>
<header>
<h1>${title}</h1>
<span>board ${escaped(timeline.board)}, ${timeline.endS.toFixed(1)} s</span>
<span class="keys">drag to move, double click, <kbd>Ctrl</kbd> wheel or <kbd>+</kbd> <kbd>−</kbd> to zoom, <kbd>0</kbd> for all</span>
<button type="button">light / dark</button>
</header>
<main>
<div class="box" id="lanes"><div></div><canvas tabindex="0" aria-label="Timeline"></canvas></div>
<div id="below">
<div class="box" id="said">
<div class="bar"><input type="search" placeholder="find in what was said" aria-label="find"><label><input type="checkbox" checked> follows the cursor</label></div>
<div id="rows"></div>
</div>
<div class="box" id="state"></div>
</div>
</main>
<div id="hover"></div>
<script type="application/json" id="data">${JSON.stringify(timeline).replace(/</g, "\\u003c")}</script>
<script>
${part("state.js")}${part("view.js")}</script>
</body>
</html>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign] ?? "");
}
