/** Every question by dimension with what is answered: progress, and the way to any of them. */
function jumpList(model, { steps, here, saving, go, opened }) {
  const text = (name, values) => say(model, `assess.${name}`, values);
  const is_done = (step) => Boolean(saving.newest(step.item, step.basis));
  const of = (dimension) => steps.filter((step) => step.row.dimension === dimension);
  const done = steps.filter(is_done).length;
  const letters = [...new Set(steps.map((step) => step.row.dimension))];
  const mark = (step) => {
    const answer = saving.newest(step.item, step.basis);
    const state = !answer ? "open" : lacksEvidence(answer) ? "lacking" : "done";
    return make("span", { class: `wb-q-mark wb-q-${state}` }, make("span", { "aria-hidden": "true" }, { open: "○", lacking: "!", done: "✓" }[state]),
      make("span", { class: "wb-hidden" }, `${text(`basis.${step.basis}`)}: ${text(`state.${state}`)}. `));
  };
  return make("nav", { class: "wb-card wb-q-list wb-noprint", "aria-label": text("list") },
    make("p", { id: "wb-q-done" }, text("progress", { done, all: steps.length })),
    make("progress", { max: Math.max(steps.length, 1), value: done, "aria-labelledby": "wb-q-done" }),
    letters.map((letter) => {
      const own = of(letter);
      const count = own.filter(is_done).length;
      const is_here = own.some((step) => step.item === here);
      const items = [...new Set(own.map((step) => step.item))];
      return make("details", { id: `wb-q-dimension-${letter}`, open: opened.get(letter) ?? is_here, ontoggle: (event) => { if (event.target.open !== (opened.get(letter) ?? is_here)) opened.set(letter, event.target.open); } },
        make("summary", {}, make("span", {}, `${letter} ${own[0].row.dimension_name}`), " ", make("span", { class: "wb-chip" }, text("of", { done: count, all: own.length })),
          make("progress", { max: own.length, value: count, "aria-label": `${own[0].row.dimension_name}: ${text("of", { done: count, all: own.length })}` })),
        make("ul", {}, items.map((item) => make("li", {}, make("button", { type: "button", class: "wb-title", id: `wb-q-jump-${item}`, "aria-current": item === here ? "step" : null, onclick: () => go(item) },
          own.filter((step) => step.item === item).map(mark), " ", make("span", { class: "wb-number" }, item), " ", own.find((step) => step.item === item).row.question)))));
    }));
}

/** All answers, what is missing, what lacks evidence; each row leads back to its question. */
function reviewScreen(model, { steps, saving, go }) {
  const text = (name, values) => say(model, `assess.${name}`, values);
  const heading = make("h2", { id: "wb-q-question", tabindex: "-1" }, text("review_title"));
  const body = make("div", {});
  const head = (name) => make("th", { scope: "col" }, text(name));

  function cell(step) {
    if (!step) return make("td", { class: "wb-soft", "data-label": text("basis.paper") }, text("not_asked"));
    const answer = saving.newest(step.item, step.basis);
    const chip = !answer ? make("span", { class: "wb-chip wb-chip-warn" }, text("state.open")) : lacksEvidence(answer) ? make("span", { class: "wb-chip wb-chip-warn" }, `! ${text("state.lacking")}`) : null;
    const shown = answer ? [answer.place, answer.link, answer.note].filter(Boolean) : [];
    return make("td", { "data-label": text(`basis.${step.basis}`) },
      chip, answer ? make("span", { dir: "auto" }, `${answerWords(model, step.row, answer)} `) : null,
      shown.map((one) => make("span", { class: "wb-small wb-soft wb-q-shown", dir: "auto" }, one)),
      answer?.reason && step.row.kind !== "open" ? make("span", { class: "wb-small wb-q-shown", dir: "auto" }, `“${answer.reason}”`) : null,
      make("button", { type: "button", class: "wb-button wb-noprint", id: `wb-q-to-${step.item}-${step.basis}`, "aria-label": `${text(answer ? "change" : "answer")}: ${step.item}, ${text(`basis.${step.basis}`)}`, onclick: () => go(step.item, step.basis) }, text(answer ? "change" : "answer")));
  }

  function refresh() {
    const missing = steps.filter((step) => !saving.newest(step.item, step.basis));
    const lacking = steps.filter((step) => lacksEvidence(saving.newest(step.item, step.basis)));
    const way = (key, found) => make("div", { class: "wb-notice wb-notice-warn", id: `wb-q-${key}` }, text(key, { count: found.length }), " ",
      make("button", { type: "button", class: "wb-button", id: `wb-q-first-${key}`, onclick: () => go(found[0].item, found[0].basis) }, text("first", { item: found[0].item })));
    const letters = [...new Set(steps.map((step) => step.row.dimension))];
    fill(body,
      missing.length > 0 ? way("missing", missing) : make("p", { class: "wb-notice", id: "wb-q-complete" }, text("complete")),
      lacking.length > 0 ? way("lacking", lacking) : null,
      letters.map((letter) => {
        const own = steps.filter((step) => step.row.dimension === letter);
        const items = own.filter((step) => step.basis === "practice");
        return make("table", { class: "wb-table wb-stack wb-q-review" }, make("caption", {}, `${letter} ${own[0].row.dimension_name}`),
          make("thead", {}, make("tr", {}, head("question"), head("basis.practice"), head("basis.paper"))),
          make("tbody", {}, items.map((step) => make("tr", {}, make("th", { scope: "row" }, make("span", { class: "wb-number" }, step.item), ` ${step.row.question}`), cell(step), cell(own.find((one) => one.item === step.item && one.basis === "paper"))))));
      }),
      make("p", {}, text("all_saved")),
      make("p", { class: "wb-soft" }, text("origin")),
      make("p", { class: "wb-noprint" }, make("a", { class: "wb-button wb-primary", href: address("scorecard") }, text("to_scorecard"))));
  }
  refresh();
  return { node: make("section", { class: "wb-q-screen", "aria-labelledby": "wb-q-question" }, heading, body), heading, refresh };
}
