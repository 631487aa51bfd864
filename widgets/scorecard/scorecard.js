/** The scorecard: one headline, one table of dimensions, indicators that open to their provisions. */
function render({ model, el }) {
  const root = make("div", { class: "wb wb-score" });
  el.append(root);
  const share = (value) => `${number(model, value * 100, 0)}\u00a0%`;
  const range = (pair) => rangeOf(model, pair);

  const bar = (...given) => scoreBar(model, ...given);

  function headline(card) {
    const withheld = card.index === null;
    const fact = (name, text) => make("div", { class: "wb-fact" }, make("dt", {}, say(model, `scorecard.${name}`)), make("dd", {}, text));
    return make("section", { class: "wb-card wb-headline", "aria-labelledby": "wb-index" },
      make("div", {},
        make("h2", { id: "wb-index" }, say(model, "scorecard.index")),
        make("p", { class: "wb-big" }, make("a", { href: "#wb-profile" }, withheld ? say(model, "scorecard.withheld") : number(model, card.index)),
          withheld ? null : make("span", { class: "wb-soft wb-of" }, ` ${say(model, "scorecard.of")}`)),
        withheld ? null : bar(card.index, card.interval),
        make("p", {}, make("span", { class: `wb-chip ${card.status === "published" ? "wb-chip-good" : "wb-chip-warn"}` }, say(model, `scorecard.status.${card.status}`)),
          make("span", { class: "wb-chip" }, say(model, "scorecard.on_paper"))),
        card.reason ? make("p", { class: "wb-notice wb-notice-warn" }, card.reason) : null),
      make("dl", { class: "wb-facts" },
        fact("interval", range(card.interval)), fact("coverage", share(card.coverage)),
        fact("agreement", card.agreement === null ? say(model, "scorecard.no_agreement") : `${number(model, card.agreement, 2)}${card.agreement_interval ? ` (${card.agreement_interval.map((bound) => number(model, bound, 2)).join(" – ")})` : ""}`),
        fact("raters", String(card.raters)), fact("arithmetic", number(model, card.arithmetic)),
        fact("floor", say(model, "scorecard.floor_value", { floor: card.floor })), fact("scheme", card.scheme)));
  }

  function provisionLink(id) {
    const row = model.get("provisions")[id];
    if (!row) return null;
    const page = row.page ? ` · ${say(model, "compare.page", { page: row.page })}` : "";
    return make("li", {}, make("a", { href: address("compare", { territory: model.get("card").territory, provision: id }) }, make("bdi", {}, `${row.number} ${row.heading}`.trim() || row.excerpt.slice(0, 60))),
      make("span", { class: "wb-soft wb-small" }, " ", make("bdi", {}, row.document), page), make("div", { class: "wb-small", lang: row.language, dir: "auto" }, row.excerpt));
  }

  function indicator(row) {
    const links = (row.provisions ?? []).map(provisionLink).filter(Boolean);
    const value = row.score === null ? say(model, "scorecard.missing") : number(model, row.score);
    return make("details", { class: "wb-indicator", id: `wb-indicator-${row.id}` },
      make("summary", {}, make("b", {}, row.id), ` ${row.name}: `, make("b", {}, value), make("span", { class: "wb-soft wb-small" }, ` · ${say(model, "scorecard.coverage")} ${share(row.coverage)} · n = ${row.count}`)),
      make("div", { class: "wb-indicator-body" },
        make("p", {}, row.definition),
        row.formula ? make("p", { class: "wb-soft wb-small" }, row.formula) : null,
        row.reason ? make("p", { class: "wb-notice" }, row.reason) : null,
        row.interval ? make("p", { class: "wb-small" }, `${say(model, "scorecard.interval")}: ${range(row.interval)}`) : null,
        links.length > 0 ? [make("h3", {}, say(model, "scorecard.behind", { count: links.length })), make("ul", { class: "wb-behind" }, links)] : null));
  }

  function dimensions(card) {
    const head = ["dimension", "score", "interval", "coverage"].map((name) => make("th", { scope: "col" }, say(model, `scorecard.${name}`)));
    const rows = card.dimensions.map((row) => make("tr", { class: row.is_greyed ? "wb-grey" : "" },
      make("th", { scope: "row" }, make("a", { href: `#wb-dimension-${row.id}`, onclick: (event) => { event.preventDefault(); open(row.id); } }, `${row.id} ${row.name}`), row.is_greyed ? make("span", { class: "wb-chip wb-chip-warn" }, say(model, "scorecard.greyed")) : null),
      make("td", { "data-label": say(model, "scorecard.score") }, make("b", {}, number(model, row.score)), bar(row.score, row.interval, row.is_greyed)),
      make("td", { "data-label": say(model, "scorecard.interval") }, range(row.interval)),
      make("td", { "data-label": say(model, "scorecard.coverage") }, share(row.coverage))));
    return make("section", { id: "wb-profile" },
      make("h2", {}, say(model, "scorecard.profile")),
      make("p", { class: "wb-soft" }, say(model, "scorecard.profile_hint")),
      make("table", { class: "wb-table wb-stack" }, make("thead", {}, make("tr", {}, head)), make("tbody", {}, rows)));
  }

  function open(dimension) {
    for (const box of root.querySelectorAll(`#wb-dimension-${dimension} details`)) box.open = true;
    const target = root.querySelector(`#wb-dimension-${dimension}`);
    target?.scrollIntoView({ block: "start" });
    target?.querySelector("summary")?.focus();
  }

  function indicators(card) {
    return make("section", {}, make("h2", {}, say(model, "scorecard.indicators")),
      card.dimensions.map((dimension) => make("div", { id: `wb-dimension-${dimension.id}` },
        make("h3", {}, `${dimension.id} ${dimension.name}`), dimension.definition ? make("p", { class: "wb-soft" }, dimension.definition) : null,
        card.indicators.filter((row) => row.dimension === dimension.id).map(indicator))));
  }

  /** What is known beyond the scheme: shown, not counted in this index. */
  function others(card) {
    const rows = card.others ?? [];
    return rows.length > 0 ? make("section", { id: "wb-others" }, make("h2", {}, say(model, "scorecard.others")), make("p", { class: "wb-soft" }, say(model, "scorecard.others_hint")), rows.map(indicator)) : null;
  }

  function classes() {
    const groups = Map.groupBy ? Map.groupBy(model.get("classes"), (row) => row.class) : group(model.get("classes"));
    if (groups.size === 0) return null;
    return make("section", {}, make("h2", {}, say(model, "scorecard.classes")), make("p", { class: "wb-soft" }, say(model, "scorecard.classes_hint")),
      [...groups].map(([name, rows]) => make("details", { class: "wb-indicator" },
        make("summary", {}, `${say(model, `class.${name}`)} `, make("b", {}, String(rows.length))),
        make("ul", { class: "wb-behind" }, rows.map((row) => provisionLink(row.provision_id))))));
  }

  function group(rows) {
    const groups = new Map();
    for (const row of rows) groups.set(row.class, [...(groups.get(row.class) ?? []), row]);
    return groups;
  }

  function draw() {
    const card = model.get("card");
    const title = make("h1", {}, say(model, "scorecard.title"));
    if (!model.get("is_ready")) return fill(root, title, make("p", { class: "wb-soft", role: "status" }, say(model, "scorecard.loading")));
    if (!card.dimensions) return fill(root, title, make("p", { class: "wb-empty" }, say(model, "scorecard.empty"), " ", make("a", { href: address("documents") }, say(model, "steps.documents"))));
    const told = model.get("summary");
    fill(root, title, told.length > 0 ? make("section", { class: "wb-told", id: "wb-told" }, make("p", { class: "wb-lead" }, told[0]), make("ul", {}, told.slice(1).map((line) => make("li", {}, line)))) : null,
      headline(card), dimensions(card), sidesOf(model, card), practiceOf(model, card), gapsOf(model, card), contributionsOf(model), liftOf(model, provisionLink), doubtOf(model), peersOf(model), indicators(card), others(card), classes(),
      make("p", { class: "wb-noprint" }, make("a", { class: "wb-button wb-primary", id: "wb-next", href: address("practices") }, say(model, "scorecard.next")), " ", make("a", { class: "wb-button", href: address("compare") }, say(model, "scorecard.judge_more"))));
  }
  model.on("change:labels change:card change:provisions change:classes change:summary change:contributions change:lift change:doubt change:peers change:is_ready", draw);
  draw();
}
export default { render };
