"use strict";
/* The lock as it stood at a time: its keypad with the lit keys, bolt, door, and what it said last. */
function newState(data, element) {
  const keys = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "cancel", "0", "ok", "away", "bell", "low"];
  const signs = { cancel: "✕", ok: "✓", away: "⌂", bell: "♪", low: "▭" };
  const pad = element.appendChild(document.createElement("div"));
  pad.className = "pad";
  const faces = {};
  for (const key of keys) {
    faces[key] = pad.appendChild(document.createElement("i"));
    faces[key].textContent = signs[key] || key;
    faces[key].title = key;
  }
  const facts = element.appendChild(document.createElement("dl"));
  const rows = {};
  for (const name of ["time", "bolt", "motor", "door", "menu", "prompt", "battery"]) {
    facts.appendChild(document.createElement("dt")).textContent = name;
    rows[name] = facts.appendChild(document.createElement("dd"));
  }

  function lane(group, name) {
    return data.lanes.find(function (one) { return one.group === group && one.name === name; });
  }

  function barAt(found, s) {
    const bar = found && found.items.filter(function (item) { return item.from <= s && s < item.to; }).pop();
    return bar ? bar.label : "";
  }

  /* Digits stand together, names between commas. */
  function litKeys(text) {
    return text.split(",").flatMap(function (part) { return /^\d+$/.test(part) ? part.split("") : [part]; });
  }

  return function show(s) {
    const lit = litKeys(barAt(lane("Keypad", "lights"), s));
    for (const key of keys) faces[key].className = lit.includes(key) ? "lit" : "";
    rows.time.textContent = s.toFixed(3) + " s";
    rows.bolt.textContent = barAt(lane("Bolt", "bolt"), s) || "–";
    rows.motor.textContent = barAt(lane("Bolt", "motor"), s) || "stands";
    rows.door.textContent = barAt(lane("Bolt", "door"), s) || "closed";
    rows.menu.textContent = barAt(lane("Keypad", "menu"), s) || "–";
    rows.prompt.textContent = barAt(lane("Voice", "prompts"), s) || "–";
    rows.battery.textContent = barAt(lane("Supply", "battery"), s) || "–";
  };
}
