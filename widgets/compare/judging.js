/** What a reader says: sent at once, shown before the server has kept it, taken back where it is refused. */
function judgingOf(app) {
  const { model, view, queue } = app;
  /**
   * What was sent and not answered yet: a second click builds on it instead of on the older state.
   * `round` tells the answering side which of its refusals this reader had seen when clicking.
   */
  const ahead = new Map();
  /** What was chosen of a pair before its strength is: kept here, saved with the first strength. */
  const begun = new Map();
  const differing = new Set();
  let sent = 0;
  let draft = {};
  let waiting = 0; // sentences asked for before there was a text
  const newest = (store, key) => ahead.get(key) ?? model.get(store)[key];
  const tellUnsaved = () => { app.root.dataset.unsaved = ahead.size; };
  function save(store, key, message, changes) {
    const whole = { ...message, ...newest(store, key), ...changes };
    sent += 1;
    ahead.set(key, { ...whole, sent });
    tellUnsaved();
    model.send({ ...whole, kind: message.kind, round: model.get("round"), sent });
  }
  const verdict = () => app.verdictOf(app.chosen().id);
  const now = () => verdict() ?? draft;

  function card(changes, id = app.chosen().side === "national" ? app.cardId(app.chosen().id) : undefined) {
    if (!id || !model.get("may_judge")) return;
    if (!newest("verdicts", id) && !("uptake" in changes)) { draft = { ...draft, ...changes }; return; }
    const fresh = { kind: "judge_card", card: id, uptake: null, conflict: 0, carried_by: [], confidence: "medium", reason: "", evidence: "", ...draft };
    draft = {};
    save("verdicts", id, fresh, changes);
  }
  function carry(id, is_carrying) {
    const carried = new Set(now().carried_by ?? []);
    if (is_carrying) carried.add(id);
    else carried.delete(id);
    card({ carried_by: [...carried] });
  }
  /** Keep the words that decide; where they were selected in a text, that text carries the answer. */
  function decide(words, id, of) {
    const carried = new Set(now().carried_by ?? []);
    if (id && app.chosen().side === "national" && id !== app.chosen().id) carried.add(id);
    card({ evidence: words, carried_by: [...carried] }, of);
    app.drawPanes();
    app.drawBar();
  }
  /** By key: the next sentence of the first provision that carries the answer is the evidence. */
  function nextSentence() {
    const carrier = now().carried_by?.[0] ?? app.matches()[0]?.id;
    const text = carrier && app.book.text(carrier);
    // Keys may be quicker than the texts: it is done once they are there.
    waiting = text || (app.marks() && !carrier) ? 0 : waiting + 1;
    if (!text) return;
    const sentences = sentencesOf(text);
    view.sentence = (view.sentence + 1) % sentences.length;
    decide(sentences[view.sentence].slice(0, 2000), carrier);
  }
  const unknown = () => card({ uptake: null, conflict: null });
  function putOff() {
    if (app.chosen().side === "national" && app.cardId(app.chosen().id)) queue.putOff(app.cardId(app.chosen().id));
    app.step(1);
  }

  /** The pair of the chosen provision and one of the other side: "local id|national id". */
  const pairKey = (other) => (app.chosen().side === "local" ? `${app.chosen().id}|${other}` : `${other}|${app.chosen().id}`);
  function pair(key, changes) {
    const [local, national] = key.split("|");
    if (newest("pairs", key) || "relation" in changes) {
      begun.delete(key);
      save("pairs", key, { kind: "judge_pair", local, national, relation_back: null, confidence: "medium", reason: "", evidence: "" }, changes);
    } else begun.set(key, { ...begun.get(key), ...changes });
    app.drawPanes();
  }
  function drawPair(key) {
    const differ = (is_so) => {
      if (is_so) { differing.add(key); return app.drawPanes(); }
      differing.delete(key);
      pair(key, { relation_back: null });
    };
    return relationOf(model, key, { given: newest("pairs", key), draft: begun.get(key) ?? {}, differs: differing.has(key), differ, send: (changes) => pair(key, changes), fields: app.fields });
  }
  /** By key: one step up or down from what was said of the match looked at, from 0 where nothing was. */
  function stepPair(by) {
    const other = app.current();
    if (!other || !model.get("may_judge")) return;
    const key = pairKey(other);
    const relation = Math.min(3, Math.max(-3, (newest("pairs", key)?.relation ?? 0) + by));
    pair(key, { relation, relation_type: typeOf(newest("pairs", key), begun.get(key) ?? {}, relation) });
  }

  app.root.addEventListener("keydown", (event) => {
    if (event.target.closest("input:not([type=checkbox]), select, textarea") || event.altKey || event.ctrlKey || event.metaKey) return;
    const digit = /^(?:Digit|Numpad)([0-3])$/.exec(event.code)?.[1];
    if (event.key === "+") stepPair(1);
    else if (event.key === "-" || event.key === "−") stepPair(-1);
    else if (digit !== undefined) card(event.shiftKey ? { conflict: Number(digit) } : { uptake: Number(digit) });
    else if (event.key === "n") app.step(1);
    else if (event.key === "u") unknown();
    else if (event.key === "s") putOff();
    else if (event.key === "e") nextSentence();
    else if (event.key === "p") app.step(-1);
    else if (event.key === "m") app.lookOn(1);
    else if (event.key === "M") app.lookOn(-1);
    else if (event.key === "c" && app.current()) { carry(app.current(), !(now().carried_by ?? []).includes(app.current())); app.drawPanes(); }
    else return;
    event.preventDefault();
    if (digit !== undefined && event.shiftKey) app.drawBar();
  });
  model.on("msg:custom", (message) => {
    if (message.kind !== "kept" || ahead.get(message.key)?.sent !== message.sent) return;
    ahead.delete(message.key);
    tellUnsaved();
    app.drawBar();
  });
  model.on("change:round", () => { ahead.clear(); tellUnsaved(); app.draw(); });
  tellUnsaved();
  return { newest, now, verdict, card, carry, decide, unknown, putOff, pairKey, drawPair, isSaving: (key) => ahead.has(key), forget: () => { draft = {}; waiting = 0; }, resume: () => { let left = waiting; waiting = 0; while (left-- > 0) nextSentence(); } };
}
