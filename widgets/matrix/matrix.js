/** A territory by sector, and its pairs of provisions as a grid. */
function render({ model, el }) {
  const root = make("div", { class: "wb wb-matrix" });
  el.append(root);
  const shown = choiceOf(model);
  const table = make("div");
  const drawSectors = sectorsOf(model, table);
  const status = make("div", { class: "wb-lattice-said" });
  const told = make("p", { id: "wb-said", role: "status" });
  const way = make("p", { class: "wb-noprint" });
  const count = make("p", { class: "wb-small wb-soft", id: "wb-count", role: "status" });
  const empty = make("p", { class: "wb-empty" });
  const isPage = () => Boolean(document.body.dataset.voila);
  const link = (national, local) => address("compare", { provision: national.id, with: local.id });
  /** A provision by number and heading, with its document where its side has several. */
  function nameOf(side, one) {
    const isAlone = new Set(model.get(side).map((other) => other.document)).size < 2;
    return `${one.number} ${one.name}${isAlone ? "" : ` (${one.document})`}`;
  }

  /** Say a cell in words, and lead to the two texts. */
  function point(row, column) {
    const national = shown.rows()[row], local = shown.columns()[column];
    if (!national || !local) return fill(told, say(model, "matrix.choose"));
    fill(told, make("bdi", { lang: national.language }, nameOf("national", national)), " × ", make("bdi", { lang: local.language }, nameOf("local", local)), ": ", make("b", {}, wordsOf(model, shown.at(row, column))));
    fill(way, isPage() ? make("a", { id: "wb-open", href: link(national, local) }, say(model, "matrix.open")) : null);
  }
  function choose(row, column) {
    const national = shown.rows()[row], local = shown.columns()[column];
    model.set("value", { national: national.id, local: local.id });
    model.save_changes();
    if (isPage()) location.assign(link(national, local));
  }
  const grid = gridOf(model, { ...shown, point, choose });

  function renew() {
    shown.renew();
    const hasCells = shown.rows().length > 0 && shown.columns().length > 0;
    fill(count, say(model, "matrix.shown", { rows: shown.rows().length, columns: shown.columns().length }));
    fill(empty, say(model, model.get("national").length > 0 ? "matrix.no_match" : "matrix.empty"));
    empty.hidden = hasCells;
    grid.host.hidden = status.hidden = !hasCells;
    grid.reset();
    point(-1, -1);
    fill(way);
  }
  /** Show the cell that Python, or a click before, has chosen. */
  function follow() {
    const value = model.get("value");
    const row = shown.rows().findIndex((one) => one.id === value.national), column = shown.columns().findIndex((one) => one.id === value.local);
    grid.draw(true);
    if (row >= 0 && column >= 0) grid.go(row, column);
  }
  function draw() {
    if (!model.get("is_ready")) return fill(root, make("h1", {}, say(model, "matrix.title")), make("p", { class: "wb-soft", role: "status" }, say(model, "matrix.loading")));
    const names = Object.entries(model.get("names")).filter(([code]) => model.get("national").some((one) => one.sectors.includes(code)));
    const sample = (state, text) => make("li", {}, make("span", { class: `wb-cell wb-swatch-cell wb-${state}`, "aria-hidden": "true" }, text), make("span", {}, say(model, `matrix.state.${state}`)));
    grid.host.setAttribute("aria-label", say(model, "matrix.grid"));
    grid.host.setAttribute("aria-describedby", "wb-lattice-hint");
    fill(status, told, way);
    drawSectors();
    const blind = model.get("blind");
    fill(root, make("h1", {}, say(model, "matrix.title")),
      blind ? make("p", { class: "wb-notice", role: "note" }, say(model, `matrix.blind.${blind}`), blind === "guest" && isPage() ? [" ", make("a", { href: address("start") }, say(model, "steps.start"))] : null) : null,
      table, make("h2", {}, say(model, "matrix.grid")), make("p", { class: "wb-printonly" }, say(model, "matrix.not_printed")), make("p", { class: "wb-soft wb-small", id: "wb-lattice-hint" }, say(model, "matrix.grid_hint")),
      make("ul", { class: "wb-states" }, sample("judged", "+2"), sample("carried", "2/3"), sample("suggested", "~62"), sample("against", "!"), sample("unknown", "")),
      make("div", { class: "wb-row" },
        choice(say(model, "matrix.sector"), [["", say(model, "matrix.every_sector")], ...names], shown.asked.sector, (value) => { shown.asked.sector = value; renew(); }, { id: "wb-matrix-sector" }),
        choice(say(model, "matrix.show"), ["all", "judged", "conflicts"].map((name) => [name, say(model, `matrix.show.${name}`)]), shown.asked.show, (value) => { shown.asked.show = value; renew(); }, { id: "wb-matrix-show" })),
      count, status, grid.host, empty,
      make("p", { class: "wb-noprint" }, make("button", { type: "button", class: "wb-button", id: "wb-matrix-csv", onclick: () => download(model, shown) }, say(model, "matrix.csv"))));
    renew();
    follow();
  }
  model.on("change:value", follow);
  model.on("change:scores", () => model.get("is_ready") && drawSectors());
  // What changes together is drawn once.
  let isDue = false;
  model.on("change:labels change:is_ready change:national change:local change:cells change:sectors change:names change:blind", () => {
    if (isDue) return;
    isDue = true;
    queueMicrotask(() => { isDue = false; draw(); });
  });
  draw();
}
export default { render };
