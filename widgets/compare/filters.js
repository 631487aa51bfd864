/** The filters there are: the queue where the reader has one. */
const filtersOf = (model) => [...(model.get("queue").length > 0 ? ["queue"] : []), "calls", "open", "conflict", "alone", "all"];

/** What the lists show: of the national side commitments, of both what fits the filter, the sector, the search. */
function listed(app, side) {
  const { model, view, book, queue } = app;
  const all = book.of(side).rows;
  const hits = view.found[side];
  const docs = view.documents[side];
  const plain = (row) => (!hits || hits.has(row.id)) && (docs.size === 0 || docs.has(row.document)) && (!view.sector || row.sectors.includes(view.sector));
  if (side === "national" && view.filter === "queue") {
    return queue.entries(app.cardId(app.chosen().id)).map((entry) => ({ ...book.find(side, entry.id), audit: entry.audit, entry })).filter((row) => row.id && plain(row));
  }
  const against = view.filter === "conflict" ? conflicting(model, app) : null;
  return all.filter((row) => {
    if (!plain(row)) return false;
    if (against) return against.has(row.id);
    if (view.filter === "alone") return row.alone;
    if (side === "local" || view.filter === "all" || row.id === app.chosen().id) return true;
    const card = app.cardOf(row.id);
    return card?.calls === "yes" && (view.filter !== "open" || !app.verdictOf(row.id));
  });
}

/** Provisions in which the reader saw a conflict: of judged commitments with what carries them, and of rated pairs. */
function conflicting(model, app) {
  const found = new Set();
  for (const [national, card] of Object.entries(model.get("cards"))) {
    const said = app.judging.newest("verdicts", card.card);
    if (said?.conflict > 0) [national, ...(said.carried_by ?? [])].forEach((id) => found.add(id));
  }
  for (const [key, said] of Object.entries(model.get("pairs"))) if (said.relation < 0 || said.relation_back < 0) key.split("|").forEach((id) => found.add(id));
  return found;
}

/** A choice of several, folded away: a list of [value, text, is chosen] with boxes to tick; `name` says what is chosen. */
function severalOf(id, label, options, change, name = "") {
  return make("details", { class: "wb-several", id }, make("summary", { class: "wb-input", "aria-label": name ? `${name}: ${label}` : null }, label),
    make("ul", {}, options.map(([value, text, is_on], place) => make("li", {}, make("label", { class: "wb-check" },
      make("input", { type: "checkbox", id: `${id}-${place}`, checked: is_on, onchange: (event) => change(value, event.target.checked) }), make("bdi", {}, text))))));
}

/** Which tools hold something that the lists or the reader go by: those above the panes, those of a side. */
function holding(app) {
  const { model, view } = app;
  const found = view.sector || model.get("beside").length > 0 ? ["above"] : [];
  return [...found, ...["national", "local"].filter((side) => view.search[side].trim() || view.documents[side].size > 0)];
}

/**
 * The button that shows tools folded away, and hides them again. Folded, it says what they hold, so that nothing works
 * on the lists unseen. `tools` is the id of what it shows; `draw` draws both anew.
 */
function foldOf(app, name, { label, held, tools, draw }) {
  const { unfolded } = app.view;
  const is_open = unfolded.has(name);
  const turn = () => { if (!unfolded.delete(name)) unfolded.add(name); draw(); };
  const what = is_open ? "" : held.filter(Boolean).join(" · ");
  return make("button", { type: "button", class: "wb-button wb-quiet wb-fold wb-noprint", id: `wb-fold-${name}`, title: what || null, "aria-expanded": String(is_open), "aria-controls": tools, onclick: turn },
    what ? say(app.model, "compare.holds", { name: label, value: what }) : label);
}

/** The line above the panes: the title, what the lists show, more filters on demand, progress. */
function drawFilters(app, host) {
  const { model, view, queue } = app;
  const own = model.get("queue");
  if (!view.filter) view.filter = own.some(queue.isOpen) ? "queue" : "calls";
  const cards = Object.entries(model.get("cards")).filter(([, card]) => card.calls === "yes");
  const [done, all] = view.filter === "queue" ? [own.filter((entry) => !queue.isOpen(entry)).length, own.length] : [cards.filter(([id]) => app.verdictOf(id, false)).length, cards.length];
  const sectors = Object.entries(model.get("sectors"));
  const places = model.get("localities");
  const beside = model.get("beside");
  const turn = (id, is_on) => { model.set("beside", is_on ? [...beside, id] : beside.filter((one) => one !== id)); model.save_changes(); };
  const was_open = host.querySelector("#wb-beside")?.open;
  const together = say(model, "compare.together");
  const names = places.filter((place) => beside.includes(place.id)).map((place) => place.name).join(", ");
  const more = [
    sectors.length > 0 ? choice(say(model, "compare.sector"), [["", say(model, "compare.sector.all")], ...sectors], view.sector, (value) => app.change({ sector: value }), { id: "wb-sector" }) : null,
    places.length > 0 ? make("div", { class: "wb-field" }, make("span", { class: "wb-label" }, say(model, "compare.localities")),
      severalOf("wb-beside", names || say(model, "compare.localities.none"), places.map((place) => [place.id, place.name, beside.includes(place.id)]), turn, say(model, "compare.localities"))) : null,
    app.together() ? make("label", { class: "wb-check" }, make("input", { type: "checkbox", id: "wb-together", checked: view.together, onchange: (event) => { view.together = event.target.checked; drawFilters(app, host); } }), together) : null,
  ].filter(Boolean);
  const held = [model.get("sectors")[view.sector], names, app.together() && view.together ? together : ""];
  fill(host,
    make("div", { class: "wb-compare-bar" },
      make("h1", {}, say(model, "compare.title")),
      choice(say(model, "compare.show"), filtersOf(model).map((name) => [name, say(model, `compare.show.${name}`)]), view.filter, (value) => app.change({ filter: value }), { id: "wb-filter" }),
      more.length > 0 ? foldOf(app, "above", { label: say(model, "compare.filters"), held, tools: "wb-filters-more", draw: () => drawFilters(app, host) }) : null,
      make("div", { class: "wb-progress wb-noprint" },
        make("span", { id: "wb-done" }, say(model, view.filter === "queue" ? "compare.queue_progress" : "compare.progress", { done, all })),
        make("progress", { max: Math.max(all, 1), value: done, "aria-labelledby": "wb-done" }))),
    make("div", { class: "wb-row wb-noprint", id: "wb-filters-more", hidden: !view.unfolded.has("above") }, ...more),
    queue.notices());
  if (was_open) host.querySelector("#wb-beside").open = true;
}
