/** How the numbers lie by region, size or type: a line a group, quarters as a box, and the same as a table. */
function spreadOf(model, { places, values, scale }) {
  const host = make("section", { class: "wb-spread" });
  let by = "region";
  const SIZES = [10_000, 50_000, 200_000, 1_000_000];

  function group(place) {
    if (by !== "size") return place[by] || say(model, "portfolio.unknown");
    if (place.population === null || place.population === undefined) return say(model, "portfolio.unknown");
    const at = SIZES.findIndex((most) => place.population < most);
    const text = (value) => value.toLocaleString(say(model, "language.code"));
    if (at === 0) return `< ${text(SIZES[0])}`;
    return at < 0 ? `≥ ${text(SIZES.at(-1))}` : `${text(SIZES[at - 1])} – ${text(SIZES[at])}`;
  }

  const quarter = (sorted, share) => {
    const at = (sorted.length - 1) * share;
    const low = Math.floor(at);
    return sorted[low] + (sorted[Math.ceil(at)] - sorted[low]) * (at - low);
  };

  function draw() {
    const groups = new Map();
    places().forEach((place, row) => {
      const name = group(place);
      const one = groups.get(name) ?? { name, all: 0, scores: [], least: Infinity };
      one.all += 1;
      one.least = Math.min(one.least, place.population ?? Infinity);
      if (!Number.isNaN(values(row, 0))) one.scores.push(values(row, 0));
      groups.set(name, one);
    });
    const rows = [...groups.values()].map((one) => {
      const sorted = one.scores.sort((a, b) => a - b);
      return { ...one, known: sorted.length, marks: sorted.length > 0 ? [0, 0.25, 0.5, 0.75, 1].map((share) => quarter(sorted, share)) : null };
    });
    rows.sort(by === "size" ? (a, b) => a.least - b.least : (a, b) => (b.marks?.[2] ?? -1) - (a.marks?.[2] ?? -1));
    const part = (value) => (100 * value) / scale().top;
    const box = (marks) => (marks ? make("span", { class: "wb-span", "aria-hidden": "true" }, make("u", { style: `left:${part(marks[0])}%;width:${part(marks[4] - marks[0])}%` }), make("i", { style: `left:${part(marks[1])}%;width:${Math.max(part(marks[3] - marks[1]), 0.5)}%` }), make("b", { style: `left:${part(marks[2])}%` })) : "–");
    const head = ["group", "territories", "with_number", "middle", "quarters", "spread_to"].map((name) => make("th", { scope: "col" }, say(model, `portfolio.${name}`, { top: scale().top })));
    fill(host,
      make("h2", {}, say(model, "portfolio.distribution")),
      make("p", { class: "wb-soft" }, say(model, "portfolio.distribution_hint")),
      choice(say(model, "portfolio.by"), ["region", "size", "type"].map((name) => [name, say(model, `portfolio.by.${name}`)]), by, (value) => { by = value; draw(); }, { id: "wb-portfolio-by" }),
      make("div", { class: "wb-scroll wb-tall", tabindex: "0", role: "region", "aria-label": say(model, "portfolio.distribution") }, make("table", { class: "wb-table wb-stack" }, make("thead", {}, make("tr", {}, head)),
        make("tbody", {}, rows.map((row) => make("tr", {}, make("th", { scope: "row" }, row.name),
          make("td", { "data-label": say(model, "portfolio.territories") }, String(row.all)), make("td", { "data-label": say(model, "portfolio.with_number") }, String(row.known)),
          make("td", { "data-label": say(model, "portfolio.middle") }, number(model, row.marks?.[2])),
          make("td", { "data-label": say(model, "portfolio.quarters") }, row.marks ? `${number(model, row.marks[1])} – ${number(model, row.marks[3])}` : "–"),
          make("td", {}, box(row.marks))))))));
  }
  return { host, draw };
}
