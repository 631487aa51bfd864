/** The fields of a form, by their kind; each writes what is typed into the draft at once. */
const FIELDS = {
  text: (model, field, draft, id) => make("label", { class: "wb-field" }, make("span", { class: "wb-label" }, field.label),
    make("input", { class: "wb-input", id, required: field.required, maxlength: field.most ?? 300, inputmode: field.mode, value: draft[field.name] ?? "", oninput: (event) => { draft[field.name] = event.target.value; } }), field.about ? make("span", { class: "wb-small wb-soft" }, field.about) : null),
  area: (model, field, draft, id) => {
    const box = make("textarea", { class: "wb-input", id, rows: 2, maxlength: 2000, oninput: (event) => { draft[field.name] = event.target.value; } });
    box.value = draft[field.name] ?? "";
    return make("label", { class: "wb-field wb-wide" }, make("span", { class: "wb-label" }, field.label), box, field.about ? make("span", { class: "wb-small wb-soft" }, field.about) : null);
  },
  choice: (model, field, draft, id) => choice(field.label, field.options, draft[field.name] ?? "", (value) => { draft[field.name] = value; }, { id }),
  several: (model, field, draft, id) => field.options.length === 0 ? null : make("details", { class: "wb-wide", id, open: (draft[field.name] ?? []).length > 0 }, make("summary", {}, field.label), make("fieldset", { class: "wb-choices" }, make("legend", { class: "wb-hidden" }, field.label),
    make("div", {}, field.options.map(([value, text]) => make("label", {}, make("input", { type: "checkbox", checked: (draft[field.name] ?? []).includes(value), onchange: (event) => {
      const kept = (draft[field.name] ?? []).filter((one) => one !== value);
      draft[field.name] = event.target.checked ? [...kept, value] : kept;
    } }), make("span", { dir: "auto" }, text)))))),
  /** Texts it rests on: those kept, each to be taken off, and a document with a number to add one. */
  evidence: (model, field, draft, id, redraw) => make("fieldset", { class: "wb-choices wb-wide", id }, make("legend", {}, field.label),
    (draft[field.name] ?? []).length === 0 ? make("p", { class: "wb-small wb-soft" }, say(model, "entry.no_evidence")) : make("ul", { class: "wb-evidence" }, draft[field.name].map((one) => make("li", {}, make("span", { dir: "auto" }, field.names[one] ?? one), " ",
      make("button", { type: "button", class: "wb-link", "aria-label": `${say(model, "entry.take_off")}: ${field.names[one] ?? one}`, onclick: () => { draft[field.name] = draft[field.name].filter((kept) => kept !== one); redraw(id); } }, say(model, "entry.take_off"))))),
    field.options.length === 0 ? null : make("div", { class: "wb-row" }, choice(say(model, "entry.document"), [["", "–"], ...field.options], draft.document ?? "", (value) => { draft.document = value; }, { id: `${id}-document` }),
      FIELDS.text(model, { name: "number", label: say(model, "entry.number"), about: say(model, "entry.number_about") }, draft, `${id}-number`))),
  /** Who does what towards whom, a row each; names are offered, others may be written. */
  flows: (model, field, draft, id, redraw) => {
    const rows = draft[field.name] ?? [];
    const end = (row, place, key) => make("label", { class: "wb-field" }, make("span", { class: "wb-label" }, say(model, `entry.${key}`)), make("input", { class: "wb-input", list: `${id}-names`, maxlength: 200, required: true, value: row[place], oninput: (event) => { row[place] = event.target.value; } }));
    return make("fieldset", { class: "wb-choices wb-wide", id, tabindex: "-1" }, make("legend", {}, field.label), make("datalist", { id: `${id}-names` }, field.names.map((name) => make("option", { value: name }))),
      make("div", { class: "wb-flows" }, rows.map((row, place) => make("div", { class: "wb-row" }, end(row, 0, "from"), choice(say(model, "entry.function"), field.options, row[1], (value) => { row[1] = value; }), end(row, 2, "to"),
        make("button", { type: "button", class: "wb-button", "aria-label": `${say(model, "entry.take_off")}: ${place + 1}`, onclick: () => { rows.splice(place, 1); redraw(id); } }, say(model, "entry.take_off"))))),
      make("button", { type: "button", class: "wb-button", id: `${id}-add`, onclick: () => { draft[field.name] = [...rows, ["", field.options[0][0], ""]]; redraw(`${id}-add`); } }, say(model, "entry.add_flow")));
  },
  /** Latitude and longitude of territories. */
  places: (model, field, draft, id) => field.options.length === 0 ? null : make("fieldset", { class: "wb-choices wb-wide", id }, make("legend", {}, field.label), make("p", { class: "wb-small wb-soft" }, say(model, "entry.places_about")),
    make("div", { class: "wb-flows" }, field.options.map(([place, name]) => {
      const spot = (draft[field.name][place] ??= ["", ""]);
      const one = (index, key) => make("label", { class: "wb-field" }, make("span", { class: "wb-label" }, `${name}: ${say(model, `entry.${key}`)}`), make("input", { class: "wb-input", id: `${id}-${place}-${key}`, inputmode: "decimal", maxlength: 12, value: spot[index], oninput: (event) => { spot[index] = event.target.value; } }));
      return make("div", { class: "wb-row" }, one(0, "latitude"), one(1, "longitude"));
    }))),
};

