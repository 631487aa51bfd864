const ROW = 50;
/** A text as people type it in a hurry: small letters, no accents. */
const plainly = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();

/** The ranking: as many rows as there are territories, as many in the page as can be seen. */
function ranksOf(model, { places, values, scale, choose }) {
  const view = { order: [], words: "", by: "rank", at: 0 };
  const body = make("div", { class: "wb-ranks-body", role: "presentation" });
  const scroller = make("div", { class: "wb-ranks-scroll", tabindex: "0", role: "rowgroup" }, body);
  const table = make("div", { class: "wb-ranks-table", role: "table" });
  const count = make("p", { class: "wb-small wb-soft", role: "status" });
  const printed = make("div", { class: "wb-ranks-printed wb-printonly" });
  const host = make("div", { class: "wb-ranks" });

  /** Territories by rank: those that share one are marked. */
  let sharing = new Map();
  function sort() {
    sharing = new Map();
    places().forEach((_, row) => sharing.set(values(row, 3), (sharing.get(values(row, 3)) ?? 0) + 1));
    const words = plainly(view.words);
    const kept = places().map((_, row) => row).filter((row) => !words || plainly(`${places()[row].name} ${places()[row].region ?? ""} ${places()[row].id}`).includes(words));
    const rank = (row) => values(row, 3);
    const last = (value) => (Number.isNaN(value) ? Infinity : value);
    if (view.by === "name") kept.sort((a, b) => places()[a].name.localeCompare(places()[b].name));
    else kept.sort((a, b) => last(rank(a)) - last(rank(b)) || places()[a].name.localeCompare(places()[b].name));
    view.order = kept;
    fill(count, say(model, "portfolio.shown", { count: kept.length, all: places().length }));
    draw(true);
  }

  const reach = make("span", { role: "columnheader" });
  function rankText(row) {
    const [rank, low, high] = [3, 4, 5].map((column) => values(row, column));
    if (Number.isNaN(rank)) return "–";
    const own = sharing.get(rank) > 1 ? `=${rank}` : `${rank}`;
    return low === high ? own : `${own} (${low}–${high})`;
  }

  /** The estimate with its interval. */
  function told(row) {
    if (Number.isNaN(values(row, 0))) return "–";
    return `${number(model, values(row, 0))} (${number(model, values(row, 1))}–${number(model, values(row, 2))})`;
  }
  const whyNone = (place) => say(model, place.provisions > 0 ? "portfolio.too_little" : "portfolio.no_text");

  function line(row, index) {
    const place = places()[row];
    const score = values(row, 0);
    const chosen = place.id === model.get("selection");
    const part = (value) => (100 * value) / scale().top;
    const bar = Number.isNaN(score) ? make("span", { class: "wb-small wb-soft" }, whyNone(place))
      : make("span", { class: "wb-span", "aria-hidden": "true" }, make("i", { style: `left:${part(values(row, 1))}%;width:${Math.max(part(values(row, 2) - values(row, 1)), 0.5)}%` }), make("b", { style: `left:${part(score)}%` }));
    return make("div", { class: chosen ? "wb-rank wb-chosen" : "wb-rank", role: "row", "aria-rowindex": index + 2, style: `top:${index * ROW}px` },
      make("span", { role: "cell" }, rankText(row)),
      make("span", { role: "cell" }, make("button", { type: "button", class: "wb-title", id: `wb-place-${place.id}`, "aria-pressed": String(chosen), onclick: () => choose(place.id) }, place.name), make("span", { class: "wb-small wb-soft wb-region" }, `${[place.region, place.provisions > 0 ? say(model, "portfolio.read_count", { count: place.provisions.toLocaleString(say(model, "language.code")) }) : ""].filter(Boolean).join(" · ")}`)),
      make("span", { role: "cell" }, told(row)), make("span", { role: "cell" }, bar));
  }

  let drawn = "";
  function draw(again = false) {
    const first = Math.max(0, Math.floor(scroller.scrollTop / ROW) - 4);
    const last = Math.min(view.order.length, first + Math.ceil((scroller.clientHeight || 480) / ROW) + 8);
    if (!again && drawn === `${first}-${last}`) return;
    drawn = `${first}-${last}`;
    fill(reach, say(model, "portfolio.interval_to", { top: scale().top }));
    body.style.height = `${view.order.length * ROW}px`;
    table.setAttribute("aria-rowcount", view.order.length + 1);
    fill(body, view.order.slice(first, last).map((row, index) => line(row, first + index)));
  }
  scroller.addEventListener("scroll", () => draw());
  body.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const at = view.order.findIndex((row) => `wb-place-${places()[row].id}` === document.activeElement?.id);
    const next = view.order[Math.min(Math.max(at + step, 0), view.order.length - 1)];
    event.preventDefault();
    const top = Math.max(0, view.order.indexOf(next)) * ROW;
    if (top < scroller.scrollTop) scroller.scrollTop = top;
    else if (top + ROW > scroller.scrollTop + scroller.clientHeight) scroller.scrollTop = top + ROW - scroller.clientHeight;
    draw(true);
    document.getElementById(`wb-place-${places()[next].id}`)?.focus();
  });

  function frame() {
    for (const part of [table, scroller]) part.setAttribute("aria-label", say(model, "portfolio.ranking"));
    const head = make("div", { class: "wb-rank wb-rank-head", role: "row" }, ["rank", "territory", "estimate"].map((name) => make("span", { role: "columnheader" }, say(model, `portfolio.${name}`))), reach);
    fill(table, make("div", { role: "rowgroup" }, head), scroller);
    fill(host,
      make("div", { class: "wb-row wb-noprint" },
        make("label", { class: "wb-field" }, make("span", { class: "wb-label" }, say(model, "portfolio.find")), make("input", { type: "search", class: "wb-input", id: "wb-portfolio-find", value: view.words, oninput: (event) => { view.words = event.target.value; scroller.scrollTop = 0; sort(); } })),
        choice(say(model, "portfolio.sort"), ["rank", "territory"].map((name) => [name === "territory" ? "name" : name, say(model, `portfolio.${name}`)]), view.by, (value) => { view.by = value; scroller.scrollTop = 0; sort(); }, { id: "wb-portfolio-sort" })),
      make("p", { class: "wb-small wb-soft" }, `${say(model, "portfolio.ties")} ${say(model, "portfolio.more_text")}`), count, table, printed);
    sort();
  }
  /** Write the whole ranking into the page while it is printed. */
  const watchPaper = () => onPaper(printed, () => printedRanks(model, { words: view.words, order: view.order, places, rankText, told: (row) => (Number.isNaN(values(row, 0)) ? whyNone(places()[row]) : told(row)) }));
  return { host, frame, sort, draw, order: () => view.order, rankText, watchPaper };
}
