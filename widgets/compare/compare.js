/** The side-by-side reading: a list on the chosen side, its matches on the other, ribbons between, judging below. */
function render({ model, el }) {
  const view = {
    filter: "", sector: "", tab: "matches", opened: new Set(), unfolded: new Set(), sentence: -1, together: null, pane: "national",
    search: { national: "", local: "" }, found: { national: null, local: null }, documents: { national: new Set(), local: new Set() },
  };
  const tools = make("div", { class: "wb-compare-tools" });
  const between = make("nav", { class: "wb-between wb-noprint" });
  const turn = make("div", { class: "wb-switch wb-noprint", role: "group" });
  const bar = make("section", { class: "wb-judge wb-noprint" });
  const panes = make("div", { class: "wb-panes" });
  const root = make("div", { class: "wb wb-compare" }, tools, turn, panes, bar);
  el.append(root);
  const gutter = make("div", { class: "wb-gutter" });
  const app = { model, view, root, queue: queueOf(model), ribbons: ribbonsOf(gutter) };
  gutter.append(between);
  app.book = sidesOf(model, () => { drawPanes(); app.judging.resume(); });
  app.fields = fieldsOf(model, panes);
  app.place = placeOf(app);

  app.chosen = () => model.get("selection");
  app.cardOf = (id) => model.get("cards")[id];
  /** What is judged: the commitment's card, or its audit card, read against all local texts. */
  app.isAudit = () => Boolean(app.chosen().audit && app.cardOf(app.chosen().id)?.audit);
  app.cardId = (id, audit = id === app.chosen().id && app.isAudit()) => (audit ? app.cardOf(id)?.audit : app.cardOf(id)?.card);
  app.verdictOf = (id, audit) => { const card = app.cardId(id, audit); return card ? app.judging.newest("verdicts", card) : undefined; };
  /** What is known of the chosen one's matches, null while the server works it out. */
  app.marks = () => { const marks = model.get("marks"); return marks.id === app.chosen().id && marks.audit === Boolean(app.chosen().audit) ? marks : null; };
  app.matches = () => app.marks()?.matches ?? [];
  /** The match looked at: the one asked for, else the first. */
  app.current = () => { const asked = app.chosen().with; const all = app.matches(); return (all.find((match) => match.id === asked) ?? all[0])?.id; };
  app.carrying = (id) => make("label", { class: "wb-check" },
    make("input", { type: "checkbox", id: `wb-carries-${id}`, disabled: !model.get("may_judge"), checked: app.judging.now().carried_by?.includes(id), onchange: (event) => app.judging.carry(id, event.target.checked) }),
    say(model, "compare.carries"));
  app.judging = judgingOf(Object.assign(app, { drawPanes: () => drawPanes(), drawBar: () => drawBar(), draw: () => draw() }));

  app.choose = (side, id, audit = false) => {
    if (!id) return;
    app.fields.flush();
    view.pane = side;
    model.set("selection", audit ? { side, id, audit } : { side, id });
    model.save_changes();
    remember({ provision: id, with: "", tab: "" });
  };
  /** Look at one match of the chosen provision, or put any provision of the other side beside it. */
  app.look = (id) => {
    const { with: _, ...rest } = app.chosen();
    view.pane = OTHER[rest.side];
    model.set("selection", { ...rest, with: id });
    model.save_changes();
    remember({ provision: rest.id, with: id });
    drawPanes();
    pane[OTHER[rest.side]].showMatch(id, app.matches().findIndex((match) => match.id === id));
  };
  app.lookOn = (by) => {
    const all = app.matches();
    const next = all[Math.min(Math.max(all.findIndex((match) => match.id === app.current()) + by, 0), all.length - 1)];
    if (next) app.look(next.id);
  };
  app.step = (by) => {
    const side = app.chosen().side;
    const rows = listed(app, side);
    const place = rows.findIndex(pane[side].isHere);
    // In the queue the next one is the next that is open, from the start again after the end.
    const waiting = side === "national" && view.filter === "queue" && by > 0
      ? [...rows.slice(place + 1), ...rows.slice(0, Math.max(place, 0))].find((row) => app.queue.isOpen(row.entry)) : null;
    const next = waiting ?? rows[Math.min(Math.max(place + by, 0), rows.length - 1)];
    app.choose(side, next?.id, next?.audit);
  };
  /** Another filter: the lists begin anew, at the chosen provision. What the reader changes is a step in the address. */
  app.change = (changes, is_step = Object.keys(changes).length > 0) => {
    Object.assign(view, changes);
    if (is_step) app.place.write(true);
    drawTools();
    drawPanes();
    ["national", "local"].forEach((side) => pane[side].drawNav());
    pane[app.chosen().side]?.list.show(keyHere());
  };
  const timers = {};
  app.search = (side) => {
    clearTimeout(timers[side]);
    const query = view.search[side].trim();
    timers[side] = setTimeout(() => { if (query) model.send({ kind: "search", side, query }); else { view.found[side] = null; app.change({}); } }, query ? 200 : 0);
  };
  /** The words marked in the texts of a side: those searched there, else those searched on the other. */
  app.words = (side) => { const own = view.found[side] ? side : OTHER[side]; return view.found[own] ? searchedWords(view.search[own]) : []; };

  // Reading together: documents of the same structure scroll with each other.
  let alikeness = null;
  app.together = () => alikeness;
  app.follow = (side) => {
    const other = OTHER[side];
    if (!view.together || !alikeness || pane[other].host.querySelector(".wb-scroller").hidden) return;
    const pairs = alikePairs(pane.national.list.rows(), pane.local.list.rows());
    if (pairs) pane[other].list.go(matching(pairs, side === "national" ? 0 : 1, pane[side].list.top()));
  };
  let known = [];
  const alikePairs = (left, right) => { if (known[0] !== left || known[1] !== right) known = [left, right, alike(left, right)?.pairs]; return known[2]; };

  const pane = { national: paneOf(app, "national"), local: paneOf(app, "local") };
  panes.append(pane.national.host, gutter, pane.local.host);
  const keyHere = () => (app.isAudit() && view.filter === "queue" ? `${app.chosen().id}|audit` : app.chosen().id);

  function drawTools() { drawFilters(app, tools); }
  /** Draw both sides; `only_marks` where nothing but the matches of the chosen one and their words changed. */
  function drawPanes(only_marks = false) {
    if (!model.get("is_ready") || !app.chosen().side) return;
    root.dataset.pane = view.pane;
    pane.national.draw(only_marks === true);
    pane.local.draw(only_marks === true);
    const side = app.chosen().side;
    const other = pane[OTHER[side]];
    between.setAttribute("aria-label", say(model, "compare.between"));
    turn.setAttribute("aria-label", say(model, "compare.switch"));
    fill(turn, ["national", "local"].map((name) => make("button", { type: "button", class: "wb-tab", id: `wb-switch-${name}`, "aria-pressed": String(view.pane === name), onclick: () => { view.pane = name; drawPanes(); } },
      say(model, `compare.${name}`), name === side ? "" : ` (${app.matches().length})`)));
    const chips = drawBetween(app, between, app.look);
    app.ribbons.draw(() => [side, { element: pane[side].list.node(keyHere()), scroller: pane[side].scroller() },
      chips.map((one) => ({ ...one, element: other.element(one.id, one.place), scroller: other.scroller(), place: () => other.where(one.id, one.place) }))]);
  }
  function drawBar() {
    const { side, id } = app.chosen();
    if (!side) return fill(bar);
    const card = side === "national" ? app.cardOf(id) : undefined;
    if (!card) return fill(bar, make("p", { class: "wb-soft" }, say(model, side === "local" ? "compare.local_hint" : "compare.not_commitment")), make("p", { class: "wb-soft wb-small" }, say(model, "compare.keys_pair")));
    if (!model.get("may_judge")) return fill(bar, make("p", { class: "wb-soft" }, say(model, "compare.only_reading")));
    const key = app.cardId(id);
    const { card: send, decide, unknown, putOff } = app.judging;
    const act = { send, decide, unknown, putOff, next: () => app.step(1), redraw: drawBar };
    verdictBar(model, bar, { is_saving: app.judging.isSaving(key), number: app.book.find("national", id)?.number ?? "", is_audit: app.isAudit(), card, key, verdict: app.verdictOf(id), now: app.judging.now(), fields: app.fields, act });
  }
  function draw() {
    root.dataset.ready = String(model.get("is_ready"));
    if (!model.get("is_ready")) return fill(tools, make("h1", {}, say(model, "compare.title")), make("p", { class: "wb-soft" }, say(model, "compare.loading")));
    drawTools();
    drawPanes();
    ["national", "local"].forEach((side) => pane[side].drawNav());
    drawBar();
  }
  function load() {
    ["national", "local"].forEach((side) => { app.book.load(side); view.search[side] = ""; view.found[side] = null; view.documents[side].clear(); });
    app.book.keep(model.get("marks").texts);
    app.place.arrive();
    alikeness = alike(app.book.of("national").rows, app.book.of("local").rows);
    view.together = alikeness?.is_alike ?? false;
    draw();
    pane[app.chosen().side]?.list.show(keyHere()); // what is chosen may have come before the lists
  }

  let last = "";
  model.on("change:selection", () => {
    const { side, id, audit } = app.chosen();
    const now = `${side}|${id}|${Boolean(audit)}`;
    if (now === last) return drawPanes();
    Object.assign(view, { tab: last ? "matches" : view.tab, sentence: -1 });
    last = now;
    app.judging.forget();
    view.opened.clear();
    if (side) view.pane = side;
    drawPanes();
    drawBar();
    pane[side]?.list.show(keyHere());
    pane[OTHER[side]]?.toTop();
  });
  model.on("change:marks", () => {
    app.book.keep(model.get("marks").texts);
    drawPanes(true);
    app.judging.resume();
    const asked = app.chosen().with;
    const place = app.matches().findIndex((match) => match.id === asked);
    if (asked && place > 0 && view.tab === "matches") pane[OTHER[app.chosen().side]].showMatch(asked, place);
  });
  model.on("change:answers", drawPanes);
  model.on("change:beside", () => app.place.write(true));
  model.on("change:beside change:localities change:sectors", drawTools);
  model.on("change:verdicts change:pairs change:cards change:repeats change:others change:queue change:calibration change:may_judge", () => { drawTools(); drawPanes(); drawBar(); });
  model.on("msg:custom", (message) => {
    if (message.kind !== "found" || message.query !== view.search[message.side].trim()) return;
    view.found[message.side] = new Set(message.ids);
    app.change({});
  });
  model.on("change:labels change:is_ready", draw);
  model.on("change:national change:local", () => { clearTimeout(timers.load); timers.load = setTimeout(load, 0); });
  load();
  return app.place.leave;
}
export default { render };
