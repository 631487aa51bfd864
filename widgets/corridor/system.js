const SHOWN = 8; // measures in the pictures

const nameOf = (one, fallback) => (one ? [one.label, one.heading].filter(Boolean).join(" · ") : fallback);
const signed = (model, value, digits = 1) => (value > 0 ? "+" : "") + number(model, value, digits).replace("-", "−");

/** Those that help most and those that hinder most, in their order. */
function extremes(rows) {
  if (rows.length <= SHOWN) return rows;
  const against = rows.filter((row) => row.total < 0 || row.hindered > 0).slice(-3);
  const rest = rows.filter((row) => !against.includes(row)).slice(0, SHOWN - against.length);
  return rows.filter((row) => rest.includes(row) || against.includes(row));
}

/** Which local measures help or hinder most, with how sure that is. */
function systemOf(model) {
  const { rows = [], links = [], names = {}, count, judged, is_few: isFew, hidden } = model.get("system");
  const title = make("h2", {}, say(model, "corridor.system"));
  const held = hidden > 0 ? make("p", { class: "wb-notice" }, say(model, "corridor.hidden", { count: hidden })) : null;
  if (rows.length === 0) return make("section", {}, title, held, make("p", { class: "wb-empty" }, say(model, "corridor.no_relations")));
  const hasInterval = rows.some((row) => row.low !== null);
  const head = ["rank", "measure", "total", "direct", "through_others", "helped", "hindered"].map((name) => make("th", { scope: "col" }, say(model, `corridor.${name}`)));
  const interval = (row) => (row.low === null ? "" : ` (${signed(model, row.low)} … ${signed(model, row.high)})`);
  const body = rows.map((row) => {
    const one = names[row.id];
    const cell = (name, text) => make("td", { "data-label": say(model, `corridor.${name}`) }, text);
    return make("tr", {}, cell("rank", String(row.rank)),
      make("th", { scope: "row" }, one ? readLink(model, one) : row.id, make("div", { class: "wb-small wb-soft", dir: "auto" }, one ? [one.document, one.page ? say(model, "compare.page", { page: one.page }) : ""].filter(Boolean).join(" · ") : "")),
      cell("total", signed(model, row.total) + interval(row)), cell("direct", signed(model, row.direct)), cell("through_others", signed(model, row.through_others)), cell("helped", String(row.helped)), cell("hindered", String(row.hindered)));
  });
  const shown = extremes(rows);
  return make("section", {}, title, make("p", { class: "wb-soft" }, say(model, "corridor.system_how")),
    isFew ? make("p", { class: "wb-notice wb-notice-warn", id: "wb-system-few" }, say(model, "corridor.few", { count })) : null, held,
    make("p", {}, say(model, "corridor.basis_told", { count, judged, cards: count - judged }), " ", say(model, hasInterval ? "corridor.interval_told" : "corridor.no_interval")),
    make("div", { class: "wb-beside" },
      make("div", {}, make("h3", {}, say(model, "corridor.bars")), bars(model, shown, names)),
      make("div", {}, make("h3", {}, say(model, "corridor.network")), webOf(model, shown, links, names))),
    make("div", { class: "wb-scroll wb-tall", tabindex: "0", role: "region", "aria-label": say(model, "corridor.system_table") }, make("table", { class: "wb-table wb-stack" }, make("caption", {}, say(model, "corridor.system_table")), make("thead", {}, make("tr", {}, head)), make("tbody", {}, body))));
}

/** Bars from 0 with their intervals as thin lines. */
function bars(model, rows, names) {
  const values = rows.flatMap((row) => [row.total, row.low ?? 0, row.high ?? 0, 0]);
  const [least, most] = [Math.min(...values), Math.max(...values, 1)];
  const x = (value) => 196 + ((value - least) / (most - least)) * 250;
  const parts = [svg("line", { x1: x(0), y1: 4, x2: x(0), y2: rows.length * 44 + 4, class: "wb-zero" })];
  rows.forEach((row, index) => {
    const y = index * 44 + 26;
    parts.push(label(names[row.id], row.id, 184, y, "end"), svg("rect", { x: Math.min(x(0), x(row.total)), y: y - 8, width: Math.max(Math.abs(x(row.total) - x(0)), 1), height: 16, class: row.total < 0 ? "wb-bar wb-bar-against" : "wb-bar" }));
    if (row.low !== null) parts.push(svg("path", { d: `M${x(row.low)},${y - 5}V${y + 5}M${x(row.low)},${y}H${x(row.high)}M${x(row.high)},${y - 5}V${y + 5}`, class: "wb-whisker" }));
    parts.push(textAt(482, y, [signed(model, row.total)], { class: "wb-corner-state" }));
  });
  const told = rows.map((row) => `${nameOf(names[row.id], row.id)}: ${signed(model, row.total)}${row.low === null ? "" : ` (${signed(model, row.low)} … ${signed(model, row.high)})`}`).join(". ");
  return figure(`${say(model, "corridor.bars")}. ${told}`, 516, rows.length * 44 + 10, parts, "wb-network");
}

/** A provision beside a line or bar: its number, and its heading below. */
function label(one, id, x, y, anchor) {
  const lines = one ? linesOf(nameOf(one, id), 25, 2) : [id];
  return textAt(x, y, lines, { class: "wb-node-name", "text-anchor": anchor });
}

/** The measures on the left, the commitments they act on at the right; dashed lines hinder. */
function webOf(model, rows, links, names) {
  const ours = new Map(rows.map((row, index) => [row.id, index]));
  const shown = links.filter((link) => ours.has(link.from));
  const targets = [...new Set([...shown].sort((a, b) => ours.get(a.from) - ours.get(b.from)).map((link) => link.to))];
  const step = 44;
  const height = Math.max(rows.length, targets.length) * step + 10;
  const yOf = (index, count) => 26 + index * step + ((height - 10 - count * step) / 2);
  const parts = [arrowHead("wb-arrow-web")];
  for (const link of shown) {
    const [y1, y2] = [yOf(ours.get(link.from), rows.length), yOf(targets.indexOf(link.to), targets.length)];
    const isAgainst = link.value < 0;
    parts.push(svg("line", { x1: 196, y1, x2: 318, y2, "stroke-width": 0.8 + Math.abs(link.value) * 0.7, class: isAgainst ? "wb-web wb-web-against" : "wb-web", "marker-end": "url(#wb-arrow-web)" }),
      textAt(222, y1 + (y2 - y1) * 0.21 - 2, [signed(model, link.value, 0)], { class: "wb-link-words" }));
  }
  for (const row of rows) parts.push(label(names[row.id], row.id, 188, yOf(ours.get(row.id), rows.length), "end"));
  targets.forEach((id, index) => parts.push(label(names[id], id, 328, yOf(index, targets.length), "start")));
  const told = shown.map((link) => `${nameOf(names[link.from], link.from)} → ${nameOf(names[link.to], link.to)}: ${signed(model, link.value, 0)}`).join(". ");
  return make("div", {}, figure(`${say(model, "corridor.network")}. ${told}`, 516, height, parts, "wb-network"), make("p", { class: "wb-small wb-soft" }, say(model, "corridor.network_hint")));
}
