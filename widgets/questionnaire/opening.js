/** The opening page: what this is, who answers for which side, how many questions, where the words come from. */
function openingScreen(model, { steps, saving, go, keys }) {
  const text = (name, values) => say(model, `assess.${name}`, values);
  const words = model.get("words");
  const heading = make("h2", { id: "wb-q-question", tabindex: "-1" }, words.title);
  const body = make("div", {});

  function radios(name, values, label) {
    return make("fieldset", { class: "wb-q-choice" }, make("legend", { class: "wb-label" }, text(name)),
      values.map((value) => make("label", { class: "wb-q-card", for: `wb-q-${name}-${value}` },
        make("input", { type: "radio", name: `wb-q-${name}`, id: `wb-q-${name}-${value}`, value, checked: model.get(name) === value, onchange: () => set(name, value) }),
        make("span", {}, label(value)))));
  }
  function set(name, value) {
    remember({ [name]: value });
    model.set(name, value);
    model.save_changes();
  }

  function refresh() {
    const waiting = steps.find((step) => !saving.newest(step.item, step.basis));
    const is_begun = steps.some((step) => saving.newest(step.item, step.basis));
    const place = model.get("place");
    fill(body,
      make("p", { class: "wb-lead" }, words.introduction),
      make("p", {}, text("about", { local: place.local ?? "", national: place.national || text("no_nation") })),
      model.get("may_answer") ? null : make("p", { class: "wb-notice wb-notice-warn", id: "wb-q-only-reading" }, text("only_reading")),
      model.get("respondent") ? make("p", { id: "wb-q-respondent" }, text("respondent", { name: model.get("respondent") }))
        : make("p", { class: "wb-notice wb-notice-warn", id: "wb-q-respondent" }, text("no_name"), " ", make("a", { href: address("start") }, text("to_start"))),
      make("p", { class: "wb-soft" }, text("blind")),
      make("div", { class: "wb-grid" },
        model.get("is_side_fixed") ? make("p", {}, text(`side_fixed.${model.get("side")}`)) : radios("side", ["local", "national"], (side) => capital(words.answers[side])),
        radios("form", ["short", "full"], (form) => text(`form.${form}`, { count: model.get("counts")[form] ?? 0 }))),
      make("p", { class: "wb-notice wb-small", id: "wb-q-origin" }, text("origin")),
      make("div", { class: "wb-row wb-q-ways" },
        waiting ? make("button", { type: "button", class: "wb-button wb-primary", id: "wb-q-start", onclick: () => go(waiting.item, waiting.basis) }, is_begun ? text("continue", { item: waiting.item }) : text("start")) : null,
        is_begun ? make("button", { type: "button", class: `wb-button ${waiting ? "" : "wb-primary"}`, id: "wb-q-review", onclick: () => go("review") }, text("review")) : null),
      make("details", { class: "wb-q-more" }, make("summary", {}, text("levels_mean")), make("ol", { start: "0" }, words.ladder.map((line) => make("li", {}, line)))),
      make("details", { class: "wb-q-more" }, make("summary", {}, text("terms")), make("dl", {}, Object.entries(words.terms).map(([term, meaning]) => [make("dt", {}, make("b", {}, term)), make("dd", {}, meaning)]))));
  }
  refresh();
  return { node: make("section", { class: "wb-q-screen", "aria-labelledby": "wb-q-question" }, heading, body, keys), heading, refresh };
}
