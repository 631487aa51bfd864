// The trainer's board in parts: how to join, where to lead, who is where, what came in.

/** A question before what cannot be taken back. */
function confirmed(text, act) {
  const dialog = make("dialog", { class: "wb wb-dialog", "aria-label": text, onclose: () => dialog.remove() },
    make("p", {}, text),
    make("div", { class: "wb-row" }, button("wb-yes", tell("workshop.yes"), () => { dialog.close(); act(); }, { class: "wb-button wb-primary" }), button("wb-no", tell("workshop.no"), () => dialog.close())));
  document.body.append(dialog);
  dialog.showModal();
}

/** The code by which somebody comes back to their place; it is shown here alone, and only now. */
function wayBack({ person, nickname }, { code, minutes }, address) {
  const closed = () => { dialog.remove(); document.getElementById(`wb-back-${person}`)?.focus(); };
  const dialog = make("dialog", { class: "wb wb-dialog", id: "wb-way-back", "aria-labelledby": "wb-way-back-title", onclose: closed },
    make("h2", { id: "wb-way-back-title" }, tell("workshop.back.title", { name: nickname })),
    make("ol", {}, make("li", {}, tell("workshop.back.open", { address })), make("li", {}, tell("workshop.back.choose", { choice: tell("workshop.join.been_here") })),
      make("li", {}, tell("workshop.back.type"), make("p", { class: "wb-room-code wb-room-return", id: "wb-code-back" }, `${code.slice(0, 4)}-${code.slice(4)}`))),
    make("p", {}, tell("workshop.back.once", { minutes })), make("p", {}, tell("workshop.back.alone")),
    button("wb-way-back-close", tell("workshop.back.close"), () => dialog.close()));
  document.body.append(dialog);
  dialog.showModal();
}

/** Address and codes; the trainer's own is shown on demand only, since boards get projected. */
function entrance({ room, people }, lead) {
  const hours = Math.floor(room.minutes_left / 60);
  return make("section", { class: "wb-card", id: "wb-entrance" },
    make("h2", {}, tell("workshop.board.entrance")),
    make("dl", { class: "wb-room-facts" },
      make("div", {}, make("dt", {}, tell("workshop.board.address")), make("dd", {}, room.address)),
      make("div", {}, make("dt", {}, tell("workshop.join.code")), make("dd", { class: "wb-room-code", id: "wb-join-code" }, room.join_code)),
      make("div", {}, make("dt", {}, tell("workshop.board.people")), make("dd", { id: "wb-count" }, String(people.length)))),
    make("p", { class: "wb-soft wb-small" }, room.minutes_left ? tell("workshop.board.holds", { hours, minutes: room.minutes_left % 60 }) : tell("workshop.board.expired")),
    make("details", {}, make("summary", {}, tell("workshop.board.trainer_code")), make("p", { class: "wb-room-code" }, room.trainer_code)),
    make("div", { class: "wb-row" },
      make("a", { class: "wb-button", href: "/projector", target: "_blank", rel: "noopener" }, tell("workshop.board.projector")),
      make("a", { class: "wb-button", href: "/api/results.zip", download: "workshop.zip", id: "wb-results" }, tell("workshop.board.results")),
      button("wb-renew", tell("workshop.board.renew"), () => confirmed(tell("workshop.board.renew_sure"), () => lead({ kind: "renew" }))),
      !room.closed && button("wb-close", tell("workshop.board.close"), () => confirmed(tell("workshop.board.close_sure"), () => lead({ kind: "close" })))));
}

/** A switch that says its state in words. */
const toggle = (id, text, is_on, act, extra = {}) => button(id, text, act, { "aria-pressed": String(is_on), ...extra });

/** Exercise, round, pause, feedback, pairs, reveal. */
function steering(view, lead) {
  const { state, exercises, progress } = view;
  const options = [["", tell("workshop.board.waiting_room")], ...exercises.map((one) => [one.id, tell("workshop.board.exercise_line", { title: one.title, minutes: one.minutes, level: one.level })])];
  const has = Boolean(state.exercise);
  return make("section", { class: "wb-card", id: "wb-steering" },
    make("h2", {}, tell("workshop.board.lead")),
    choice(tell("workshop.board.exercise"), options, state.exercise, (exercise) => lead({ kind: "exercise", exercise }), { id: "wb-exercise" }),
    make("div", { class: "wb-row wb-room-turns", role: "group", "aria-label": tell("workshop.rounds") },
      TURNS.map((turn, place) => toggle(`wb-round-${turn}`, `${place + 1} ${tell(`workshop.round.${turn}`)}`, has && state.round === turn, () => lead({ kind: "round", round: turn }), { disabled: !has }))),
    has && make("div", {},
      make("p", { id: "wb-progress-text" }, tell("workshop.board.progress", { through: progress.through, people: view.people.length, share: percent(progress.share) })),
      make("progress", { max: 1, value: progress.share, "aria-label": tell("workshop.board.progress_label") })),
    make("div", { class: "wb-row" },
      toggle("wb-pause", tell(state.paused ? "workshop.board.resume" : "workshop.board.pause"), state.paused, () => lead({ kind: "pause", on: !state.paused }), { disabled: !has }),
      button("wb-pairs", tell("workshop.board.pairs"), () => lead({ kind: "groups" }), { disabled: !view.people.length }),
      button("wb-reveal", tell(state.revealed ? "workshop.board.revealed" : "workshop.board.reveal"), () => confirmed(tell("workshop.board.reveal_sure"), () => lead({ kind: "reveal" })), { class: has && !state.revealed ? "wb-button wb-primary" : "wb-button", disabled: !has || state.revealed })),
    make("label", { class: "wb-room-consent" }, make("input", { type: "checkbox", id: "wb-feedback", checked: state.feedback, onchange: (event) => lead({ kind: "feedback", on: event.target.checked }) }), make("span", {}, tell("workshop.board.feedback"))));
}

