// What stands around an exercise on a participant's page: the round, with whom, what the other said, what is discussed.

/** What to do now, in one sentence. */
function guide(view) {
  const { state, me } = view;
  if (state.closed) return tell("workshop.now.closed");
  if (!state.exercise) return tell("workshop.now.waiting");
  if (state.revealed) return tell("workshop.now.revealed");
  if (state.round === "pairs") return me.mates.length ? tell("workshop.now.pairs", { names: me.mates.join(", ") }) : tell("workshop.now.pair_alone");
  return tell(`workshop.now.${state.round}`);
}

/** What the two of a pair answered alone on an item, beside each other. */
function beside(item, mine, others, name) {
  const columns = [[name, mine], ...others.map((one) => [one.nickname, one.value])];
  return make("table", { class: "wb-table wb-stack" },
    make("caption", {}, item.question),
    make("thead", {}, make("tr", {}, make("th", { scope: "col" }, tell("workshop.asked")), columns.map(([who]) => make("th", { scope: "col" }, who)))),
    make("tbody", {}, item.fields.map((field) => make("tr", {}, make("th", { scope: "row" }, field.label),
      columns.map(([who, value]) => make("td", { "data-label": who, dir: "auto" }, words(field, value[field.id])))))));
}

/** The answers alone, side by side, of the items that both have answered: of the one that is on the screen, else of all. */
function together(view, exercise, fold, at) {
  const both = exercise.items.filter((item) => view.others?.[item.id]?.length && view.alone?.[item.id]);
  const shared = exercise.items[at - 1] ? both.filter((item) => item.id === exercise.items[at - 1].id) : both;
  if (view.state.round === "alone" || view.state.revealed) return null;
  if (!shared.length) return view.state.round === "pairs" && view.me.mates.length ? make("p", { class: "wb-soft" }, tell("workshop.others_later")) : null;
  return make("details", { class: "wb-card", id: "wb-beside", open: fold.is_open, ontoggle: (event) => { fold.is_open = event.target.open; } },
    make("summary", {}, make("h2", {}, tell("workshop.others"))),
    shared.map((item) => beside(item, view.alone[item.id], view.others[item.id], tell("workshop.you"))));
}
