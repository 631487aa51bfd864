"use strict";
// What all views share: the data, the words of the chosen language, where the reader is, elements and charts.
const site = JSON.parse(document.getElementById("site-data").textContent);
const here = { view: "overview", territory: "", language: site.language, class: "", sector: "", document: "", words: "" };

/** Take what the address names; anything unknown is left as it was. */
function readAddress() {
  const asked = new URLSearchParams(location.hash.replace(/^#/, ""));
  const first = site.territories.length ? site.territories[0].id : "";
  for (const name of Object.keys(here)) here[name] = asked.get(name) || "";
  if (!VIEWS[here.view]) here.view = "overview";
  if (!site.words[here.language]) here.language = site.language;
  if (!site.territories.some((one) => one.id === here.territory)) here.territory = first;
}

/** The address of this page with some values changed. */
function address(changes) {
  const wanted = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...here, ...changes })) if (value) wanted.set(name, value);
  return `#${wanted}`;
}

/** Keep a choice in the address without a new step in the history. */
function keep(changes) {
  Object.assign(here, changes);
  history.replaceState(null, "", address({}));
}

/** A text in the reader's language, filled with values. */
function say(key, values = {}) {
  const text = site.words[here.language][key] || key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}

/** A number as the language writes it; the word for missing where there is none. */
function figure(value, digits = 0) {
  if (value === null || value === undefined) return say("scorecard.missing");
  return new Intl.NumberFormat(here.language, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
}

function span(row) {
  return row.low === null ? "–" : `${figure(row.low)}–${figure(row.high)}`;
}

function share(value) {
  return `${figure(100 * value)}\u00a0%`;
}

/** An element with attributes and children; texts are set as text. */
function make(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

function fill(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

function draw(tag, attributes, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

/** A labelled choice among [value, text] pairs. */
function choose(label, name, pairs, onchange) {
  const id = `choose-${name}`;
  const list = make("select", { id, onchange: (event) => onchange(event.target.value) },
    pairs.map(([value, text]) => make("option", { value, selected: value === here[name] }, text)));
  return make("div", {}, make("label", { for: id }, label), list);
}

/** A table: texts in columns, the first of which names the row. */
function sheet(caption, head, rows) {
  const body = rows.map((row) => make("tr", {}, row.map((cell, place) =>
    place ? make("td", { dir: "auto" }, cell) : make("th", { scope: "row", dir: "auto" }, cell))));
  return make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    make("table", { class: head.length > 3 ? "many" : null }, make("caption", {}, caption), make("thead", {}, make("tr", {}, head.map((text) => make("th", { scope: "col" }, text)))),
      make("tbody", {}, body)));
}

const WIDE = 480, EDGE = 8, STEP = 42, TOP = 26;
const at = (value) => EDGE + ((WIDE - 2 * EDGE) * Math.min(Math.max(value, 0), 100)) / 100;

/** A chart of rows on 0-100: a dot with its interval, or a bar; in words for those who hear it. */
function chart(title, rows, isBar) {
  const bottom = TOP + STEP * rows.length;
  const words = rows.map((row) => `${row.name}: ${figure(row.score)} (${row.note})`).join(". ");
  const parts = [0, 25, 50, 75, 100].flatMap((tick) => [
    draw("path", { class: "grid", d: `M${at(tick)} ${TOP - 6}V${bottom}` }),
    draw("text", { class: "tick", x: at(tick), y: 15, "text-anchor": tick ? (tick === 100 ? "end" : "middle") : "start" }, String(tick)),
  ]);
  rows.forEach((row, place) => {
    const y = TOP + STEP * place;
    parts.push(draw("text", { x: EDGE, y: y + 12 }, row.name.length > 40 ? `${row.name.slice(0, 39)}…` : row.name));
    parts.push(draw("text", { class: "remark", x: WIDE - EDGE, y: y + 12, "text-anchor": "end" }, row.short));
    if (row.score === null) return;
    const greyed = row.is_greyed ? " greyed" : "";
    if (isBar) parts.push(draw("path", { class: "long", d: `M${EDGE} ${y + 27}H${at(row.score)}` }));
    else {
      if (row.low !== null) parts.push(draw("path", { class: `span${greyed}`, d: `M${at(row.low)} ${y + 27}H${at(row.high)}` }));
      parts.push(draw("circle", { class: `dot${greyed}`, cx: at(row.score), cy: y + 27, r: 7 }));
    }
  });
  return make("figure", {}, draw("svg", { viewBox: `0 0 ${WIDE} ${bottom + 8}`, role: "img", "aria-label": `${title}. ${words}` }, parts));
}
