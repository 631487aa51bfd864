// An exercise as a participant sees it: opening page, an item a screen, the page at the end.

/** A number for one submit, so that the same one sent twice counts once. */
const submitId = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** A field's value counts as given: a code, a step, words, a set that is not empty. */
const isGiven = (value) => value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0);

/**
 * Shows an exercise in `host`. `say(key, values)` gives a text, `send(message)` takes answers, hints and retries;
 * `update(view)` shows what is kept. What is typed and not sent yet stays here. `is_titled`: the page says its title.
 */
function exerciseView({ host, say, view, send, is_titled = false }) {
  const root = make("div", { class: "wb wb-x" });
  host.append(root);
  const drafts = {}; // item → field → value
  const waiting = {}; // item → id of the submit on its way
  const again = new Set(); // items being answered once more
  let missing = ""; // field of the item shown that was left empty
  let asked = ""; // item a hint was asked for
  let at = start();
  let led = view.state?.item;
  let drawn = "";

  /** The screen to begin with: the first open item, the end where none is open, the opening page for newcomers. */
  function start() {
    const items = view.exercise.items;
    if (!items.some((item) => view.answers[item.id])) return 0;
    const open = items.findIndex((item) => !view.answers[item.id]);
    return open < 0 ? items.length + 1 : open + 1;
  }

  function go(number) {
    at = number;
    missing = "";
    draw();
    root.querySelector("#wb-x-here")?.focus({ preventScroll: true });
    root.scrollIntoView?.({ block: "start" });
  }

  const values = (item) => drafts[item.id] ?? view.answers[item.id] ?? {};

  function change(item, field, value) {
    drafts[item.id] = { ...values(item), [field.id]: value };
    if (missing !== field.id) return;
    missing = "";
    root.querySelector(".wb-x-wrong").textContent = "";
  }

  function submit(item) {
    const own = values(item);
    const open = item.fields.find((field) => field.required && !isGiven(own[field.id]));
    missing = open?.id ?? "";
    if (!open && !waiting[item.id] && !view.state?.paused) {
      const id = submitId();
      waiting[item.id] = id;
      const value = Object.fromEntries(Object.entries(own).filter(([, one]) => isGiven(one)));
      send({ kind: "answer", item: item.id, value, id });
    }
    draw();
    if (open) root.querySelector(`[id^="wb-x-${item.id}-${open.id}"]`)?.focus();
  }

  function retry(item) {
    again.add(item.id);
    send({ kind: "retry", item: item.id, id: submitId() });
    draw();
    root.querySelector(".wb-x-form input:checked, .wb-x-form input, .wb-x-form textarea")?.focus();
  }

  function drawOpening() {
    const { exercise } = view;
    const begun = exercise.items.some((item) => view.answers[item.id]);
    const chips = [say(`training.kind_name.${exercise.kind}`), say(`training.level.${exercise.level}`), say("training.minutes", { minutes: exercise.minutes }), exercise.illustrative ? say("training.illustrative") : null];
    return [
      make("h2", { id: "wb-x-here", tabindex: "-1", lang: is_titled ? null : exercise.language }, is_titled ? say("training.opening") : exercise.title),
      make("p", {}, chips.filter(Boolean).map((text) => make("span", { class: "wb-chip" }, text))),
      make("div", { lang: exercise.language, class: "wb-x-opening" }, make("h3", {}, say("training.goal")), prose(exercise.goal), prose(exercise.intro)),
      exercise.items.some((item) => item.fields.some((field) => field.kind === "scale")) ? make("p", { class: "wb-notice" }, say("training.about_scale")) : null,
      make("p", { class: "wb-soft" }, say("training.about_panel")),
      make("button", { type: "button", class: "wb-button wb-primary", id: "wb-x-begin", onclick: () => go(Math.max(1, begun ? start() : 1)) }, say(begun ? "training.continue" : "training.begin")),
    ];
  }

  function drawHints(item) {
    const given = view.hints[item.id] ?? [];
    if (item.hints === 0) return null;
    const next = given.length + 1;
    const ask = () => { asked = item.id; send({ kind: "hint", item: item.id, number: next, id: submitId() }); };
    return make("div", { class: "wb-x-hints", "aria-live": "polite", lang: view.exercise.language },
      given.map((text, index) => make("div", { class: "wb-notice", id: `wb-x-hint-${index + 1}` }, make("b", {}, say("training.hint_number", { number: index + 1, count: item.hints })), prose(text))),
      next <= item.hints ? make("button", { type: "button", class: "wb-button", id: "wb-x-hint", onclick: ask }, say("training.hint", { number: next, count: item.hints })) : null);
  }

  function drawForm(item) {
    const own = values(item);
    const is_paused = Boolean(view.state?.paused);
    const is_sent = Boolean(waiting[item.id]);
    const refused = view.refused?.item === item.id && view.refused.text ? view.refused : null;
    const field = item.fields.find((one) => one.id === missing);
    return make("form", { class: "wb-x-form", novalidate: true, onsubmit: (event) => { event.preventDefault(); submit(item); } },
      make("fieldset", { class: "wb-x-all", disabled: is_paused }, make("legend", { class: "wb-hidden" }, say("training.your_answer")),
        item.fields.map((one) => drawField(say, view.exercise, item, one, own[one.id], (value) => change(item, one, value)))),
      make("p", { class: "wb-x-wrong", role: "alert" }, field ? say("training.missing", { field: field.label }) : refused?.text ?? ""),
      is_paused ? make("p", { class: "wb-notice wb-notice-warn" }, say("training.paused")) : null,
      make("div", { class: "wb-row" },
        make("button", { type: "submit", class: "wb-button wb-primary", id: "wb-x-send", disabled: is_paused, "aria-disabled": is_sent ? "true" : null }, say(is_sent ? "training.sending" : again.has(item.id) ? "training.send_again" : "training.send")),
        again.has(item.id) ? make("button", { type: "button", class: "wb-button", id: "wb-x-cancel", onclick: () => { again.delete(item.id); delete drafts[item.id]; draw(); } }, say("training.cancel")) : null),
      drawHints(item));
  }

  /** An answer that is kept while the panel's is not shown yet. */
  function drawKept(item) {
    const answer = view.answers[item.id];
    return make("section", { class: "wb-card wb-x-kept" }, make("h3", { id: "wb-x-told", tabindex: "-1" }, say("training.kept")),
      make("p", {}, say("training.kept_wait")),
      item.fields.filter((field) => isGiven(answer[field.id])).map((field) => make("p", { lang: view.exercise.language }, make("b", {}, field.label), ": ", field.kind === "words" ? answer[field.id] : valueWords(say, field, answer[field.id]))));
  }

  function drawItem(item) {
    const told = view.feedback[item.id];
    const is_open = !view.answers[item.id] || again.has(item.id);
    const last = at === view.exercise.items.length;
    const seen = is_open ? null : told?.decides;
    return [
      make("div", { class: "wb-x-question", lang: view.exercise.language }, make("h2", { id: "wb-x-here", tabindex: "-1" }, make("span", { class: "wb-x-where" }, say("training.item", { number: at })), item.question.split("\n\n")[0]),
        item.question.includes("\n\n") ? prose(item.question.split("\n\n").slice(1).join("\n\n")) : null),
      make("div", { class: view.exercise.texts.length > 0 ? "wb-x-columns" : "wb-x-columns wb-x-scores" },
        make("div", {}, drawFigures(say, view.exercise), drawTexts(say, view.exercise, item, seen)),
        make("div", { class: "wb-x-answer" },
          is_open ? drawForm(item) : told ? drawFeedback(say, view.exercise, item, told, view.answers[item.id]) : drawKept(item),
          is_open ? null : make("div", { class: "wb-row wb-x-then" },
            make("button", { type: "button", class: "wb-button wb-primary", id: "wb-x-next", onclick: () => go(at + 1) }, say(last ? "training.to_review" : "training.next")),
            view.state?.paused ? null : make("button", { type: "button", class: "wb-button", id: "wb-x-retry", onclick: () => retry(item) }, say(told ? "training.retry" : "training.change"))))),
    ];
  }

  /** Where you are: a step an item, each reachable, and how many are answered. */
  function drawProgress() {
    const { items } = view.exercise;
    const done = items.filter((item) => view.answers[item.id]).length;
    const step = (number, text, label, state = "") => make("li", {}, make("button", { type: "button", id: `wb-x-to-${number}`, class: `wb-x-dot ${state}`, "aria-current": number === at ? "step" : null, "aria-label": label, onclick: () => go(number) }, text));
    return make("nav", { class: "wb-x-progress", "aria-label": say("training.progress") },
      make("ol", {}, step(0, say("training.opening"), say("training.opening")),
        items.map((item, index) => {
          const state = view.answers[item.id] ? say("training.done") : say("training.open");
          return step(index + 1, view.answers[item.id] ? `${index + 1} ✓` : String(index + 1), `${say("training.item", { number: index + 1 })}, ${state}`, view.answers[item.id] ? "wb-x-done" : "");
        }),
        step(items.length + 1, say("training.review_short"), say("training.review"))),
      make("label", { class: "wb-small wb-soft" }, say("training.answered", { done, count: items.length }), make("progress", { max: items.length, value: done })));
  }

  function draw() {
    const { items } = view.exercise;
    at = Math.max(0, Math.min(at, items.length + 1));
    const screen = at === 0 ? drawOpening() : at > items.length ? drawReview(say, view, go) : drawItem(items[at - 1]);
    fill(root, drawProgress(), make("div", { class: "wb-x-screen" }, screen));
    drawn = JSON.stringify(view);
  }

  /** Take what is kept; the screen is drawn again only where something changed. */
  function update(found) {
    const item = found.exercise.items[at - 1];
    if (found.exercise.id !== view.exercise.id) { at = 0; for (const name of Object.keys(drafts)) delete drafts[name]; again.clear(); }
    view = found;
    let is_told = false;
    for (const [name, id] of Object.entries(waiting)) {
      const is_kept = view.sent ? view.sent[name] === id : Boolean(view.answers[name]);
      if (!is_kept && view.refused?.id !== id) continue;
      delete waiting[name];
      if (!is_kept) continue;
      again.delete(name);
      delete drafts[name];
      is_told = is_told || name === item?.id;
    }
    const is_led = view.state?.item && view.state.item !== led;
    led = view.state?.item;
    if (is_led) {
      const number = view.exercise.items.findIndex((one) => one.id === led) + 1;
      if (number > 0 && number !== at) return go(number);
    }
    if (!is_told && drawn === JSON.stringify(view)) return undefined;
    draw();
    if (is_told) root.querySelector("#wb-x-told")?.focus();
    if (asked && asked === item?.id) {
      root.querySelector("#wb-x-hint")?.focus();
      asked = "";
    }
    return undefined;
  }

  draw();
  return { update };
}
