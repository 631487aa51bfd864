const OTHER = { national: "local", local: "national" };
const UPTAKE = [0, 1, 2, 3];
const RELATIONS = [-3, -2, -1, 0, 1, 2, 3];
const DEFAULT_TYPE = (relation) => (relation > 0 ? "implements" : relation < 0 ? "limits" : "independent");

/** The side-by-side reading: a list on the chosen side, its matches on the other, judging below. */
function render({ model, el }) {
  const view = { filter: "calls", search: "", tab: "matches" };
  const tools = make("div", { class: "wb-compare-tools wb-noprint" });
  const panes = { national: make("section", { class: "wb-pane" }), local: make("section", { class: "wb-pane" }) };
  const bar = make("section", { class: "wb-judge wb-noprint" });
  const root = make("div", { class: "wb wb-compare" }, tools, make("div", { class: "wb-panes" }, panes.national, panes.local), bar);
  el.append(root);

  const chosen = () => model.get("selection");
  const provisions = (side) => model.get(side).provisions ?? [];
  const find = (side, id) => provisions(side).find((row) => row.id === id);
  const cardOf = (id) => model.get("cards")[id];
  const verdictOf = (id) => { const card = cardOf(id); return card ? newest("verdicts", card.card) : undefined; };

  /**
   * What was sent and not answered yet: a second click builds on it instead of on the older state.
   * `round` tells the answering side which of its refusals this reader had seen when clicking.
   */
  const ahead = new Map();
  let sent = 0;
  const newest = (store, key) => ahead.get(key) ?? model.get(store)[key];
  function save(store, key, message, changes) {
    const whole = { ...message, ...newest(store, key), ...changes };
    sent += 1;
    ahead.set(key, { ...whole, sent });
    model.send({ ...whole, kind: message.kind, round: model.get("round"), sent });
  }

  function choose(side, id) {
    if (!id) return;
    flush();
    model.set("selection", { side, id });
    model.save_changes();
    remember({ provision: id });
    panes[side].querySelector(".wb-chosen")?.scrollIntoView({ block: "nearest" });
  }

  /** Matches of the chosen provision, best first: the frozen candidates of a card, else the suggested links. */
  function matches() {
    const { side, id } = chosen();
    const scored = model.get("links").filter((link) => (side === "local" ? link[0] : link[1]) === id)
      .map((link) => ({ id: side === "local" ? link[1] : link[0], score: link[3] }))
      .sort((a, b) => b.score - a.score);
    const card = side === "national" ? cardOf(id) : undefined;
    if (!card) return scored;
    const known = new Map(scored.map((match) => [match.id, match.score]));
    return card.candidates.map((candidate) => ({ id: candidate, score: known.get(candidate) ?? null }));
  }

  function listed(side) {
    const words = view.search.toLocaleLowerCase();
    return provisions(side).filter((row) => {
      if (words && !`${row.number} ${row.heading} ${row.text}`.toLocaleLowerCase().includes(words)) return false;
      if (side !== "national" || view.filter === "all") return true;
      if (row.id === chosen().id) return true;
      const card = cardOf(row.id);
      if (!card || card.calls !== "yes") return false;
      return view.filter !== "open" || !verdictOf(row.id);
    });
  }

  function title(row) {
    const page = row.pages.length > 0 ? say(model, "compare.page", { page: row.pages[0] }) : "";
    return [
      make("span", { class: "wb-number" }, row.number), " ", row.heading || row.text.slice(0, 90),
      page ? make("span", { class: "wb-soft wb-small" }, ` · ${page}`) : null,
    ];
  }

  function chips(side, row) {
    if (side !== "national") return null;
    const card = cardOf(row.id);
    if (!card) return null;
    const verdict = verdictOf(row.id);
    const made = [];
    if (verdict) {
      const text = verdict.uptake === null ? say(model, "compare.no_information") : say(model, `uptake.${verdict.uptake}`);
      made.push(make("span", { class: `wb-chip ${verdict.uptake > 0 ? "wb-chip-good" : ""}` }, `✓ ${text}`));
      if (verdict.conflict > 0) made.push(make("span", { class: "wb-chip wb-chip-bad" }, `! ${say(model, `conflict.${verdict.conflict}`)}`));
    }
    if (card.calls !== "no") made.push(make("span", { class: "wb-chip" }, say(model, `compare.calls.${card.calls}`)));
    return made;
  }

  function body(row, spans) {
    const where = [row.part, row.document].filter(Boolean).join(" · ");
    return make("div", { class: "wb-body", lang: row.language, dir: "auto" },
      where ? make("p", { class: "wb-soft wb-small" }, where) : null,
      make("div", { class: "wb-text" }, marked(row.text, spans)));
  }

  function drawList(side) {
    const rows = listed(side);
    const marks = model.get("marks");
    const items = rows.map((row) => {
      const here = row.id === chosen().id;
      return make("li", { class: here ? "wb-item wb-chosen" : "wb-item" },
        make("button", { type: "button", id: `wb-${side}-${row.order}`, "aria-expanded": String(here), class: "wb-title", onclick: () => choose(side, row.id) }, title(row)),
        make("div", {}, chips(side, row)),
        here ? body(row, marks.id === row.id ? marks.here : []) : null,
        here && side === "national" ? statements(model, row.id, { find: (id) => find("national", id) ?? model.get("national").elsewhere?.[id], title, choose }) : null);
    });
    return items.length > 0 ? make("ol", { class: "wb-list" }, items) : make("p", { class: "wb-empty" }, say(model, "compare.nothing"));
  }

  function drawMatches(side) {
    const { id } = chosen();
    const marks = model.get("marks");
    const found = matches();
    const verdict = verdictOf(id);
    const items = found.map((match, index) => {
      const row = find(side, match.id) ?? model.get(side).elsewhere?.[match.id];
      if (!row) return null;
      const pair = side === "local" ? `${row.id}|${id}` : `${id}|${row.id}`;
      const carried = chosen().side === "national" && cardOf(id)
        ? make("label", { class: "wb-check" },
            make("input", { type: "checkbox", id: `wb-carries-${row.id}`, checked: (verdict ?? draft).carried_by?.includes(row.id), onchange: (event) => carry(row.id, event.target.checked) }),
            say(model, "compare.carries"))
        : null;
      return make("li", { class: "wb-item wb-match" },
        make("div", { class: "wb-match-head" },
          make("button", { type: "button", class: "wb-title", id: `wb-match-${index}`, onclick: () => choose(side, row.id) }, title(row)),
          match.score === null ? null : make("span", { class: "wb-chip" }, say(model, "compare.score", { score: number(model, match.score * 100, 0) }))),
        drawWhy(marks.id === id ? marks.why?.[row.id] : undefined),
        body(row, marks.id === id ? marks.there?.[row.id] : []),
        make("div", { class: "wb-match-judge wb-noprint" }, carried, drawPair(pair)));
    });
    const weak = marks.id === id && marks.is_weak
      ? make("p", { class: "wb-why", role: "note" }, say(model, "compare.weak")) : null;
    return items.length > 0
      ? [weak, make("p", { class: "wb-soft wb-small" }, say(model, chosen().side === "national" && cardOf(id) ? "compare.candidates" : "compare.matches_hint")), make("ol", { class: "wb-list" }, items)]
      : make("p", { class: "wb-empty" }, say(model, "compare.no_match"));
  }

  /** Why a match is suggested, in words: the matter in common, and the judgement it leans on. */
  function drawWhy(reasons) {
    const lines = [reasons?.common, reasons?.precedent, reasons?.copied].filter(Boolean);
    return lines.length > 0 ? lines.map((line) => make("p", { class: "wb-soft wb-small wb-why" }, line)) : null;
  }

  function drawPair(key) {
    const given = newest("pairs", key);
    const [local, national] = key.split("|");
    const send = (changes) => save("pairs", key, { kind: "judge_pair", local, national, confidence: "medium", reason: "" }, changes);
    const typeFor = (relation) => (given && Math.sign(given.relation) === Math.sign(relation) ? given.relation_type : DEFAULT_TYPE(relation));
    const buttons = RELATIONS.map((relation) => {
      const name = say(model, `relation.strength.${relation}`);
      return make("button", { type: "button", id: `wb-relation-${key}-${relation}`, class: "wb-step", title: name, "aria-label": `${relation > 0 ? "+" : ""}${relation} ${name}`, "aria-pressed": String(given?.relation === relation), onclick: () => send({ relation, relation_type: typeFor(relation) }) },
        relation > 0 ? `+${relation}` : relation < 0 ? `−${-relation}` : "0");
    });
    return make("div", { class: "wb-pair" },
      make("span", { class: "wb-label", id: `wb-rel-${key}` }, say(model, "compare.relation")),
      make("div", { role: "group", "aria-labelledby": `wb-rel-${key}`, class: "wb-scale" }, buttons),
      given ? choice(say(model, "compare.type"), model.get("types").map((type) => [type, say(model, `relation.type.${type}`)]), given.relation_type, (type) => send({ relation_type: type }), { id: `wb-type-${key}` }) : null,
      given ? confidenceOf(given.confidence, (confidence) => send({ confidence }), `wb-confidence-${key}`) : null,
      given ? reasonOf(given.reason, (reason) => send({ reason }), `wb-reason-${key}`) : null,
      given ? make("span", { class: "wb-small" }, `✓ ${say(model, `relation.strength.${given.relation}`)}`) : null);
  }

  const confidenceOf = (value, change, id = null) => choice(say(model, "compare.confidence"), ["low", "medium", "high"].map((level) => [level, say(model, `confidence.${level}`)]), value, change, { id });
  /** A reason is saved when typing pauses, for the card or pair whose field it was typed in. */
  const typing = new Map();
  function typed(id, change) {
    clearTimeout(typing.get(id)?.timer);
    const now = () => { typing.delete(id); change(); };
    typing.set(id, { timer: setTimeout(now, 400), now });
  }
  function flush() {
    for (const { timer, now } of [...typing.values()]) { clearTimeout(timer); now(); }
  }
  const reasonOf = (value, change, id) => make("label", { class: "wb-field wb-reason" }, make("span", { class: "wb-label" }, say(model, "compare.reason")),
    make("input", { class: "wb-input", id, maxlength: 2000, value, oninput: (event) => { const text = event.target.value; typed(id, () => change(text)); } }));

  function sendCard(changes, card = chosen().side === "national" ? cardOf(chosen().id) : undefined) {
    if (!card) return;
    if (!newest("verdicts", card.card) && !("uptake" in changes)) { draft = { ...draft, ...changes }; return; }
    const fresh = { kind: "judge_card", card: card.card, uptake: null, conflict: 0, carried_by: [], confidence: "medium", reason: "", ...draft };
    draft = {};
    save("verdicts", card.card, fresh, changes);
  }
  let draft = {};

  function carry(id, is_carrying) {
    const now = new Set((verdictOf(chosen().id) ?? draft).carried_by ?? []);
    if (is_carrying) now.add(id);
    else now.delete(id);
    sendCard({ carried_by: [...now] });
  }

  function scale(name, values, given, change) {
    const id = `wb-scale-${name}`;
    return make("div", { class: "wb-question" },
      make("span", { id, class: "wb-label" }, say(model, `compare.${name}_question`)),
      make("div", { role: "group", "aria-labelledby": id, class: "wb-scale" }, values.map((value) =>
        make("button", { type: "button", id: `wb-${name}-${value}`, class: "wb-step wb-step-wide", "aria-pressed": String(given === value), onclick: () => change(value) },
          make("b", {}, String(value)), " ", say(model, `${name}.${value}`)))));
  }

  function drawBar() {
    const { side, id } = chosen();
    const card = side === "national" ? cardOf(id) : undefined;
    if (!card) return fill(bar, make("p", { class: "wb-soft" }, say(model, side === "local" ? "compare.local_hint" : "compare.not_commitment")));
    const verdict = newest("verdicts", card.card);
    const now = verdict ?? draft;
    fill(bar,
      make("h3", {}, say(model, "compare.judge", { number: find("national", id)?.number ?? "" })),
      make("div", { class: "wb-questions" },
        scale("uptake", UPTAKE, now.uptake, (uptake) => sendCard({ uptake, conflict: now.conflict ?? 0 })),
        scale("conflict", UPTAKE, verdict ? now.conflict : (now.conflict ?? 0), (conflict) => { sendCard({ conflict }); drawBar(); })),
      make("div", { class: "wb-row" },
        confidenceOf(now.confidence ?? "medium", (confidence) => sendCard({ confidence }), "wb-confidence"),
        reasonOf(now.reason ?? "", (reason) => sendCard({ reason }, card), `wb-reason-${card.card}`),
        choice(say(model, "compare.calls"), ["yes", "unclear", "no"].map((answer) => [answer, say(model, `compare.calls.${answer}`)]), card.calls, (calls) => model.send({ kind: "commitment", id: card.commitment, calls_for_local: calls }), { id: "wb-calls" }),
        make("button", { type: "button", class: "wb-button", id: "wb-unknown", onclick: () => sendCard({ uptake: null, conflict: null }) }, say(model, "compare.no_information")),
        make("button", { type: "button", class: "wb-button wb-primary", id: "wb-next", onclick: () => step(1) }, say(model, "compare.next"))),
      make("p", { class: "wb-soft wb-small", role: "status" }, verdict ? say(model, "compare.saved") : say(model, "compare.keys")),
      verdict ? others(model.get("others")[card.card]) : null);
  }

  /** What others said of a card: shown once the reader has said something. */
  const others = (said) => (said?.length > 0
    ? make("section", { class: "wb-others", "aria-labelledby": "wb-others" }, make("h4", { id: "wb-others" }, say(model, "compare.others")), make("ul", {}, said.map((line) => make("li", { dir: "auto" }, line))))
    : null);

  function step(by) {
    const side = chosen().side;
    const rows = listed(side);
    const place = rows.findIndex((row) => row.id === chosen().id);
    choose(side, rows[Math.min(Math.max(place + by, 0), rows.length - 1)]?.id);
  }

  function drawTools() {
    const cards = Object.entries(model.get("cards")).filter(([, card]) => card.calls === "yes");
    const done = cards.filter(([id]) => verdictOf(id)).length;
    const pick = (side) => choice(say(model, `compare.${side}_document`), [["", say(model, "compare.all_documents")], ...(model.get(side).documents ?? []).map((row) => [row.id, row.title])], model.get(side).document ?? "", (id) => model.send({ kind: "document", side, id }), { id: `wb-document-${side}` });
    fill(tools,
      make("h1", {}, say(model, "compare.title")),
      make("div", { class: "wb-row" }, pick("national"), pick("local"),
        choice(say(model, "compare.show"), ["calls", "open", "all"].map((name) => [name, say(model, `compare.show.${name}`)]), view.filter, (value) => { view.filter = value; drawPanes(); }, { id: "wb-filter" }),
        make("label", { class: "wb-field" }, make("span", { class: "wb-label" }, say(model, "compare.search")),
          make("input", { type: "search", class: "wb-input", id: "wb-search", value: view.search, oninput: (event) => { view.search = event.target.value; drawPanes(); } }))),
      make("div", { class: "wb-progress" },
        make("span", { id: "wb-done" }, say(model, "compare.progress", { done, all: cards.length })),
        make("progress", { max: Math.max(cards.length, 1), value: done, "aria-labelledby": "wb-done" })));
  }

  function drawPane(side) {
    const host = panes[side];
    const reading = chosen().side === side;
    host.setAttribute("aria-label", say(model, `compare.${side}`));
    const top = host.querySelector(".wb-scroller")?.scrollTop ?? 0;
    const tab = (name) => make("button", { type: "button", id: `wb-tab-${side}-${name}`, class: "wb-tab", "aria-pressed": String(view.tab === name), onclick: () => { view.tab = name; drawPane(side); } }, say(model, `compare.tab.${name}`));
    const scroller = make("div", { class: "wb-scroller", tabindex: "0", "aria-label": say(model, `compare.${side}`), role: "region" },
      reading || view.tab === "document" ? drawList(side) : drawMatches(side));
    fill(host,
      make("div", { class: "wb-pane-head" }, make("h2", {}, say(model, `compare.${side}`)), make("p", { class: "wb-small wb-soft" }, model.get(side).title ?? ""),
        reading ? null : make("div", { class: "wb-tabs wb-noprint" }, tab("matches"), tab("document"))),
      scroller);
    if (reading || view.tab === "document") scroller.scrollTop = top;
  }

  function drawPanes() { drawPane("national"); drawPane("local"); }
  function draw() {
    if (!model.get("is_ready")) return fill(tools, make("h1", {}, say(model, "compare.title")), make("p", { class: "wb-soft" }, say(model, "compare.loading")));
    drawTools();
    drawPanes();
    drawBar();
  }

  root.addEventListener("keydown", (event) => {
    if (event.target.closest("input:not([type=checkbox]), select, textarea") || event.altKey || event.ctrlKey || event.metaKey) return;
    const digit = /^(?:Digit|Numpad)([0-3])$/.exec(event.code)?.[1];
    if (digit !== undefined) sendCard(event.shiftKey ? { conflict: Number(digit) } : { uptake: Number(digit) });
    else if (event.key === "n") step(1);
    else if (event.key === "p") step(-1);
    else return;
    event.preventDefault();
    if (digit !== undefined && event.shiftKey) drawBar();
  });

  model.on("change:selection", () => { draft = {}; view.tab = "matches"; drawPanes(); drawBar(); panes[chosen().side].querySelector(".wb-chosen")?.scrollIntoView({ block: "nearest" }); panes[OTHER[chosen().side]].querySelector(".wb-scroller").scrollTop = 0; });
  model.on("change:marks", drawPanes);
  model.on("change:verdicts change:pairs change:cards change:repeats change:others", () => { drawTools(); drawPanes(); drawBar(); });
  model.on("msg:custom", (message) => { if (message.kind === "kept" && ahead.get(message.key)?.sent === message.sent) ahead.delete(message.key); });
  model.on("change:round", () => { ahead.clear(); draw(); });
  model.on("change:labels change:national change:local change:links change:is_ready", draw);
  draw();
}
export default { render };
