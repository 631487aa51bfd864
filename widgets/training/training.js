// The page of exercises: a list with what is done, or the exercise that is open.

/** A number that stands for this browser, so that a reload finds what was answered; it names nobody. */
function learner() {
  const kept = recalled("learner");
  if (/^[0-9a-f]{24}$/.test(kept)) return kept;
  const made = submitId();
  keepLocally("learner", made);
  return made;
}

function render({ model, el }) {
  const root = make("div", { class: "wb wb-x-page" });
  const place = make("div", {});
  el.append(root, place);
  const tell = (key, values) => say(model, key, values);
  let shown = null;
  let of = "";

  function open(id) {
    remember({ exercise: id }, true);
    model.send({ kind: "open", exercise: id });
  }

  function card(row) {
    const state = row.done === 0 ? null : row.done < row.items ? tell("training.answered", { done: row.done, count: row.items }) : `✓ ${tell("training.all_done")}`;
    return make("li", { class: "wb-card" },
      make("h3", { lang: row.language }, row.title),
      make("p", {}, [tell(`training.kind_name.${row.kind}`), tell("training.minutes", { minutes: row.minutes })].map((text) => make("span", { class: "wb-chip" }, text)),
        state ? make("span", { class: "wb-chip wb-chip-good" }, state) : null),
      make("p", { class: "wb-small", lang: row.language }, row.goal),
      make("div", { class: "wb-row" }, make("button", { type: "button", class: row.done > 0 ? "wb-button wb-primary" : "wb-button", id: `wb-x-open-${row.id}`, "aria-label": `${tell(row.done > 0 ? "training.continue" : "training.open_exercise")}: ${row.title}`, onclick: () => open(row.id) }, tell(row.done > 0 ? "training.continue" : "training.open_exercise"))));
  }

  function drawList() {
    const rows = model.get("catalogue");
    return [make("h1", {}, tell("training.title")), make("p", { class: "wb-lead" }, tell("training.lead")),
      ...[1, 2, 3].map((level) => [level, rows.filter((row) => row.level === level)]).filter(([, own]) => own.length > 0).map(([level, own]) =>
        make("section", {}, make("h2", {}, tell(`training.level_head.${level}`)), make("ul", { class: "wb-x-list wb-grid" }, own.map(card)))),
      model.get("is_ready") && rows.length === 0 ? make("p", { class: "wb-empty" }, tell("training.no_exercises")) : null];
  }

  function view() {
    const [answers, feedback, hints, overall, sent, refused] = ["answers", "feedback", "hints", "overall", "sent", "refused"].map((name) => model.get(name));
    return { exercise: model.get("exercise"), answers, feedback, hints, overall: overall.n ? overall : null, sent, refused, state: model.get("state") };
  }

  function draw() {
    const { exercise } = view();
    if (!exercise.id) {
      shown = null;
      place.replaceChildren();
      return fill(root, model.get("is_listed") ? drawList() : null);
    }
    fill(root, make("div", { class: "wb-x-top" }, make("h1", { lang: exercise.language }, exercise.title),
      model.get("is_listed") ? make("button", { type: "button", class: "wb-button", id: "wb-x-list", onclick: () => { remember({ exercise: "" }, true); model.send({ kind: "close" }); } }, tell("training.to_list")) : null));
    if (!shown || of !== exercise.id + model.get("labels")["language.code"]) {
      place.replaceChildren();
      shown = exerciseView({ host: place, say: tell, view: view(), send: (message) => model.send(message), is_titled: true });
      of = exercise.id + model.get("labels")["language.code"];
    } else shown.update(view());
    return undefined;
  }

  const back = () => model.send({ kind: "open", exercise: new URLSearchParams(location.search).get("exercise") ?? "" });
  window.addEventListener("popstate", back);
  model.on("change:labels change:catalogue change:exercise change:turn change:is_ready", draw);
  draw();
  if (document.body.dataset.voila) model.send({ kind: "enter", exercise: new URLSearchParams(location.search).get("exercise") ?? "", learner: learner() });
  return () => window.removeEventListener("popstate", back);
}
export default { render };
