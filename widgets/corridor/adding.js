/** What a corridor is, and the form that adds one. */
function addingOf(model) {
  const { territories = [], documents = [], channels = [], stages = [], strengths = [] } = model.get("form");
  const isFirst = model.get("corridors").length === 0;
  const entry = { name: "", origin: "", destination: "", channels: [], stages: [], agreements: [], source: "", strength: "unchecked" };
  const field = (name, about) => make("label", { class: "wb-field" }, make("span", { class: "wb-label" }, say(model, `corridor.form.${name}`)),
    make("input", { class: "wb-input", id: `wb-add-${name}`, maxlength: 200, oninput: (event) => { entry[name] = event.target.value; } }), about ? make("span", { class: "wb-small wb-soft" }, about) : null);
  const place = (name) => choice(say(model, `corridor.form.${name}`), [["", say(model, "corridor.form.none")], ...territories.map((one) => [one.id, one.name])], "", (value) => { entry[name] = value; }, { id: `wb-add-${name}` });
  const several = (name, options) => make("fieldset", { class: "wb-choices" }, make("legend", {}, say(model, `corridor.form.${name}`)),
    make("div", {}, options.map(([id, text]) => make("label", {}, make("input", { type: "checkbox", onchange: (event) => { entry[name] = event.target.checked ? [...entry[name], id] : entry[name].filter((one) => one !== id); } }), make("span", { dir: "auto" }, text)))));
  const form = make("form", { id: "wb-add-corridor", onsubmit: (event) => { event.preventDefault(); model.send({ kind: "add", entry }); } },
    make("div", { class: "wb-grid" }, field("name"), place("origin"), place("destination")),
    several("channels", channels.map((one) => [one, say(model, `channel.${one}`)])), several("stages", stages.map((one) => [one, say(model, `stage.${one}`)])),
    documents.length > 0 ? make("details", {}, make("summary", {}, say(model, "corridor.form.agreements")), several("agreements", documents.map((one) => [one.id, one.name]))) : null,
    make("div", { class: "wb-grid" }, field("source", say(model, "corridor.form.source_about")), choice(say(model, "corridor.form.strength"), strengths.map((one) => [one, say(model, `competences.strength.${one}`)]), entry.strength, (value) => { entry.strength = value; })),
    make("p", {}, make("button", { class: "wb-button wb-primary", type: "submit" }, say(model, "corridor.form.add"))));
  const few = territories.length < 2 ? make("p", { class: "wb-notice wb-notice-warn" }, say(model, "corridor.form.few")) : null;
  if (isFirst) return make("section", { class: "wb-card" }, make("h2", {}, say(model, "corridor.none")), make("p", {}, say(model, "corridor.what")), make("p", {}, say(model, "corridor.how")), few, form);
  return make("details", { class: "wb-card wb-noprint" }, make("summary", {}, say(model, "corridor.form.title")), make("p", {}, say(model, "corridor.what")), few, form);
}
