const UPTAKE = [0, 1, 2, 3];

/** The fields of a judgement; what is typed is saved when typing pauses, for the card or pair it was typed in. */
function fieldsOf(model, root) {
  const typing = new Map();
  function typed(id, change) {
    clearTimeout(typing.get(id)?.timer);
    const now = () => { typing.delete(id); change(); };
    typing.set(id, { timer: setTimeout(now, 400), now });
  }
  return {
    isOpen: innerHeight >= 1000,
    flush: () => { for (const { timer, now } of [...typing.values()]) { clearTimeout(timer); now(); } },
    confidence: (value, change, id) => choice(say(model, "compare.confidence"), ["low", "medium", "high"].map((level) => [level, say(model, `confidence.${level}`)]), value, change, { id }),
    reason: (value, change, id) => make("label", { class: "wb-field wb-reason" }, make("span", { class: "wb-label" }, say(model, "compare.reason")),
      make("input", { class: "wb-input", id, maxlength: 2000, value, oninput: (event) => { const text = event.target.value; typed(id, () => change(text)); } })),
    evidence: (value, change, id) => evidenceOf(model, { root, value: value ?? "", change, id, typed }),
    scale: (name, values, given, change) => {
      const id = `wb-scale-${name}`;
      return make("div", { class: "wb-question" },
        make("span", { id, class: "wb-label" }, say(model, `compare.${name}_question`)),
        make("div", { role: "group", "aria-labelledby": id, class: "wb-scale" }, values.map((value) =>
          make("button", { type: "button", id: `wb-${name}-${value}`, class: "wb-step wb-step-wide", "aria-pressed": String(given === value), onclick: () => change(value) },
            make("b", {}, String(value)), " ", say(model, `${name}.${value}`)))));
    },
  };
}

/**
 * The place where a commitment is judged. `now` is the verdict, or what was begun of one; `act` holds what the
 * reader may do: send (changes), decide (words, provision), unknown, putOff, next, redraw.
 */
function verdictBar(model, bar, { number, is_audit, is_saving, card, key, verdict, now, fields, act }) {
  const button = (id, text, onclick, more = "") => make("button", { type: "button", class: `wb-button ${more}`, id, onclick }, say(model, text));
  // What is asked of every commitment is always in sight; the rest opens on demand, and stays open where it holds something.
  const more = make("details", { id: "wb-more", open: fields.isOpen || Boolean(now.reason || now.evidence) },
    make("summary", { onclick: () => { fields.isOpen = !more.open; } }, say(model, "compare.more")),
    make("div", { class: "wb-row" },
      fields.confidence(now.confidence ?? "medium", (confidence) => act.send({ confidence }), "wb-confidence"),
      fields.reason(now.reason ?? "", (reason) => act.send({ reason }, key), `wb-reason-${key}`),
      fields.evidence(now.evidence, (words, from) => act.decide(words, from, key), `wb-evidence-${key}`)),
    make("div", { class: "wb-row" },
      choice(say(model, "compare.calls"), ["yes", "unclear", "no"].map((answer) => [answer, say(model, `compare.calls.${answer}`)]), card.calls, (calls) => model.send({ kind: "commitment", id: card.commitment, calls_for_local: calls }), { id: "wb-calls" }),
      make("p", { class: "wb-soft wb-small wb-keys" }, say(model, "compare.keys"))));
  fill(bar,
    make("div", { class: "wb-judge-top" },
      make("h3", {}, say(model, is_audit ? "compare.judge_audit" : "compare.judge", { number })),
      make("span", { class: "wb-soft wb-small", role: "status" }, is_saving || verdict ? say(model, is_saving ? "compare.saving" : "compare.saved") : ""),
      make("div", { class: "wb-judge-acts" }, button("wb-unknown", "compare.no_information", act.unknown), button("wb-later", "compare.skip", act.putOff), button("wb-next", "compare.next", act.next, "wb-primary"))),
    make("div", { class: "wb-questions" },
      fields.scale("uptake", UPTAKE, now.uptake, (uptake) => { act.send({ uptake, conflict: now.conflict ?? 0 }); act.redraw(); }),
      fields.scale("conflict", UPTAKE, verdict ? now.conflict : (now.conflict ?? 0), (conflict) => { act.send({ conflict }); act.redraw(); })),
    more,
    verdict ? others(model, model.get("others")[key]) : null);
}

/** What others said of a card: shown once the reader has said something. */
const others = (model, said) => (said?.length > 0
  ? make("section", { class: "wb-others", "aria-labelledby": "wb-others" }, make("h4", { id: "wb-others" }, say(model, "compare.others")), make("ul", {}, said.map((line) => make("li", { dir: "auto" }, line))))
  : null);
