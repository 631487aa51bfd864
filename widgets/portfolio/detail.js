/** Both texts of a commitment, the words that speak for the match marked; they come when a line is opened. */
function fillPassage(model, body, commitment) {
  const row = model.get("passages")[commitment];
  if (!row) return fill(body, make("p", { class: "wb-soft", role: "status" }, say(model, "portfolio.texts_loading")));
  fill(body,
    make("h4", {}, say(model, "portfolio.asked")), make("p", { lang: row.language, dir: "auto" }, marked(row.text, row.marks)),
    row.local ? [make("h4", {}, say(model, "portfolio.likest")), make("p", { lang: row.local.language, dir: "auto" }, marked(row.local.text, row.local.marks)), make("p", { class: "wb-small wb-soft", dir: "auto" }, row.local.place)] : make("p", { class: "wb-soft" }, say(model, "portfolio.nothing_long")));
}

/** The chosen territory: its figures, and a line for each commitment; `bodies` holds what opens below each. */
function detailOf(model, bodies) {
  const one = model.get("detail");
  if (!one.id) return make("p", { class: "wb-soft" }, say(model, "portfolio.choose"));
  const share = (value) => (value === null || value === undefined ? say(model, "portfolio.missing") : `${number(model, value * 100, 0)}\u00a0%`);
  const facts = Object.entries(one.facts).map(([name, value]) => make("div", { class: "wb-fact" }, make("dt", {}, say(model, `portfolio.fact.${name}`)), make("dd", {}, value === null ? "–" : String(value))));
  const parts = one.parts.map((part) => make("tr", {}, make("th", { scope: "row" }, part.name), make("td", {}, share(part.value)), make("td", {}, part.low === null ? "" : `${share(part.low)} – ${share(part.high)}`)));
  bodies.clear();
  const item = (row) => {
    const body = make("div", { class: "wb-indicator-body" });
    bodies.set(row.id, body);
    return make("details", { class: "wb-indicator", ontoggle: (event) => { if (event.target.open) { fillPassage(model, body, row.id); if (!model.get("passages")[row.id]) model.send({ kind: "passage", territory: one.id, commitment: row.id }); } } },
      make("summary", {}, make("span", { class: `wb-chip ${row.probability >= 0.5 ? "wb-chip-good" : row.probability > 0 ? "" : "wb-chip-warn"}` }, row.probability > 0 ? say(model, "portfolio.likely", { share: number(model, row.probability * 100, 0) }) : say(model, "portfolio.nothing")), row.judged ? [" ", make("span", { class: "wb-chip" }, say(model, "portfolio.people_said", { word: row.judged }))] : null, " ", make("span", { lang: row.language, dir: "auto" }, row.heading)),
      body);
  };
  return make("div", {},
    make("h2", { id: "wb-portfolio-detail", tabindex: "-1" }, one.name),
    make("dl", { class: "wb-facts" }, facts),
    make("table", { class: "wb-table" }, make("caption", {}, say(model, "portfolio.parts")), make("tbody", {}, parts)),
    make("h3", {}, say(model, "portfolio.commitments")), make("p", { class: "wb-soft wb-small" }, say(model, "portfolio.commitments_hint")),
    one.is_read ? null : make("p", { class: "wb-notice wb-notice-warn" }, say(model, "portfolio.nothing_read"), (one.problems ?? []).map((row) => [make("br"), make("span", { dir: "auto" }, `${row.source}: ${row.what}`)])),
    one.commitments.length > 0 ? make("div", { class: "wb-scroll wb-tall", tabindex: "0", role: "region", "aria-label": say(model, "portfolio.commitments") }, one.commitments.map(item)) : one.is_read ? make("p", { class: "wb-empty" }, say(model, "portfolio.no_commitments")) : null);
}

