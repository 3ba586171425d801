"use strict";
/* Draws the lanes of `data` over time. One canvas of the size of the window: what is not in sight costs nothing. */
(function () {
  const data = JSON.parse(document.getElementById("data").textContent);
  const box = document.getElementById("lanes");
  const canvas = box.querySelector("canvas");
  const spacer = box.querySelector("div");
  const draw2d = canvas.getContext("2d");
  const hover = document.getElementById("hover");
  const rows = document.getElementById("rows");
  const search = document.querySelector("#said input[type=search]");
  const follow = document.querySelector("#said input[type=checkbox]");
  const showState = newState(data, document.getElementById("state"));
  const names = 148, ruler = 26, laneHeight = 24, groupHeight = 20, markWidth = 5;
  const whole = Math.max(0.001, data.endS);
  let from = 0, to = whole, pointer = null, cursor = 0, waiting = false;

  /* Where each lane stands, from the top of all of them. */
  const places = [];
  let height = ruler;
  let group = "";
  for (const lane of data.lanes) {
    if (lane.group !== group) {
      places.push({ top: height, group: lane.group });
      height += groupHeight;
      group = lane.group;
    }
    places.push({ top: height, lane });
    height += laneHeight;
  }
  height += 8;

  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
  }

  function width() { return canvas.clientWidth - names; }
  function xOf(s) { return names + (s - from) / (to - from) * width(); }
  function sOf(x) { return from + (x - names) / width() * (to - from); }

  function redraw() {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(function () { waiting = false; paint(); });
  }

  function paint() {
    const scale = window.devicePixelRatio || 1;
    const w = box.clientWidth, h = box.clientHeight;
    canvas.style.width = w + "px";
    canvas.style.height = h + "px";
    canvas.style.transform = "translateY(" + box.scrollTop + "px)";
    canvas.width = Math.round(w * scale);
    canvas.height = Math.round(h * scale);
    spacer.style.height = height + "px";
    draw2d.setTransform(scale, 0, 0, scale, 0, 0);
    draw2d.clearRect(0, 0, w, h);
    const palette = {};
    for (const name of ["text", "dim", "rule", "stripe", "panel", "cursor", "blue", "violet", "green", "orange", "red", "yellow", "grey", "on"]) palette[name] = colour(name);
    const steps = paintRuler(palette, h);
    draw2d.textBaseline = "middle";
    for (const place of places) {
      const y = place.top - box.scrollTop;
      if (y > h || y + laneHeight < ruler) continue;
      if (place.group) paintGroup(place.group, y, palette);
      else paintLane(place.lane, y, palette);
    }
    paintTimes(steps, palette, w);
    const x = xOf(cursor);
    if (x >= names) {
      draw2d.fillStyle = palette.cursor;
      draw2d.fillRect(Math.round(x), 0, 1, h);
    }
  }

  /* A line at each round number of seconds. */
  function paintRuler(palette, h) {
    const raw = (to - from) / Math.max(2, width() / 110);
    const power = Math.pow(10, Math.floor(Math.log10(raw)));
    const step = [1, 2, 5, 10].map(function (n) { return n * power; }).find(function (n) { return n >= raw; });
    const steps = [];
    draw2d.fillStyle = palette.rule;
    for (let n = Math.ceil(from / step); n * step <= to; n++) {
      steps.push(n * step);
      draw2d.fillRect(Math.round(xOf(n * step)), ruler, 1, h);
    }
    return { steps, digits: Math.max(0, -Math.floor(Math.log10(step) + 1e-9)) };
  }

  function paintTimes(times, palette, w) {
    draw2d.fillStyle = palette.panel;
    draw2d.fillRect(0, 0, w, ruler);
    draw2d.fillStyle = palette.rule;
    draw2d.fillRect(0, ruler - 1, w, 1);
    draw2d.fillStyle = palette.dim;
    draw2d.font = "12px system-ui, sans-serif";
    draw2d.textAlign = "center";
    for (const s of times.steps) if (xOf(s) > names + 12) draw2d.fillText(s.toFixed(times.digits) + " s", xOf(s), ruler / 2);
    draw2d.textAlign = "left";
  }

  function paintGroup(name, y, palette) {
    draw2d.fillStyle = palette.stripe;
    draw2d.fillRect(0, y, canvas.clientWidth, groupHeight);
    draw2d.fillStyle = palette.dim;
    draw2d.font = "600 11px system-ui, sans-serif";
    draw2d.fillText(name.toUpperCase(), 10, y + groupHeight / 2);
  }

  function paintLane(lane, y, palette) {
    draw2d.font = "12px system-ui, sans-serif";
    draw2d.save();
    draw2d.beginPath();
    draw2d.rect(names, Math.max(y, ruler), width(), laneHeight);
    draw2d.clip();
    draw2d.fillStyle = palette.rule;
    draw2d.fillRect(names, y + laneHeight - 1, width(), 1);
    let free = -Infinity;
    lane.items.forEach(function (item, index) {
      if (item.to < from || item.from > to) return;
      const x = xOf(item.from);
      const end = item.to > item.from ? xOf(item.to) : x + markWidth;
      const next = index + 1 < lane.items.length ? xOf(lane.items[index + 1].from) : Infinity;
      draw2d.fillStyle = palette[item.colour];
      draw2d.globalAlpha = item.to > item.from ? 0.9 : 1;
      draw2d.fillRect(x, y + 3, Math.max(end - x, 1.5), laneHeight - 7);
      draw2d.globalAlpha = 1;
      const inside = end - Math.max(x, names);
      const label = item.label;
      const size = draw2d.measureText(label).width;
      if (item.to > item.from && inside > 26) {
        draw2d.fillStyle = palette.on;
        draw2d.fillText(size + 10 > inside ? cut(label, inside - 10) : label, Math.max(x, names) + 5, y + laneHeight / 2);
      } else if (end + 4 + size < next && end + 4 > free) {
        draw2d.fillStyle = palette.text;
        draw2d.fillText(label, end + 4, y + laneHeight / 2);
        free = end + 4 + size;
      }
    });
    draw2d.restore();
    draw2d.fillStyle = palette.text;
    if (y + laneHeight / 2 > ruler) draw2d.fillText(cut(lane.name.replace(/_/g, " "), names - 22), 14, y + laneHeight / 2);
  }

  function cut(text, room) {
    if (draw2d.measureText(text).width <= room) return text;
    let length = Math.max(0, Math.floor(text.length * room / draw2d.measureText(text).width) - 1);
    while (length > 0 && draw2d.measureText(text.slice(0, length) + "…").width > room) length--;
    return length > 0 ? text.slice(0, length) + "…" : "";
  }

  function itemAt(x, y) {
    const place = places.find(function (one) { return one.lane && y >= one.top && y < one.top + laneHeight; });
    if (!place || x < names) return null;
    let best = null;
    for (const item of place.lane.items) {
      const left = xOf(item.from) - 2;
      const right = (item.to > item.from ? Math.max(xOf(item.to), left + markWidth) : left + markWidth + 2) + 2;
      if (x >= left && x <= right) best = item;
    }
    return best && { lane: place.lane, item: best };
  }

  function show(text, event) {
    hover.style.display = text === "" ? "none" : "block";
    hover.textContent = text;
    hover.style.left = Math.max(4, Math.min(event.clientX + 14, window.innerWidth - hover.offsetWidth - 8)) + "px";
    hover.style.top = Math.max(4, Math.min(event.clientY + 16, window.innerHeight - hover.offsetHeight - 8)) + "px";
  }

  function clamp(length) {
    const size = Math.min(whole * 1.02, Math.max(0.0005, length));
    from = Math.max(-whole * 0.01, Math.min(from, whole * 1.01 - size));
    to = from + size;
    redraw();
  }

  function zoom(factor, s) {
    const size = Math.min(whole * 1.02, Math.max(0.0005, (to - from) * factor));
    from = s - (s - from) * size / (to - from);
    clamp(size);
  }

  box.addEventListener("wheel", function (event) {
    if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      const size = to - from;
      from += (event.deltaX || event.deltaY) / width() * size;
      clamp(size);
      event.preventDefault();
    } else if (event.ctrlKey || event.altKey || height <= box.clientHeight) {
      zoom(Math.exp(event.deltaY / 400), sOf(event.offsetX));
      event.preventDefault();
    }
  }, { passive: false });

  canvas.addEventListener("pointerdown", function (event) {
    pointer = { x: event.clientX, y: event.clientY, from, top: box.scrollTop, moved: false };
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", function (event) {
    const y = event.offsetY + box.scrollTop;
    if (pointer === null) {
      showState(Math.max(0, Math.min(whole, sOf(event.offsetX))));
      const found = event.offsetY > ruler ? itemAt(event.offsetX, y) : null;
      const item = found && found.item;
      const time = item && (item.from.toFixed(3) + " s" + (item.to > item.from ? " to " + item.to.toFixed(3) + " s (" + Math.round((item.to - item.from) * 1000) + " ms)" : ""));
      show(item ? time + "\n" + (item.hover === item.label ? "" : item.label + "\n") + item.hover : "", event);
      return;
    }
    const moved = event.clientX - pointer.x;
    if (Math.abs(moved) + Math.abs(event.clientY - pointer.y) > 4) pointer.moved = true;
    const size = to - from;
    from = pointer.from - moved / width() * size;
    box.scrollTop = pointer.top - (event.clientY - pointer.y);
    clamp(size);
    show("", event);
  });
  canvas.addEventListener("pointerup", function (event) {
    if (pointer !== null && !pointer.moved && event.offsetX > names) point(sOf(event.offsetX), true);
    pointer = null;
  });
  canvas.addEventListener("pointerleave", function (event) {
    if (pointer === null) show("", event);
    showState(cursor);
  });
  canvas.addEventListener("dblclick", function (event) { zoom(0.4, sOf(event.offsetX)); });
  canvas.addEventListener("keydown", function (event) {
    const size = to - from;
    if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      from += (event.key === "ArrowLeft" ? -0.15 : 0.15) * size;
      clamp(size);
    } else if (event.key === "+" || event.key === "=") zoom(0.6, (from + to) / 2);
    else if (event.key === "-") zoom(1 / 0.6, (from + to) / 2);
    else if (event.key === "0") { from = -whole * 0.01; clamp(whole * 1.02); }
    else return;
    event.preventDefault();
  });
  box.addEventListener("scroll", redraw);
  window.addEventListener("resize", redraw);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);

  /* The cursor stands at a time: in the lanes, and in the list of what was said. */
  function point(s, scroll) {
    cursor = s;
    showState(s);
    let last = null;
    for (const row of rows.children) {
      row.classList.remove("here");
      if (!row.hidden && Number(row.dataset.s) <= s) last = row;
    }
    if (last !== null) {
      last.classList.add("here");
      if (scroll && follow.checked) last.scrollIntoView({ block: "center" });
    }
    redraw();
  }

  function listRow(line) {
    const row = document.createElement("div");
    row.dataset.s = String(line.s);
    if (line.given) row.className = "given";
    const text = line.text.replace(/^@\d+ /, "");
    for (const time of [line.s.toFixed(3), line.lockMs === null ? "" : "@" + line.lockMs]) row.appendChild(document.createElement("span")).textContent = time;
    const said = row.appendChild(document.createElement("b"));
    said.textContent = (line.given ? "> " : "") + text;
    if (/^(error|refuse|fail|alarm .* on|lockout on)/.test(text)) said.className = "bad";
    if (/^(grant|bolt unlocked)/.test(text)) said.className = "good";
    row.addEventListener("click", function () {
      const size = to - from;
      if (line.s < from || line.s > to) { from = line.s - size / 2; clamp(size); }
      point(line.s, false);
    });
    return row;
  }
  for (const line of data.lines) rows.appendChild(listRow(line));
  search.addEventListener("input", function () {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const row of rows.children) row.hidden = !words.every(function (word) { return row.textContent.toLowerCase().includes(word); });
  });
  document.querySelector("header button").addEventListener("click", function () {
    const dark = document.documentElement.dataset.theme ? document.documentElement.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    document.documentElement.dataset.theme = dark ? "light" : "dark";
    redraw();
  });
  from = -whole * 0.01;
  clamp(whole * 1.02);
  showState(0);
})();
