const UNSAID = ["not_applicable", "do_not_know"];
const capital = (text) => text.charAt(0).toLocaleUpperCase() + text.slice(1);

/** An answer in words: its level with what that means, or why there is none. */
function answerWords(model, row, answer) {
  if (!answer) return capital(model.get("words").answers.unanswered);
  if (UNSAID.includes(answer.level)) return capital(model.get("words").answers[answer.level]);
  if (answer.level === null || answer.level === undefined) return answer.reason;
  return `${say(model, "assess.level", { level: answer.level })}: ${row.levels[answer.level]}`;
}

/** One question: what is asked, the levels as radio cards, what documents suggest, what shows the answer. */
function questionScreen(model, { step, number, count, saving, go, move, status, keys }) {
  const { item, basis, row } = step;
  const is_open = row.kind === "open";
  const off = !model.get("may_answer");
  const text = (name, values) => say(model, `assess.${name}`, values);
  const words = model.get("words").answers;
  const give = (changes, how) => saving.give(item, basis, changes, { is_open, ...how });
  let is_walking = false;

  function card(value, label, more) {
    const id = `wb-q-level-${value}`;
    return make("label", { class: `wb-q-card ${more ? "wb-q-apart" : ""}`, for: id },
      make("input", { type: "radio", name: "wb-q-level", id, value, disabled: off, onchange: () => choose(value) }),
      more ? null : make("b", { class: "wb-q-number" }, String(value)),
      make("span", {}, label, more ? make("span", { class: "wb-small wb-soft wb-q-meaning" }, more) : null));
  }
  /** Walking with the arrow keys chooses on the way: only where it stops is kept. */
  function choose(value) {
    const level = UNSAID.includes(value) ? value : Number(value);
    if (is_walking) saving.later(`${item}|${basis}|level`, () => give({ level }));
    else give({ level });
    is_walking = false;
  }
  function press(value) {
    const field = levels?.querySelector(`#wb-q-level-${value}`);
    if (!field || field.disabled) return false;
    field.checked = true;
    field.focus();
    choose(value);
    return true;
  }

  const heading = make("h2", { id: "wb-q-question", tabindex: "-1" }, make("span", { class: "wb-number" }, `${item} `), row.question);
  const levels = is_open ? null : make("fieldset", { class: "wb-q-levels", role: "radiogroup", "aria-labelledby": "wb-q-question wb-q-basis", onkeydown: (event) => { is_walking = /^Arrow/.test(event.key); } },
    row.levels.map((label, value) => card(value, label)),
    make("div", { class: "wb-q-unsaid" }, make("p", { class: "wb-label" }, text("or")), UNSAID.map((name) => card(name, capital(words[name]), text(`${name}_means`)))));
  const evidence = evidencePanel(model, { step, saving, give });
  const reason = evidence.area("reason");
  reason.addEventListener("change", () => { if (is_open && !reason.value.trim()) reason.value = saving.shown(item, basis).reason; });
  const notices = make("div", {});
  const suggested = make("div", {});
  const bases = make("div", { role: "group", "aria-label": text("bases"), class: "wb-tabs" });

  function drawSuggestions() {
    const found = basis === "paper" ? model.get("suggestions")[item] ?? [] : [];
    fill(suggested, found.length === 0 ? null : make("section", { class: "wb-q-suggested", "aria-labelledby": "wb-q-suggested" },
      make("h3", { id: "wb-q-suggested" }, text("suggested")),
      make("p", { class: "wb-small wb-soft" }, text("suggested_what")),
      found.map((one, index) => make("div", { class: "wb-q-suggestion" },
        make("p", {}, make("span", { class: "wb-chip" }, text(one.low === one.high ? "speaks_for" : "speaks_between", { low: one.low, high: one.high })), " ", make("q", { lang: one.language, dir: "auto" }, one.sentence)),
        make("p", { class: "wb-small" }, make("a", { href: address("compare", { provision: one.provision }) }, one.place)),
        off ? null : make("div", { class: "wb-row" }, Array.from({ length: one.high - one.low + 1 }, (_, at) => one.low + at).map((level) =>
          make("button", { type: "button", class: "wb-button", id: `wb-q-accept-${index}-${level}`, onclick: () => give({ level, document: one.document, provision: one.provision, page: one.page, place: one.place, note: one.sentence }, { kind: "accept" }) }, text("accept", { level }))))))));
  }

  function refresh() {
    const answer = saving.newest(item, basis);
    if (levels && !saving.isWaiting(`${item}|${basis}|level`)) {
      for (const field of levels.querySelectorAll("input")) field.checked = answer !== undefined && String(answer.level) === field.value;
    }
    evidence.write(reason, "reason");
    evidence.refresh();
    const begun = saving.shown(item, basis);
    fill(notices,
      off ? make("p", { class: "wb-notice wb-notice-warn" }, text("only_reading")) : null,
      lacksEvidence(answer) ? make("p", { class: "wb-notice wb-notice-warn", id: "wb-q-lacks" }, text("ask_evidence"), " ", model.get("words").answers.evidence_missing) : null,
      !answer && !is_open && (begun.document || begun.link || begun.note || begun.reason) ? make("p", { class: "wb-notice" }, text("begun")) : null,
      answer?.side && answer.side !== model.get("side") ? make("p", { class: "wb-notice" }, text(`other_side.${answer.side}`)) : null);
    fill(bases, row.paper ? ["practice", "paper"].map((name) => {
      const given = saving.newest(item, name);
      const state = given ? answerWords(model, row, given).split(":")[0] : capital(words.unanswered);
      return make("button", { type: "button", class: "wb-tab", id: `wb-q-basis-${name}`, "aria-pressed": String(name === basis), onclick: () => go(item, name, `wb-q-basis-${name}`) }, `${text(`basis.${name}`)} – ${state}`);
    }) : null);
  }

  const node = make("section", { class: "wb-q-screen", "aria-labelledby": "wb-q-question" },
    make("p", { class: "wb-soft wb-q-where" }, text("where", { dimension: `${row.dimension} ${row.dimension_name}`, number, count })),
    heading,
    make("p", {}, row.explanation),
    bases,
    is_open ? make("label", { class: "wb-field" }, make("span", { class: "wb-label", id: "wb-q-basis" }, text("own_words")), reason)
      : make("form", { id: "wb-q-form", onsubmit: (event) => { event.preventDefault(); move(1); } },
        make("p", { id: "wb-q-basis", class: "wb-q-legend" }, capital(words[basis])), levels),
    suggested, notices, is_open ? null : evidence.node,
    is_open ? null : make("label", { class: "wb-field wb-q-words" }, make("span", { class: "wb-label" }, text("reason")), reason),
    make("div", { class: "wb-row wb-q-ways wb-noprint" },
      make("button", { type: "button", class: "wb-button", id: "wb-q-back", onclick: () => move(-1) }, text("back")),
      // Enter in a radio card goes on, as the button does.
      make("button", { type: is_open ? "button" : "submit", form: is_open ? null : "wb-q-form", class: "wb-button wb-primary", id: "wb-q-next", onclick: is_open ? () => move(1) : null }, text("next")),
      make("button", { type: "button", class: "wb-button", id: "wb-q-review", onclick: () => go("review") }, text("review"))),
    status, keys);
  drawSuggestions();
  refresh();
  return { node, heading, refresh, press, drawSuggestions, drawHits: evidence.drawHits };
}