/** What the nation asks, and in how many territories it seems to be taken up. */
function gapsOf(model) {
  const rows = model.get("gaps");
  if (rows.length === 0) return null;
  const head = ["commitment", "sector", "expected", "likely_in", "nowhere"].map((name) => make("th", { scope: "col" }, say(model, `portfolio.${name}`)));
  return make("section", {}, make("h2", {}, say(model, "portfolio.gaps")), make("p", { class: "wb-soft" }, say(model, "portfolio.gaps_hint")),
    make("div", { class: "wb-scroll wb-tall", tabindex: "0", role: "region", "aria-label": say(model, "portfolio.gaps") }, make("table", { class: "wb-table wb-stack" }, make("thead", {}, make("tr", {}, head)),
      make("tbody", {}, rows.map((row) => make("tr", {}, make("th", { scope: "row", lang: row.language, dir: "auto" }, row.heading),
        make("td", { "data-label": say(model, "portfolio.sector") }, row.sector), make("td", { "data-label": say(model, "portfolio.expected") }, `${number(model, row.share * 100, 0)}\u00a0%`),
        make("td", { "data-label": say(model, "portfolio.likely_in") }, String(row.likely)), make("td", { "data-label": say(model, "portfolio.nowhere") }, String(row.nowhere))))))),
    saveButton(model, "wb-portfolio-gaps-csv", "commitments.csv", ["commitment_id", "heading", "sector", "expected_share", "likely", "nowhere"], () => rows.map((row) => [row.id, row.heading, row.sector, row.share.toFixed(4), row.likely, row.nowhere])));
}

/** Measures that several territories have in common, the earliest first; equal dates share a place. */
function clustersOf(model) {
  const { state, groups = [] } = model.get("clusters");
  const button = make("button", { type: "button", class: "wb-button", id: "wb-portfolio-clusters", disabled: state === "busy", onclick: () => model.send({ kind: "clusters" }) }, say(model, state === "busy" ? "portfolio.clusters_busy" : "portfolio.clusters_find"));
  const names = new Map(model.get("places").map((place) => [place.id, place.name]));
  const name = (row) => names.get(row.territory) ?? row.territory;
  const told = (group, row) => (row.order === null ? "–" : `${group.filter((other) => other.order === row.order).length > 1 ? "=" : ""}${row.order}`);
  const span = (group) => { const dates = group.map((row) => row.date).filter(Boolean); const [first, last] = [dates[0]?.slice(0, 4), dates.at(-1)?.slice(0, 4)]; return first ? ` ${first === last ? first : `${first}–${last}`}` : ""; };
  const line = (group) => make("details", { class: "wb-indicator wb-cluster" },
    make("summary", {}, make("b", {}, say(model, "portfolio.cluster_size", { count: group.length })), make("span", { dir: "auto" }, ` ${group[0].heading || group[0].text.slice(0, 80)}`), make("span", { class: "wb-small wb-soft" }, span(group))),
    make("table", { class: "wb-table wb-stack" },
      make("thead", {}, make("tr", {}, ["order", "date", "territory", "text"].map((column) => make("th", { scope: "col" }, say(model, `portfolio.${column}`))))),
      make("tbody", {}, group.map((row) => make("tr", {}, make("td", { "data-label": say(model, "portfolio.order") }, told(group, row)), make("td", { "data-label": say(model, "portfolio.date") }, row.date || say(model, "portfolio.no_date")), make("th", { scope: "row" }, name(row)), make("td", { lang: row.language, dir: "auto" }, row.text))))));
  const rows = () => groups.flatMap((group, number) => group.map((row) => [number + 1, told(group, row), row.date, row.territory, name(row), row.text]));
  return make("section", {}, make("h2", {}, say(model, "portfolio.clusters")), make("p", { class: "wb-soft" }, say(model, "portfolio.clusters_hint")),
    state === "done" ? null : button,
    state === "done" && groups.length === 0 ? make("p", { class: "wb-empty" }, say(model, "portfolio.clusters_none")) : null,
    groups.length > 0 ? make("div", { class: "wb-scroll wb-tall", tabindex: "0", role: "region", "aria-label": say(model, "portfolio.clusters") }, groups.map(line)) : null,
    groups.length > 0 ? saveButton(model, "wb-portfolio-clusters-csv", "clusters.csv", ["cluster", "order", "date", "territory_id", "name", "text"], rows) : null);
}