/** Everybody by nickname: with whom, how far, there or away. What they answered is not said. */
function roll(view, lead, bringBack) {
  const { people, progress, room } = view;
  return make("section", { class: "wb-card", id: "wb-people" }, make("h2", {}, tell("workshop.board.who")),
    !people.length ? make("p", { class: "wb-soft" }, tell("workshop.board.nobody")) : make("div", { class: "wb-scroll", tabindex: "0", role: "region", "aria-label": tell("workshop.board.who") }, make("table", { class: "wb-table wb-stack" },
      make("caption", { class: "wb-hidden" }, tell("workshop.board.who")),
      make("thead", {}, make("tr", {}, ["nickname", "pair", "answered", "presence"].map((name) => make("th", { scope: "col" }, tell(`workshop.board.${name}`))), make("th", { scope: "col" }, make("span", { class: "wb-hidden" }, tell("workshop.board.actions"))))),
      make("tbody", {}, people.map((one) => make("tr", {}, make("th", { scope: "row", dir: "auto" }, one.nickname),
        make("td", { "data-label": tell("workshop.board.pair") }, one.group === null ? "–" : String(one.group)),
        make("td", { "data-label": tell("workshop.board.answered") }, progress.items ? tell("workshop.board.of", { count: one.answered, items: progress.items }) : "–"),
        make("td", { "data-label": tell("workshop.board.presence") }, make("span", { class: one.away ? "wb-chip wb-chip-warn" : "wb-chip wb-chip-good" }, tell(one.away ? "workshop.board.away" : "workshop.board.here"))),
        make("td", { class: "wb-room-actions" }, !room.closed && button(`wb-back-${one.person}`, tell("workshop.back.action"), () => bringBack(one), { class: "wb-link", "aria-label": tell("workshop.back.title", { name: one.nickname }) }),
          button(`wb-remove-${one.person}`, tell("workshop.board.remove"), () => confirmed(tell("workshop.board.remove_sure", { name: one.nickname }), () => lead({ kind: "remove", person: one.person })), { class: "wb-link", "aria-label": tell("workshop.board.remove_name", { name: one.nickname }) }))))))),
    people.length > 0 && !room.closed && make("p", { class: "wb-soft wb-small" }, tell("workshop.back.note")));
}

/** Each item: its answers by round, the panel's answer folded away until the reveal, and the way to the plenary. */
function items(view, lead, opened) {
  const { exercise, state } = view;
  if (!exercise) return null;
  return make("section", { id: "wb-items" }, make("h2", {}, exercise.title),
    make("div", { class: "wb-card" }, make("h3", {}, tell("workshop.agreement.title")), agreement(view.agreement, true)),
    exercise.items.map((item, place) => {
      const panel = view.panel[item.id];
      const is_discussed = state.discussed === item.id;
      return make("article", { class: "wb-card", id: `wb-item-${item.id}` },
        make("h3", { dir: "auto" }, `${place + 1}. ${item.question}`),
        item.fields.filter((field) => field.kind !== "words").map((field) => distribution(item, field, view.distribution, TURNS, state.revealed ? panelValue(panel, field) : undefined)),
        view.words[item.id] && folded(`wb-words-${item.id}`, tell("workshop.board.words", { count: view.words[item.id].length }), opened, make("ul", { class: "wb-room-words" }, view.words[item.id].map((one) => make("li", { dir: "auto" }, one)))),
        folded(`wb-panel-${item.id}`, tell("workshop.board.panel"), opened, reasons(item, panel)),
        toggle(`wb-discuss-${item.id}`, tell(is_discussed ? "workshop.board.discussed" : "workshop.board.discuss"), is_discussed, () => lead({ kind: "discuss", item: is_discussed ? "" : item.id }), { disabled: !state.revealed }));
    }),
    view.notes && make("div", { class: "wb-card" }, folded("wb-notes", tell("workshop.board.notes"), opened, prose(view.notes))));
}

/** Something to open, that stays open as the board is drawn again. */
function folded(id, title, opened, content) {
  return make("details", { id, open: opened.has(id), ontoggle: (event) => (event.target.open ? opened.add(id) : opened.delete(id)) }, make("summary", {}, title), content);
}

/** The panel's answer to an item, and why. */
const reasons = (item, panel) => make("div", {},
  make("ul", {}, item.fields.filter((field) => field.kind !== "words").map((field) => make("li", {}, `${field.label}: `, make("b", {}, words(field, panelValue(panel, field)))))),
  panel.reason && prose(panel.reason));
