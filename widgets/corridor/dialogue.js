const WIDTH = 640;
const STEP = 30;

/** Who informs, negotiates, decides and pays: links drawn from side to side, those that are missing too. */
function dialogueOf(model) {
  const { territory, nation, nodes = {}, links = [] } = model.get("dialogue");
  const title = make("h2", {}, say(model, "corridor.dialogue"));
  if (!territory) return make("section", {}, title, make("p", { class: "wb-empty" }, say(model, "corridor.no_territory")));
  if (links.length === 0) return make("section", {}, title, make("p", { class: "wb-empty" }, say(model, "corridor.no_mechanisms", { name: nodes[territory] })));
  const words = (link) => say(model, `corridor.link.${link.state}`, { from: nodes[link.from], function: say(model, `dialogue.function.${link.function}`), to: nodes[link.to] });
  const rows = links.map((link) => make("tr", {}, make("th", { scope: "row", dir: "auto" }, nodes[link.from]),
    make("td", { "data-label": say(model, "corridor.does") }, say(model, `dialogue.function.${link.function}`)),
    make("td", { "data-label": say(model, "corridor.whom"), dir: "auto" }, nodes[link.to]),
    make("td", { "data-label": say(model, "corridor.way") }, make("span", { class: `wb-chip ${link.state === "missing" ? "wb-chip-bad" : link.state === "one_way" ? "wb-chip-warn" : "wb-chip-good"}` }, `${{ two_way: "⇄", one_way: "→", missing: "✕" }[link.state]} ${say(model, `dialogue.state.${link.state}`)}`)),
    make("td", { "data-label": say(model, "corridor.through") }, make("span", { dir: "auto" }, link.mechanism || "–"), link.basis ? make("span", { class: "wb-soft wb-small" }, ` (${say(model, `corridor.basis.${link.basis}`)})`) : null,
      link.provisions.map((one) => make("div", { class: "wb-small" }, readLink(model, one), make("span", { class: "wb-soft", dir: "auto" }, ` ${one.document}${one.page ? ` · ${say(model, "compare.page", { page: one.page })}` : ""}`))))));
  const head = ["who", "does", "whom", "way", "through"].map((name) => make("th", { scope: "col" }, say(model, `corridor.${name}`)));
  const missing = links.filter((link) => link.state === "missing");
  return make("section", {}, title, make("p", { class: "wb-soft" }, say(model, "corridor.dialogue_hint", { name: nodes[territory] })),
    nation ? null : make("p", { class: "wb-notice wb-notice-warn" }, say(model, "corridor.no_nation")),
    missing.length > 0 ? make("p", { class: "wb-notice wb-notice-warn" }, missing.map(words).join(" ")) : null,
    network(model, territory, nation, nodes, links, links.map(words).join(" ")),
    make("ul", { class: "wb-legend" }, ["two_way", "one_way", "missing"].map((name) => make("li", {}, svg("svg", { width: 46, height: 12, viewBox: "0 0 46 12", "aria-hidden": "true" }, svg("line", { x1: 8, y1: 6, x2: 38, y2: 6, class: `wb-link-${name}`, ...heads(name) })), " ", say(model, `dialogue.state.${name}`)))),
    make("table", { class: "wb-table wb-stack" }, make("caption", {}, say(model, "corridor.dialogue_table")), make("thead", {}, make("tr", {}, head)), make("tbody", {}, rows)));
}

const heads = (name) => ({ ...(name === "missing" ? {} : { "marker-end": "url(#wb-arrow-link)" }), ...(name === "two_way" ? { "marker-start": "url(#wb-arrow-link)" } : {}) });

/** Links as drawn: both ways is one line, and several mechanisms of one link are one. */
function drawn(links) {
  const found = new Map();
  for (const link of links) {
    const ends = link.state === "two_way" ? [link.from, link.to].sort() : [link.from, link.to];
    found.set(`${ends.join("\n")}\n${link.function}\n${link.state}`, link);
  }
  return [...found.values()];
}

/** The nation on the left, the territory on the right, all others between them; direct links run above those. */
function network(model, territory, nation, nodes, links, told) {
  const lines = drawn(links);
  const isEnd = (id) => id === territory || id === nation;
  const direct = lines.filter((link) => isEnd(link.from) && isEnd(link.to));
  const others = Object.keys(nodes).filter((id) => !isEnd(id));
  let y = 24 + direct.length * STEP;
  const boxes = new Map();
  for (const id of others) {
    const of = (end) => lines.filter((link) => [link.from, link.to].includes(id) && [link.from, link.to].includes(end)).length;
    const height = Math.max(58, Math.max(of(territory), of(nation)) * STEP + 8);
    boxes.set(id, { top: y + 8, height, used: { [territory]: 0, [nation]: 0 } });
    y += height + 14;
  }
  const bottom = Math.max(y, 110);
  const left = [4, 124];
  const middle = [260, 380];
  const right = [WIDTH - 124, WIDTH - 4];
  const parts = [arrowHead("wb-arrow-link")];
  const box = (id, [from, to], top, height, kind) => parts.push(svg("rect", { x: from, y: top, width: to - from, height, rx: 8, class: kind }), textAt((from + to) / 2, top + height / 2, linesOf(nodes[id], 16, 4), { class: "wb-node-name" }, 15));
  const line = (link, x1, x2, at) => {
    const done = say(model, `dialogue.function.${link.function}`);
    const words = link.state === "missing" ? `✕ ${done} (${say(model, "dialogue.state.missing")})` : done;
    parts.push(svg("line", { x1, y1: at, x2, y2: at, class: `wb-link-${link.state}`, ...heads(link.state) }), textAt((x1 + x2) / 2, at - 9, [words], { class: "wb-link-words" }));
  };
  direct.forEach((link, index) => { const isDown = link.from === nation; line(link, isDown ? left[1] + 3 : right[0] - 3, isDown ? right[0] - 3 : left[1] + 3, 30 + index * STEP); });
  let beside = 0;
  for (const link of lines.filter((one) => !direct.includes(one))) {
    const end = [link.from, link.to].find(isEnd);
    if (!end) { // between two of the middle
      const [from, to] = [link.from, link.to].map((id) => boxes.get(id));
      const out = middle[1] + 12 + 10 * (beside++ % 3);
      parts.push(svg("path", { d: `M${middle[1] + 3},${from.top < to.top ? from.top + from.height - 8 : from.top + 8}H${out}V${from.top < to.top ? to.top + 8 : to.top + to.height - 8}H${middle[1] + 3}`, class: `wb-link-${link.state}`, ...heads(link.state) }), textAt(out + 40, (Math.min(from.top + from.height, to.top + to.height) + Math.max(from.top, to.top)) / 2, [say(model, `dialogue.function.${link.function}`)], { class: "wb-link-words" }));
      continue;
    }
    const place = boxes.get(link.from === end ? link.to : link.from);
    const at = place.top + 22 + place.used[end]++ * STEP;
    const [outer, inner] = end === nation ? [left[1] + 3, middle[0] - 3] : [right[0] - 3, middle[1] + 3];
    line(link, link.from === end ? outer : inner, link.from === end ? inner : outer, at);
  }
  if (nation) box(nation, left, 8, bottom - 8, "wb-node wb-node-nation");
  box(territory, right, 8, bottom - 8, "wb-node wb-node-own");
  for (const id of others) box(id, middle, boxes.get(id).top, boxes.get(id).height, "wb-node");
  return figure(`${say(model, "corridor.dialogue")}. ${told}`, WIDTH, bottom + 8, parts, "wb-network");
}
