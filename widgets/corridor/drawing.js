const SIGNS = { covered: "✓", named: "○", not_covered: "–", no_text: "?", missing: "✕", both: "✓✓", one: "✓–", none: "––", unknown: "?" };

/** Words cut into lines of so many letters, at most `most` of them; what does not fit ends with a sign. */
function linesOf(text, letters, most = 2) {
  const lines = [""];
  for (const word of text.split(/\s+/)) {
    const wider = `${lines.at(-1)} ${word}`.trim();
    if (Array.from(wider).length <= letters || !lines.at(-1)) lines[lines.length - 1] = wider;
    else lines.push(word);
  }
  const kept = lines.slice(0, most).map((line) => (Array.from(line).length > letters + 2 ? `${Array.from(line).slice(0, letters).join("")}…` : line));
  if (lines.length > most && !kept[most - 1].endsWith("…")) kept[most - 1] += "…";
  return kept;
}

/** Lines of text around a middle. */
function textAt(x, y, lines, attributes = {}, height = 14) {
  const made = svg("text", { x, y, "text-anchor": "middle", ...attributes });
  lines.forEach((line, index) => {
    const part = svg("tspan", { x, y: y + (index - (lines.length - 1) / 2) * height + 4 });
    part.textContent = line;
    made.append(part);
  });
  return made;
}

/** A drawing with the words that say the same; wide ones can be moved sideways, by key too. */
function figure(label, width, height, children, kind = "") {
  const drawing = svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label, class: kind }, children);
  return make("div", { class: "wb-scroll wb-figure", tabindex: "0", role: "region", "aria-label": label }, drawing);
}

/** The point of an arrow, for the ends of lines. */
function arrowHead(id) {
  return svg("defs", {}, svg("marker", { id, viewBox: "0 0 8 8", refX: 7, refY: 4, markerUnits: "userSpaceOnUse", markerWidth: 11, markerHeight: 11, orient: "auto-start-reverse" }, svg("path", { d: "M0,0L8,4L0,8Z", class: "wb-arrow" })));
}

/** A provision as a link to where it is read. */
function readLink(model, one, more = {}) {
  const place = [one.label, one.heading].filter(Boolean).join(" · ") || one.document;
  return make("a", { href: address("compare", { territory: one.territory, provision: one.id }), dir: "auto", lang: one.language || null, ...more }, place);
}

/** A sign with its word: nothing is told by colour alone. */
function state(model, name, key, words = {}) {
  return [make("span", { class: `wb-sign wb-sign-${name}`, "aria-hidden": "true" }, SIGNS[name]), " ", say(model, key, words)];
}
