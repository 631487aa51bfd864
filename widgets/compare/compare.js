const OTHER = { national: "local", local: "national" };

/** The side-by-side reading: a list on the chosen side, its matches on the other, judging below. */
function render({ model, el }) {
  const view = { filter: "", search: "", tab: "matches", opened: new Set(), sentence: -1 };
  const tools = make("div", { class: "wb-compare-tools wb-noprint" });
  const panes = { national: make("section", { class: "wb-pane" }), local: make("section", { class: "wb-pane" }) };
  const bar = make("section", { class: "wb-judge wb-noprint" });
  const root = make("div", { class: "wb wb-compare" }, tools, make("div", { class: "wb-panes" }, panes.national, panes.local), bar);
  el.append(root);
  const queue = queueOf(model);
  const fields = fieldsOf(model, panes.local);

  const chosen = () => model.get("selection");
  const provisions = (side) => model.get(side).provisions ?? [];
  const find = (side, id) => provisions(side).find((row) => row.id === id);
  const cardOf = (id) => model.get("cards")[id];
  /** What is judged: the commitment's card, or its audit card, read against all local texts. */
  const isAudit = () => Boolean(chosen().audit && cardOf(chosen().id)?.audit);
  const cardId = (id, audit = id === chosen().id && isAudit()) => (audit ? cardOf(id)?.audit : cardOf(id)?.card);
  const verdictOf = (id, audit) => { const card = cardId(id, audit); return card ? newest("verdicts", card) : undefined; };

  /**
   * What was sent and not answered yet: a second click builds on it instead of on the older state.
   * `round` tells the answering side which of its refusals this reader had seen when clicking.
   */
  const ahead = new Map();
  let sent = 0;
  const newest = (store, key) => ahead.get(key) ?? model.get(store)[key];
  const tellUnsaved = () => { root.dataset.unsaved = ahead.size; };
  function save(store, key, message, changes) {
    const whole = { ...message, ...newest(store, key), ...changes };
    sent += 1;
    ahead.set(key, { ...whole, sent });
    tellUnsaved();
    model.send({ ...whole, kind: message.kind, round: model.get("round"), sent });
  }

  function choose(side, id, audit = false) {
    if (!id) return;
    fields.flush();
    model.set("selection", audit ? { side, id, audit } : { side, id });
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
    if (isAudit()) return [];
    const known = new Map(scored.map((match) => [match.id, match.score]));
    return card.candidates.map((candidate) => ({ id: candidate, score: known.get(candidate) ?? null }));
  }

  function listed(side) {
    const words = view.search.toLocaleLowerCase();
    if (side === "national" && view.filter === "queue") {
      return queue.entries(cardId(chosen().id)).map((entry) => ({ ...find(side, entry.id), audit: entry.audit, entry })).filter((row) => row.id);
    }
    return provisions(side).filter((row) => {
      if (words && !`${row.number} ${row.heading} ${row.text}`.toLocaleLowerCase().includes(words)) return false;
      if (side !== "national" || view.filter === "all") return true;
      if (row.id === chosen().id) return true;
      const card = cardOf(row.id);
      if (!card || card.calls !== "yes") return false;
      return view.filter !== "open" || !verdictOf(row.id);
    });
  }

  function drawList(side) {
    const rows = listed(side);
    const marks = model.get("marks");
    const items = rows.map((row) => {
      const here = isHere(row);
      return make("li", { class: here ? "wb-item wb-chosen" : "wb-item" },
        make("button", { type: "button", id: `wb-${side}-${row.order}`, "aria-expanded": String(here), class: "wb-title", onclick: () => choose(side, row.id, row.audit) }, titleOf(model, row)),
        make("div", {}, side === "national" && cardOf(row.id) ? chipsOf(model, row, cardOf(row.id), verdictOf(row.id, row.audit), queue) : null),
        here ? bodyOf(row, marks.id === row.id ? marks.here : []) : null,
        here && side === "national" ? statements(model, row.id, { find: (id) => find("national", id) ?? model.get("national").elsewhere?.[id], title: (row) => titleOf(model, row), choose }) : null);
    });
    return items.length > 0 ? make("ol", { class: "wb-list" }, items) : make("p", { class: "wb-empty" }, say(model, "compare.nothing"));
  }

  /** The other side's whole text while a card is judged: read in place, tick what carries. */
  function drawReading(side) {
    const verdict = verdictOf(chosen().id) ?? draft;
    const items = listed(side).map((row) => {
      const open = view.opened.has(row.id);
      const carries = (verdict.carried_by ?? []).includes(row.id);
      const turn = () => { if (!view.opened.delete(row.id)) view.opened.add(row.id); drawPane(side); };
      return make("li", { class: open ? "wb-item wb-open" : "wb-item" },
        make("button", { type: "button", id: `wb-${side}-${row.order}`, "aria-expanded": String(open), class: "wb-title", onclick: turn }, titleOf(model, row)),
        carries ? make("span", { class: "wb-chip wb-chip-good" }, `✓ ${say(model, "compare.carries")}`) : null,
        open ? [bodyOf(row, [], verdict.evidence), make("div", { class: "wb-row wb-noprint" }, carrying(row.id), make("button", { type: "button", class: "wb-button", id: `wb-counterparts-${row.order}`, onclick: () => choose(side, row.id) }, say(model, "compare.counterparts")))] : null);
    });
    return [isAudit() ? make("p", { class: "wb-notice wb-small", role: "note" }, say(model, "compare.audit_how")) : null,
      items.length > 0 ? make("ol", { class: "wb-list" }, items) : make("p", { class: "wb-empty" }, say(model, "compare.nothing"))];
  }

  const carrying = (id) => make("label", { class: "wb-check" },
    make("input", { type: "checkbox", id: `wb-carries-${id}`, disabled: !model.get("may_judge"), checked: (verdictOf(chosen().id) ?? draft).carried_by?.includes(id), onchange: (event) => carry(id, event.target.checked) }),
    say(model, "compare.carries"));

  function drawMatches(side) {
    const { id } = chosen();
    const marks = model.get("marks");
    const found = matches();
    const verdict = verdictOf(id);
    const items = found.map((match, index) => {
      const row = find(side, match.id) ?? model.get(side).elsewhere?.[match.id];
      if (!row) return null;
      const pair = side === "local" ? `${row.id}|${id}` : `${id}|${row.id}`;
      const carried = chosen().side === "national" && cardOf(id) ? carrying(row.id) : null;
      const quote = newest("pairs", pair)?.evidence || (verdict ?? draft).evidence;
      return make("li", { class: "wb-item wb-match" },
        make("div", { class: "wb-match-head" },
          make("button", { type: "button", class: "wb-title", id: `wb-match-${index}`, onclick: () => choose(side, row.id) }, titleOf(model, row)),
          match.score === null ? null : make("span", { class: "wb-chip" }, say(model, "compare.score", { score: number(model, match.score * 100, 0) }))),
        drawWhy(marks.id === id ? marks.why?.[row.id] : undefined),
        bodyOf(row, marks.id === id ? marks.there?.[row.id] : [], quote),
        model.get("may_judge") ? make("div", { class: "wb-match-judge wb-noprint" }, carried, drawPair(pair)) : null);
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

  /** What was chosen of a pair before its strength is: kept here, saved with the first strength. */
  const begun = new Map();
  const differing = new Set();
  function drawPair(key) {
    const [local, national] = key.split("|");
    const given = newest("pairs", key);
    const send = (changes) => {
      if (given || "relation" in changes) {
        begun.delete(key);
        save("pairs", key, { kind: "judge_pair", local, national, relation_back: null, confidence: "medium", reason: "", evidence: "" }, changes);
      } else begun.set(key, { ...begun.get(key), ...changes });
      drawPanes();
    };
    const differ = (is_so) => {
      if (is_so) { differing.add(key); return drawPanes(); }
      differing.delete(key);
      send({ relation_back: null });
    };
    return relationOf(model, key, { given, draft: begun.get(key) ?? {}, differs: differing.has(key), differ, send, fields });
  }

  function sendCard(changes, card = chosen().side === "national" ? cardId(chosen().id) : undefined) {
    if (!card || !model.get("may_judge")) return;
    if (!newest("verdicts", card) && !("uptake" in changes)) { draft = { ...draft, ...changes }; return; }
    const fresh = { kind: "judge_card", card, uptake: null, conflict: 0, carried_by: [], confidence: "medium", reason: "", evidence: "", ...draft };
    draft = {};
    save("verdicts", card, fresh, changes);
  }
  let draft = {};

  function carry(id, is_carrying) {
    const now = new Set((verdictOf(chosen().id) ?? draft).carried_by ?? []);
    if (is_carrying) now.add(id);
    else now.delete(id);
    sendCard({ carried_by: [...now] });
  }

  /** Keep the words that decide; where they were selected in a text, that text carries the answer. */
  function decide(words, id, card) {
    const carried = new Set((verdictOf(chosen().id) ?? draft).carried_by ?? []);
    if (id && chosen().side === "national" && id !== chosen().id) carried.add(id);
    sendCard({ evidence: words, carried_by: [...carried] }, card);
    drawPanes();
    drawBar();
  }

  /** By key: the next sentence of the first provision that carries the answer is the evidence. */
  function nextSentence() {
    const side = OTHER[chosen().side];
    const carrier = (verdictOf(chosen().id) ?? draft).carried_by?.[0] ?? matches()[0]?.id;
    const row = carrier && (find(side, carrier) ?? model.get(side).elsewhere?.[carrier]);
    if (!row) return;
    const sentences = sentencesOf(row.text);
    view.sentence = (view.sentence + 1) % sentences.length;
    decide(sentences[view.sentence].slice(0, 2000), row.id);
  }

  function drawBar() {
    const { side, id } = chosen();
    const card = side === "national" ? cardOf(id) : undefined;
    if (!card) return fill(bar, make("p", { class: "wb-soft" }, say(model, side === "local" ? "compare.local_hint" : "compare.not_commitment")));
    if (!model.get("may_judge")) return fill(bar, make("p", { class: "wb-soft" }, say(model, "compare.only_reading")));
    const key = cardId(id);
    const verdict = newest("verdicts", key);
    const act = { send: sendCard, decide, unknown, putOff, next: () => step(1), redraw: drawBar };
    verdictBar(model, bar, { is_saving: ahead.has(key), number: find("national", id)?.number ?? "", is_audit: isAudit(), card, key, verdict, now: verdict ?? draft, fields, act });
  }
  const unknown = () => sendCard({ uptake: null, conflict: null });
  function putOff() {
    if (chosen().side === "national" && cardId(chosen().id)) queue.putOff(cardId(chosen().id));
    step(1);
  }

  const isHere = (row) => row.id === chosen().id && (!row.entry || Boolean(row.audit) === isAudit());
  function step(by) {
    const side = chosen().side;
    const rows = listed(side);
    const place = rows.findIndex(isHere);
    // In the queue the next one is the next that is open, from the start again after the end.
    const waiting = side === "national" && view.filter === "queue" && by > 0
      ? [...rows.slice(place + 1), ...rows.slice(0, Math.max(place, 0))].find((row) => queue.isOpen(row.entry)) : null;
    const next = waiting ?? rows[Math.min(Math.max(place + by, 0), rows.length - 1)];
    choose(side, next?.id, next?.audit);
  }

  function drawTools() {
    const own = model.get("queue");
    if (!view.filter) view.filter = own.some(queue.isOpen) ? "queue" : "calls";
    const cards = Object.entries(model.get("cards")).filter(([, card]) => card.calls === "yes");
    const [done, all] = view.filter === "queue" ? [own.filter((entry) => !queue.isOpen(entry)).length, own.length] : [cards.filter(([id]) => verdictOf(id, false)).length, cards.length];
    const pick = (side) => choice(say(model, `compare.${side}_document`), [["", say(model, "compare.all_documents")], ...(model.get(side).documents ?? []).map((row) => [row.id, row.title])], model.get(side).document ?? "", (id) => model.send({ kind: "document", side, id }), { id: `wb-document-${side}` });
    fill(tools,
      make("h1", {}, say(model, "compare.title")), queue.notices(),
      make("div", { class: "wb-row" }, pick("national"), pick("local"),
        choice(say(model, "compare.show"), [...(own.length > 0 ? ["queue"] : []), "calls", "open", "all"].map((name) => [name, say(model, `compare.show.${name}`)]), view.filter, (value) => { view.filter = value; drawTools(); drawPanes(); }, { id: "wb-filter" }),
        make("label", { class: "wb-field" }, make("span", { class: "wb-label" }, say(model, "compare.search")),
          make("input", { type: "search", class: "wb-input", id: "wb-search", value: view.search, oninput: (event) => { view.search = event.target.value; drawPanes(); } }))),
      make("div", { class: "wb-progress" },
        make("span", { id: "wb-done" }, say(model, view.filter === "queue" ? "compare.queue_progress" : "compare.progress", { done, all })),
        make("progress", { max: Math.max(all, 1), value: done, "aria-labelledby": "wb-done" })));
  }

  function drawPane(side) {
    const host = panes[side];
    const reading = chosen().side === side;
    host.setAttribute("aria-label", say(model, `compare.${side}`));
    const judging = chosen().side === "national" && cardOf(chosen().id);
    const whole = view.tab === "document" || isAudit();
    const top = host.querySelector(".wb-scroller")?.scrollTop ?? 0;
    const tab = (name) => make("button", { type: "button", id: `wb-tab-${side}-${name}`, class: "wb-tab", "aria-pressed": String(view.tab === name), onclick: () => { view.tab = name; drawPane(side); } }, say(model, `compare.tab.${name}`));
    const scroller = make("div", { class: "wb-scroller", tabindex: "0", "aria-label": say(model, `compare.${side}`), role: "region" },
      reading ? drawList(side) : whole && judging ? drawReading(side) : whole ? drawList(side) : drawMatches(side));
    fill(host,
      make("div", { class: "wb-pane-head" }, make("h2", {}, say(model, `compare.${side}`)), make("p", { class: "wb-small wb-soft" }, model.get(side).title ?? ""),
        reading || isAudit() ? null : make("div", { class: "wb-tabs wb-noprint" }, tab("matches"), tab("document"))),
      scroller);
    if (reading || whole) scroller.scrollTop = top;
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
    else if (event.key === "u") unknown();
    else if (event.key === "s") putOff();
    else if (event.key === "e") nextSentence();
    else if (event.key === "p") step(-1);
    else return;
    event.preventDefault();
    if (digit !== undefined && event.shiftKey) drawBar();
  });

  model.on("change:selection", () => { draft = {}; view.tab = "matches"; view.sentence = -1; view.opened.clear(); drawPanes(); drawBar(); panes[chosen().side].querySelector(".wb-chosen")?.scrollIntoView({ block: "nearest" }); panes[OTHER[chosen().side]].querySelector(".wb-scroller").scrollTop = 0; });
  model.on("change:marks", drawPanes);
  model.on("change:verdicts change:pairs change:cards change:repeats change:others change:queue change:calibration change:may_judge", () => { drawTools(); drawPanes(); drawBar(); });
  model.on("msg:custom", (message) => {
    if (message.kind !== "kept" || ahead.get(message.key)?.sent !== message.sent) return;
    ahead.delete(message.key);
    tellUnsaved();
    drawBar();
  });
  model.on("change:round", () => { ahead.clear(); tellUnsaved(); draw(); });
  model.on("change:labels change:national change:local change:links change:is_ready", draw);
  tellUnsaved();
  draw();
}
export default { render };
