const ADDRESS_SEARCH = { national: "find", local: "find_local" }, ADDRESS_DOCUMENTS = { national: "documents", local: "documents_local" };

/**
 * What the address keeps of the lists: filter, matter, searches, documents, places beside, what the other side shows.
 * A reload, a sent link and the browser's way back lead to the same lists. In JupyterLab the address is not ours.
 */
function placeOf(app) {
  const { model, view, book } = app;
  const isPage = Boolean(document.body.dataset.voila);
  const SIDES = ["national", "local"];
  let is_read = false, is_reading = false;

  function read() {
    const query = new URLSearchParams(location.search);
    const several = (name) => (query.get(name) ?? "").split(",").filter(Boolean);
    const show = query.get("show");
    view.filter = filtersOf(model).includes(show) ? show : "";
    view.sector = query.get("sector") in model.get("sectors") ? query.get("sector") : "";
    view.tab = query.get("tab") === "document" ? "document" : "matches";
    for (const side of SIDES) {
      view.search[side] = (query.get(ADDRESS_SEARCH[side]) ?? "").slice(0, 200);
      const asked = several(ADDRESS_DOCUMENTS[side]);
      view.documents[side] = new Set(book.of(side).documents.flatMap((one, place) => (asked.includes(one.id) ? [place] : [])));
      if (!view.search[side]) view.found[side] = null;
    }
    const beside = several("beside").filter((id) => model.get("localities").some((place) => place.id === id));
    is_reading = true;
    if (beside.join() !== model.get("beside").join()) { model.set("beside", beside); model.save_changes(); }
    is_reading = false;
    holding(app).forEach((name) => view.unfolded.add(name)); // what an address asks for is shown where it was asked
    SIDES.filter((side) => view.search[side]).forEach(app.search);
  }
  const values = () => ({
    show: view.filter, sector: view.sector, tab: view.tab === "document" ? "document" : "", beside: model.get("beside").join(),
    ...Object.fromEntries(SIDES.flatMap((side) => [[ADDRESS_SEARCH[side], view.search[side].trim()],
      [ADDRESS_DOCUMENTS[side], [...view.documents[side]].map((place) => book.of(side).documents[place]?.id).join()]])),
  });

  /** The way back or forward: the lists of that address, and the provision that was chosen there. */
  function travel() {
    if (!is_read) return;
    remember({ language: model.get("labels")["language.code"], territory: model.get("local").territory });
    read();
    app.change({});
    const query = new URLSearchParams(location.search);
    const id = query.get("provision"), other = query.get("with");
    const side = SIDES.find((one) => book.find(one, id));
    if (!side || (id === app.chosen().id && (other ?? "") === (app.chosen().with ?? ""))) return;
    model.set("selection", other && book.find(OTHER[side], other) ? { side, id, with: other } : { side, id });
    model.save_changes();
  }
  if (isPage) addEventListener("popstate", travel);
  return {
    /** The documents are there: the first time as the address asks for, then, of another territory, all of them. */
    arrive: () => {
      if (!model.get("is_ready")) return;
      if (is_read || !isPage) { is_read = true; write(false); } else { is_read = true; read(); }
    },
    write,
    leave: () => removeEventListener("popstate", travel),
  };
  function write(is_step) { if (is_read && isPage && !is_reading) remember(values(), is_step); }
}