/** What was read, and what could not be used. */
function countedOf(model) {
  const { documents, provisions, territories, without_text: bare, is_complete: whole, problems = [], count = 0 } = model.get("summary");
  if (documents === undefined) return null;
  const told = (value) => value.toLocaleString(say(model, "language.code"));
  return make("section", { class: "wb-counted" },
    whole ? null : make("p", { class: "wb-notice wb-notice-warn" }, say(model, "portfolio.incomplete")),
    make("p", { class: "wb-soft" }, say(model, "portfolio.counted", { documents: told(documents), provisions: told(provisions), territories: told(territories) }), bare > 0 ? ` ${say(model, "portfolio.bare", { count: told(bare) })}` : "", count === 0 ? ` ${say(model, "portfolio.no_problems")}` : ""),
    count === 0 ? null : make("details", { class: "wb-problems" }, make("summary", {}, say(model, "portfolio.left_out", { count: told(count) })),
      make("div", { class: "wb-scroll wb-tall", tabindex: "0", role: "region", "aria-label": say(model, "portfolio.left_out", { count: told(count) }) }, make("table", { class: "wb-table wb-stack" },
        make("thead", {}, make("tr", {}, ["source", "what_is_wrong", "what_to_do"].map((column) => make("th", { scope: "col" }, say(model, `portfolio.${column}`))))),
        make("tbody", {}, problems.map((row) => make("tr", {}, make("th", { scope: "row", dir: "auto" }, row.source || "–"), make("td", { "data-label": say(model, "portfolio.what_is_wrong") }, row.what), make("td", { "data-label": say(model, "portfolio.what_to_do") }, row.todo)))))),
      count > problems.length ? make("p", { class: "wb-small wb-soft" }, say(model, "portfolio.first_problems", { count: problems.length })) : null));
}

/** What the numbers are: suggestions alone, or suggestions that people have corrected. */
function noticeOf(model) {
  const { count } = model.get("summary").judged ?? {};
  return make("p", { class: "wb-notice", role: "note" }, count > 0 ? say(model, "portfolio.what_corrected", { count }) : say(model, "portfolio.what"));
}

/** What people found in the cards drawn, for the country and its parts. */
function judgedOf(model) {
  const { count, whole, parts = [] } = model.get("summary").judged ?? {};
  if (!count) return null;
  const share = (value) => number(model, value * 100, 1);
  const line = (name, row) => make("tr", {}, make("th", { scope: "row", dir: "auto" }, name), make("td", { "data-label": say(model, "portfolio.judged_cards") }, String(row.judged)),
    make("td", { "data-label": say(model, "portfolio.judged_share") }, `${share(row.share)}\u00a0% (${share(row.low)}–${share(row.high)})`), make("td", { "data-label": say(model, "portfolio.before") }, `${share(row.before)}\u00a0%`));
  const head = ["part_column", "judged_cards", "judged_share", "before"].map((name) => make("th", { scope: "col" }, say(model, `portfolio.${name}`)));
  return make("details", { class: "wb-indicator wb-judged", open: true }, make("summary", {}, say(model, "portfolio.judged")),
    make("div", { class: "wb-indicator-body" }, make("p", { class: "wb-soft wb-small" }, say(model, "portfolio.judged_hint")),
      make("div", { class: "wb-scroll wb-tall", tabindex: "0", role: "region", "aria-label": say(model, "portfolio.judged") }, make("table", { class: "wb-table wb-stack" }, make("thead", {}, make("tr", {}, head)),
        make("tbody", {}, line(say(model, "portfolio.whole"), whole), parts.length > 1 ? parts.map((row) => line(row.part || "–", row)) : null)))));
}