/** Forms for entries of registers: one is open at a time, and its words stay while the page is drawn again around it. */
function entriesOf(model, send, redraw) {
  const state = { key: "", draft: {}, asked: "" };
  const keyOf = (register, id, of) => `${register}-${id || `new${of ? `-${of}` : ""}`}`;
  const focus = (id) => document.getElementById(id)?.focus();
  const again = (id) => { redraw(); focus(id); };

  function open(key, values, first) {
    Object.assign(state, state.key === key ? { key: "", draft: {} } : { key, draft: structuredClone(values) }, { asked: "" });
    redraw();
    focus(state.key ? `wb-entry-${key}-${first}` : `wb-edit-${key}`);
  }

  /** Closes what was kept, and puts the reader back where it was opened. */
  function close() {
    const key = state.key || state.asked;
    Object.assign(state, { key: "", draft: {}, asked: "" });
    redraw();
    focus(`wb-edit-${key}`);
  }

  /**
   * The button that opens a form, and, of an entry that is there, the one that removes it once that is confirmed.
   * `of` keeps apart forms for new entries of one register: what the entry is a part of.
   */
  function buttons(register, id, name, values, fields, label = "", of = "") {
    const key = keyOf(register, id, of);
    const named = label || say(model, "entry.edit");
    const look = id ? "wb-link" : "wb-button";
    const edit = make("button", { type: "button", class: look, id: `wb-edit-${key}`, "aria-expanded": String(state.key === key), "aria-label": name ? `${named}: ${name}` : named, onclick: () => open(key, values, fields[0].name) }, named);
    const remove = id ? make("button", { type: "button", class: look, id: `wb-remove-${key}`, "aria-expanded": String(state.asked === key), "aria-label": `${say(model, "entry.remove")}: ${name}`, onclick: () => { state.asked = state.asked === key ? "" : key; again(state.asked ? `wb-sure-${key}` : `wb-remove-${key}`); } }, say(model, "entry.remove")) : null;
    const sure = state.asked === key ? make("div", { class: "wb-notice wb-notice-warn", role: "group" }, make("p", {}, say(model, "entry.remove_really", { name })),
      make("button", { type: "button", class: "wb-button", id: `wb-sure-${key}`, onclick: () => send({ kind: "strike", register, id }) }, say(model, "entry.remove")), " ",
      make("button", { type: "button", class: "wb-button", onclick: () => { state.asked = ""; again(`wb-remove-${key}`); } }, say(model, "entry.cancel"))) : null;
    return make("div", { class: "wb-noprint" }, make("div", { class: "wb-choice" }, edit, remove), sure, form(key, register, id, fields));
  }

  function form(key, register, id, fields) {
    if (state.key !== key) return null;
    const drawn = fields.map((field) => FIELDS[field.kind](model, field, state.draft, `wb-entry-${key}-${field.name}`, again));
    return make("form", { class: "wb-entry", onsubmit: (event) => { event.preventDefault(); send({ kind: "enter", register, id, entry: state.draft }); } }, make("div", { class: "wb-entry-fields" }, drawn),
      make("p", {}, make("button", { type: "submit", class: "wb-button wb-primary", "data-save": key }, say(model, "entry.save")), " ", make("button", { type: "button", class: "wb-button", onclick: close }, say(model, "entry.cancel"))));
  }
  return { buttons, close };
}

/** The fields that say where an entry is known from. */
const sourceFields = (model, options) => [
  { name: "source", kind: "text", label: say(model, "entry.source"), most: 500 },
  { name: "strength", kind: "choice", label: say(model, "entry.strength"), options: options.strengths.map((one) => [one, say(model, `entry.strength.${one}`)]) },
];
