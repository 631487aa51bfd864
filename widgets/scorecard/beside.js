/** A bar 0-100 with its 90 % interval; the numbers stand beside it as text. */
function scoreBar(model, score, interval, isGreyed = false) {
  if (score === null || score === undefined) return make("span", { class: "wb-soft" }, say(model, "scorecard.missing"));
  return make("div", { class: isGreyed ? "wb-bar wb-bar-grey" : "wb-bar", "aria-hidden": "true" },
    make("div", { class: "wb-bar-fill", style: `width:${score}%` }),
    interval ? make("div", { class: "wb-bar-range", style: `left:${interval[0]}%;width:${Math.max(interval[1] - interval[0], 0.5)}%` }) : null);
}

const tableOf = (model, caption, keys, rows) => make("table", { class: "wb-table wb-stack" }, caption ? make("caption", {}, caption) : null,
  make("thead", {}, make("tr", {}, keys.map((key) => make("th", { scope: "col" }, say(model, key))))), make("tbody", {}, rows));
const cellOf = (model, key, ...content) => make("td", { "data-label": say(model, key) }, ...content);
const rangeOf = (model, pair) => (pair ? `${number(model, pair[0])} – ${number(model, pair[1])}` : "–");

/** Whose turn it is: both directions beside each other. */
function sidesOf(model, card) {
  if (!card.sides?.some((row) => row.score !== null)) return null;
  const keys = ["scorecard.direction", "scorecard.score", "scorecard.interval", "scorecard.coverage"];
  return make("section", { id: "wb-sides" }, make("h2", {}, say(model, "scorecard.sides")), make("p", { class: "wb-soft" }, say(model, "scorecard.sides_hint")),
    tableOf(model, "", keys, card.sides.map((row) => make("tr", {}, make("th", { scope: "row" }, row.name),
      cellOf(model, keys[1], make("b", {}, number(model, row.score)), scoreBar(model, row.score, row.interval)), cellOf(model, keys[2], rangeOf(model, row.interval)), cellOf(model, keys[3], `${number(model, row.coverage * 100, 0)} %`)))));
}

/** What people say happens, beside what they say is on paper. */
function practiceOf(model, card) {
  const found = card.practice;
  if (!found) return null;
  const names = Object.fromEntries(card.names ?? []);
  const keys = ["scorecard.dimension", "scorecard.in_practice", "scorecard.coverage"];
  return make("section", { id: "wb-practice" }, make("h2", {}, say(model, "scorecard.practice")),
    make("p", {}, found.index === null ? say(model, "scorecard.practice_withheld", { share: number(model, found.coverage * 100, 0) }) : [say(model, "scorecard.practice_index"), " ", make("b", {}, number(model, found.index))],
      found.gap === null ? null : ` · ${say(model, "scorecard.practice_gap", { paper: number(model, found.paper), practice: number(model, found.practice), gap: number(model, found.gap), items: found.items })}`),
    tableOf(model, "", keys, found.dimensions.filter((row) => row.score !== null).map((row) => make("tr", {}, make("th", { scope: "row" }, `${row.id} ${names[row.id] ?? ""}`),
      cellOf(model, keys[1], make("b", {}, number(model, row.score)), scoreBar(model, row.score, null, row.is_greyed)), cellOf(model, keys[2], `${number(model, row.coverage * 100, 0)} %`)))));
}

/** Low indicators read as gaps between levels of government. */
function gapsOf(model, card) {
  const known = (card.gaps ?? []).filter((row) => row.size !== null);
  if (known.length === 0) return null;
  const keys = ["scorecard.gap", "scorecard.gap_size", "scorecard.gap_low"];
  return make("section", { id: "wb-gaps" }, make("h2", {}, say(model, "scorecard.gaps")), make("p", { class: "wb-soft" }, say(model, "scorecard.gaps_hint")),
    tableOf(model, "", keys, known.map((row) => make("tr", {}, make("th", { scope: "row" }, row.name),
      cellOf(model, keys[1], make("b", {}, number(model, row.size, 0)), scoreBar(model, row.size, null)),
      cellOf(model, keys[2], row.low.join(", ") || "–", make("span", { class: "wb-soft wb-small" }, ` ${say(model, "scorecard.gap_known", { known: row.known, count: row.count })}`))))));
}
