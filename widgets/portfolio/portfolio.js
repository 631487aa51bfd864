/** A country at a glance: estimates on a map and in a ranking, by weights that can be moved. */
function render({ model, el }) {
  const root = make("div", { class: "wb wb-portfolio" });
  el.append(root);
  let numbers = new Float32Array(0);
  let rowOf = new Map();
  let scale = scaleOf([], []);
  const places = () => model.get("places");
  const values = (row, column) => numbers[row * 6 + column];
  const score = (id) => (rowOf.has(id) ? values(rowOf.get(id), 0) : NaN);

  // Who chooses is led to what comes, which may lie below what is in sight.
  let isAsked = false;
  function choose(id) {
    model.set("selection", id);
    model.save_changes();
    model.send({ kind: "choose", territory: id });
    remember({ territory: id });
    isAsked = true;
  }
  const told = make("p", { class: "wb-small wb-told", "aria-hidden": "true" }, "\u00a0");
  function point(id) {
    const row = rowOf.get(id);
    if (row === undefined) return;
    told.textContent = `${places()[row].name}: ${Number.isNaN(values(row, 0)) ? say(model, "portfolio.no_number") : `${number(model, values(row, 0))} · ${say(model, "portfolio.rank")} ${ranks.rankText(row)}`}`;
  }
  const map = mapOf(model, { score, scale: () => scale, choose, point });
  const ranks = ranksOf(model, { places, values, scale: () => scale, choose });
  const spread = spreadOf(model, { places, values, scale: () => scale });
  const detail = make("section", { class: "wb-card wb-detail", "aria-live": "polite" });
  const bodies = new Map();
  const gaps = make("div");
  const clusters = make("div");
  const sliders = make("fieldset", { class: "wb-sliders" });

  let timer;
  function weigh(id, value) {
    const weights = { ...model.get("weights"), [id]: value };
    model.set("weights", weights);
    remember({ weights: Object.entries(weights).map(([part, share]) => `${part}:${Number(share.toFixed(3))}`).join("_") });
    sliders.querySelector(`#wb-weight-told-${id}`).textContent = number(model, value, 2);
    clearTimeout(timer);
    timer = setTimeout(() => model.send({ kind: "weights", values: weights }), 15);
  }
  function drawSliders() {
    const weights = model.get("weights");
    fill(sliders, make("legend", {}, say(model, "portfolio.weights")),
      model.get("parts").map((part) => make("div", { class: "wb-slider" },
        make("label", { for: `wb-weight-${part.id}` }, `${part.name} `), make("output", { id: `wb-weight-told-${part.id}`, for: `wb-weight-${part.id}` }, number(model, weights[part.id] ?? 0, 2)),
        make("input", { type: "range", id: `wb-weight-${part.id}`, min: 0, max: 2, step: 0.05, value: weights[part.id] ?? 0, "aria-describedby": `wb-weight-about-${part.id}`, oninput: (event) => weigh(part.id, Number(event.target.value)) }),
        make("span", { class: "wb-small wb-soft", id: `wb-weight-about-${part.id}` }, part.definition))),
      make("div", {}, make("button", { type: "button", class: "wb-button wb-noprint", id: "wb-weights-again", onclick: () => { remember({ weights: "" }); model.send({ kind: "weights_again" }); } }, say(model, "portfolio.weights_again"))));
  }

  function takeNumbers() {
    const bytes = model.get("scores");
    if (!bytes?.byteLength) return;
    numbers = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
    const column = (at) => places().map((_, row) => values(row, at));
    scale = scaleOf(column(0), column(2));
    root.dataset.round = String(Number(root.dataset.round ?? 0) + 1);
    map.colour();
    ranks.sort();
    spread.draw();
  }

  const HEAD = ["territory_id", "name", "region", "score", "low", "high", "rank", "rank_low", "rank_high"];
  const seen = () => ranks.order().map((row) => [places()[row].id, places()[row].name, places()[row].region, ...[0, 1, 2, 3, 4, 5].map((column) => (Number.isNaN(values(row, column)) ? "" : Number(values(row, column).toFixed(3))))]);

  function drawDetail() { fill(detail, detailOf(model, bodies)); map.mark(model.get("selection")); ranks.draw(true); if (isAsked && model.get("detail").id === model.get("selection")) { isAsked = false; const head = detail.querySelector("h2"); head?.focus({ preventScroll: true }); head?.scrollIntoView({ block: "nearest" }); if (head && head.getBoundingClientRect().bottom > innerHeight - 120) head.scrollIntoView({ block: "start" }); } }
  function draw() {
    if (!model.get("is_ready")) return fill(root, make("h1", {}, say(model, "portfolio.title")), make("p", { class: "wb-soft", role: "status" }, say(model, "portfolio.loading")));
    if (places().length === 0) return fill(root, make("h1", {}, say(model, "portfolio.title")), make("div", { class: "wb-empty" }, make("p", {}, say(model, "portfolio.empty")), make("code", {}, say(model, "portfolio.commands"))));
    rowOf = new Map(places().map((place, row) => [place.id, row]));
    drawSliders();
    fill(gaps, gapsOf(model));
    fill(clusters, clustersOf(model));
    fill(root, make("h1", {}, say(model, "portfolio.title")), noticeOf(model), countedOf(model),
      make("div", { class: "wb-country" }, make("div", {}, map.host, told, sliders), make("div", {}, ranks.host, saveButton(model, "wb-portfolio-csv", "estimates.csv", HEAD, seen))),
      detail, judgedOf(model), spread.host, gaps, clusters);
    ranks.frame();
    takeNumbers();
    map.load().then(() => map.mark(model.get("selection")));
    drawDetail();
  }
  model.on("change:scores", takeNumbers);
  model.on("change:detail change:selection", drawDetail);
  model.on("change:passages", () => { for (const id of Object.keys(model.get("passages"))) if (bodies.get(id)?.parentElement?.open) fillPassage(model, bodies.get(id), id); });
  model.on("change:weights", () => {
    for (const [id, value] of Object.entries(model.get("weights"))) {
      const slider = sliders.querySelector(`#wb-weight-${id}`);
      if (slider && slider !== document.activeElement) { slider.value = value; sliders.querySelector(`#wb-weight-told-${id}`).textContent = number(model, value, 2); }
    }
  });
  model.on("change:clusters", () => fill(clusters, clustersOf(model)));
  // What changes together is drawn once.
  let isDue = false;
  model.on("change:labels change:is_ready change:places change:geometry change:gaps change:summary", () => {
    if (isDue) return;
    isDue = true;
    queueMicrotask(() => { isDue = false; draw(); });
  });
  draw();
  return ranks.watchPaper();
}
export default { render };
