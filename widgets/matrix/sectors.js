/** A territory by sector: what is asked, taken up and there. */
function sectorTable(model) {
  const unknown = () => make("span", { class: "wb-soft" }, say(model, "matrix.missing"));
  const share = (value) => (value === null ? unknown() : `${number(model, value * 100, 0)}\u00a0%`);
  const whole = (value) => (value === null ? unknown() : String(value));
  const columns = [["asked", whole], ["judged", whole], ["uptake", share], ["conflicts", whole], ["measures", whole], ["means", share], ["references", share]];
  return [make("p", { class: "wb-soft wb-small" }, say(model, "matrix.by_sector_hint")),
    make("table", { class: "wb-table wb-stack", id: "wb-sectors" }, make("caption", { class: "wb-hidden" }, say(model, "matrix.by_sector")),
      make("thead", {}, make("tr", {}, ["sector", ...columns.map(([name]) => name)].map((name) => make("th", { scope: "col" }, say(model, `matrix.${name}`))))),
      make("tbody", {}, model.get("sectors").map((row) => make("tr", {}, make("th", { scope: "row" }, row.name), columns.map(([name, shape]) => make("td", { "data-label": say(model, `matrix.${name}`) }, shape(row[name])))))))];
}

/** The scores of a territory by sector and dimension, each with the indicators it is made of, or why there is none. */
function scoreTable(model) {
  const { dimensions, rows, apart } = model.get("scores");
  if (!rows) return [make("p", { class: "wb-soft", role: "status" }, say(model, "matrix.loading"))];
  const name = (one) => `${one.id}. ${one.name}`;
  const cell = (one) => (one.score === null ? make("span", { class: "wb-soft wb-small" }, one.reason)
    : [make("b", {}, number(model, one.score, 0)), one.is_greyed ? " " : null, one.is_greyed ? make("span", { class: "wb-chip wb-chip-warn" }, say(model, "matrix.greyed", { share: number(model, one.coverage * 100, 0) })) : null,
      make("span", { class: "wb-soft wb-small wb-parts" }, one.parts.map(([id, score]) => `${id}\u00a0${number(model, score, 0)}`).join(" · "))]);
  return [make("p", { class: "wb-soft wb-small" }, say(model, "matrix.by_dimension_hint")),
    make("table", { class: "wb-table wb-stack", id: "wb-scores" }, make("caption", { class: "wb-hidden" }, say(model, "matrix.by_dimension")),
      make("thead", {}, make("tr", {}, make("th", { scope: "col" }, say(model, "matrix.sector")), dimensions.map((one) => make("th", { scope: "col" }, name(one))))),
      make("tbody", {}, rows.map((row) => make("tr", { class: row.is_whole ? "wb-whole" : null }, make("th", { scope: "row" }, row.name), row.cells.map((one, place) => make("td", { "data-label": name(dimensions[place]) }, cell(one))))))),
    make("p", { class: "wb-small", id: "wb-apart" }, say(model, "matrix.apart", { names: apart.map(name).join(", ") }), " ",
      document.body.dataset.voila ? make("a", { href: address("scorecard") }, say(model, "matrix.to_scorecard")) : null)];
}

/** The sectors: what is asked and there, or the scores, as the reader chooses; the address keeps which. */
function sectorsOf(model, host) {
  const kinds = { counts: sectorTable, scores: scoreTable };
  let shown = document.body.dataset.voila && new URLSearchParams(location.search).get("sectors") === "scores" ? "scores" : "counts";
  function draw() {
    const turn = (kind) => { shown = kind; remember({ sectors: kind === "scores" ? kind : "" }); draw(); };
    fill(host, make("h2", {}, say(model, "matrix.by_sector")),
      make("div", { class: "wb-row wb-noprint" }, choice(say(model, "matrix.sectors_show"), [["counts", say(model, "matrix.counts")], ["scores", say(model, "matrix.by_dimension")]], shown, turn, { id: "wb-sectors-show" })),
      kinds[shown](model));
  }
  return draw;
}
