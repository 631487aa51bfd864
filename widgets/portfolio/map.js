/** A scale for what the numbers span: at most five bands of equal, round width, and the end of the bars beside them. */
function scaleOf(scores, highs) {
  const known = scores.filter((score) => !Number.isNaN(score));
  const least = known.reduce((low, score) => Math.min(low, score), known.length > 0 ? Infinity : 0);
  const most = known.reduce((high, score) => Math.max(high, score), 0);
  let step = 20;
  for (const width of [1, 2, 5, 10]) if (Math.ceil((most + 1e-9) / width) - Math.floor(least / width) <= 5) { step = width; break; }
  const from = Math.floor(least / step) * step;
  const count = Math.max(1, Math.min(5, Math.ceil((most - from) / step + 1e-9)));
  const reach = highs.reduce((high, score) => (Number.isNaN(score) ? high : Math.max(high, score)), 1);
  const top = [5, 10, 20, 25, 50, 75, 100].find((end) => end >= reach) ?? 100;
  return { from, step, count, top };
}

/** The band of a score, or -1 where there is none. */
const bandOf = (score, scale) => (Number.isNaN(score) ? -1 : Math.min(scale.count - 1, Math.floor((score - scale.from) / scale.step)));

/** The map: shapes drawn once, recoloured when numbers change. The table beside it says the same in words. */
function mapOf(model, { score, scale, choose, point }) {
  const host = make("figure", { class: "wb-map" });
  const shapes = new Map();
  const bands = new Map();
  let drawing;

  const legend = make("ul", { class: "wb-legend" });
  function drawLegend() {
    const { from, step, count } = scale();
    const bars = Array.from({ length: count }, (_, index) => make("li", {}, make("span", { class: `wb-swatch wb-band-${index}`, "aria-hidden": "true" }), `${from + index * step}–${from + (index + 1) * step}`));
    const none = make("li", {}, make("span", { class: "wb-swatch wb-band-none", "aria-hidden": "true" }), say(model, "portfolio.no_number"));
    fill(legend, bars, none);
  }

  function draw(geometry) {
    shapes.clear();
    bands.clear();
    const hatch = svg("pattern", { id: "wb-hatch", width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, svg("rect", { width: 6, height: 6, fill: "#fff" }), svg("path", { d: "M0,0V6", stroke: "#71818f", "stroke-width": 2 }));
    drawing = svg("svg", { viewBox: `-4 -4 ${geometry.width + 8} ${geometry.height + 8}`, role: "img", "aria-label": say(model, "portfolio.map_text", { count: geometry.places.length }) }, svg("defs", {}, hatch));
    for (const [id, path] of geometry.places) {
      const shape = svg("path", { d: path, "data-id": id });
      shapes.set(id, shape);
      drawing.append(shape);
    }
    for (const [x, y, text] of geometry.labels ?? []) {
      const label = svg("text", { x, y, class: "wb-map-label" });
      label.textContent = text;
      drawing.append(label);
    }
    drawing.addEventListener("click", (event) => event.target.dataset?.id && choose(event.target.dataset.id));
    drawing.addEventListener("pointermove", (event) => event.target.dataset?.id && point(event.target.dataset.id));
    drawing.style.maxWidth = `${geometry.width * 4}px`; // a handful of tiles is no poster
    fill(host, drawing, make("figcaption", {}, legend, geometry.without?.length > 0 ? make("p", { class: "wb-small wb-soft" }, say(model, "portfolio.without_shape", { count: geometry.without.length })) : null));
    colour();
  }

  function colour() {
    drawLegend();
    const now = scale();
    for (const [id, shape] of shapes) {
      const band = bandOf(score(id), now);
      if (bands.get(id) === band) continue;
      bands.set(id, band);
      shape.setAttribute("class", band < 0 ? "wb-band-none" : `wb-band-${band}`);
    }
  }

  let marked;
  function mark(id) {
    marked?.classList.remove("wb-marked");
    marked = shapes.get(id);
    if (!marked) return;
    marked.classList.add("wb-marked");
    marked.parentNode.append(marked); // its outline lies above its neighbours
  }

  const fetched = new Map();
  async function shapesAt(address) {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }
  async function load() {
    const given = model.get("geometry");
    if (given.address) {
      try {
        if (!fetched.has(given.address)) fetched.set(given.address, shapesAt(given.address));
        draw(await fetched.get(given.address));
      } catch {
        fetched.delete(given.address);
        fill(host, make("p", { class: "wb-notice wb-notice-warn" }, say(model, "portfolio.no_map")));
      }
    } else if (given.places) draw(given);
  }
  return { host, load, colour, mark };
}
