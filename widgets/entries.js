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

/** What a field says, in words, as an entry has it. */
function wordsOf(field, entry) {
  const value = entry[field.name] ?? "";
  const label = (one) => field.options.find(([key]) => key === one)?.[1] ?? one;
  if (field.kind === "choice") return label(value);
  if (field.kind === "several") return field.options.filter(([key]) => value.includes(key)).map(([, text]) => text).join("; ");
  if (field.kind === "evidence") return [...value, entry.document && entry.number ? `${label(entry.document)} · ${entry.number}` : ""].filter(Boolean).map((one) => field.names[one] ?? one).join("; ");
  if (field.kind === "flows") return value.map(([from, what, to]) => `${from} · ${label(what)} · ${to}`).join("; ");
  if (field.kind === "places") return field.options.map(([place, name]) => `${name}: ${(value[place] ?? []).filter(Boolean).join(", ") || "–"}`).join("; ");
  return value.trim();
}

/** Where an entry differs from a newer one, part by part; null where it does not. */
function differencesOf(model, fields, mine, theirs, isRemoval) {
  const head = ["part", isRemoval ? "opened" : "mine", "theirs"].map((key) => say(model, `entry.stale.${key}`));
  const rows = fields.map((field) => [field.label, wordsOf(field, mine), wordsOf(field, theirs)]).filter(([, one, other]) => one !== other);
  const cell = (text, name) => make("td", { "data-label": name, dir: "auto" }, text || "–");
  return rows.length === 0 ? null : make("table", { class: "wb-table wb-stack" }, make("caption", {}, say(model, "entry.stale.differs")), make("thead", {}, make("tr", {}, head.map((text) => make("th", { scope: "col" }, text)))),
    make("tbody", {}, rows.map(([name, one, other]) => make("tr", {}, make("th", { scope: "row" }, name), cell(one, head[1]), cell(other, head[2])))));
}

/**
 * Forms for entries of registers: one is open at a time, and its words stay while the page is drawn again around it,
 * with the version they were opened with. Where something newer stands, `stale` holds that, and the reader chooses.
 */
function entriesOf(model, send, redraw) {
  const state = { key: "", draft: {}, asked: "", stale: null, isSent: false, left: null };
  const drawn = new Set();
  const keyOf = (register, id, of) => `${register}-${id || `new${of ? `-${of}` : ""}`}`;
  const focus = (...ids) => ids.map((id) => document.getElementById(id)).find(Boolean)?.focus();
  const again = (id) => { redraw(); focus(id); };
  const become = (more = {}) => Object.assign(state, { key: "", draft: {}, asked: "", stale: null, isSent: false }, more);

  function open(key, values, first) {
    become(state.key === key ? {} : { key, draft: structuredClone(values) });
    redraw();
    focus(state.key ? `wb-entry-${key}-${first}` : `wb-edit-${key}`);
  }
  function ask(key, values) {
    become(state.asked === key ? {} : { asked: key, draft: structuredClone(values) });
    again(state.asked ? `wb-sure-${key}` : `wb-remove-${key}`);
  }

  /** Closes what was kept, and puts the reader back where it was opened; where that is gone, where one like it begins. */
  function close() {
    const [key, { practice_id: of }] = [state.key || state.asked, state.draft];
    become();
    redraw();
    focus(`wb-edit-${key}`, `wb-edit-${key.split("-")[0]}-new`, `wb-edit-practice_event-new-${of}`, "wb-edit-practice-new");
  }

  /** Hears what became of what was sent. */
  function heard({ is_kept: isKept, stale }) {
    state.isSent = false;
    if (isKept) return close();
    const key = stale ? keyOf(stale.register, stale.id) : "";
    if (!stale || ![state.key, state.asked].includes(key)) return null;
    state.stale = stale;
    state.draft.seen = stale.seen; // whoever saves now has seen it
    return again(`wb-stale-${key}`);
  }

  /** What somebody else did meanwhile, beside one's own, and the two ways on. */
  function newer(key, fields, over) {
    const { stale, draft, asked } = state;
    const differ = () => (stale.entry ? differencesOf(model, fields, draft, stale.entry, asked) ?? (asked ? null : make("p", {}, say(model, "entry.stale.same"))) : null);
    const host = make("div", {}, differ());
    const box = make("div", { class: "wb-notice wb-notice-warn wb-newer", id: `wb-stale-${key}`, role: "group", tabindex: "-1", "aria-labelledby": `wb-stale-${key}-text` }, make("p", { id: `wb-stale-${key}-text`, dir: "auto" }, stale.text), host,
      make("div", { class: "wb-choice" }, make("button", { type: "button", class: "wb-button", id: `wb-newer-${key}`, onclick: close }, say(model, stale.entry ? "entry.stale.keep" : "entry.stale.leave")), over));
    return { box, renew: () => fill(host, differ()) };
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
    const remove = id ? make("button", { type: "button", class: look, id: `wb-remove-${key}`, "aria-expanded": String(state.asked === key), "aria-label": `${say(model, "entry.remove")}: ${name}`, onclick: () => ask(key, values) }, say(model, "entry.remove")) : null;
    drawn.add(key);
    if (state.key === key) state.left = { register, id, name: name || named, fields };
    return make("div", { class: "wb-noprint" }, make("div", { class: "wb-choice" }, edit, remove), state.asked === key ? sure(key, register, id, name, fields) : null, state.key === key ? form(key, register, id, fields) : null);
  }

  function sure(key, register, id, name, fields) {
    const strike = () => {
      if (state.isSent) return; // a second click
      state.isSent = true;
      send({ kind: "strike", register, id, seen: state.draft.seen });
    };
    const removing = (text) => make("button", { type: "button", class: "wb-button", id: `wb-sure-${key}`, onclick: strike }, say(model, text));
    if (state.stale) return newer(key, fields, removing("entry.stale.remove")).box;
    return make("div", { class: "wb-notice wb-notice-warn", role: "group" }, make("p", {}, say(model, "entry.remove_really", { name })), removing("entry.remove"), " ",
      make("button", { type: "button", class: "wb-button", onclick: () => ask(key) }, say(model, "entry.cancel")));
  }

  function form(key, register, id, fields) {
    const drawnFields = fields.map((field) => FIELDS[field.kind](model, field, state.draft, `wb-entry-${key}-${field.name}`, again));
    const saving = (text) => make("button", { type: "submit", class: "wb-button wb-primary", id: `wb-save-${key}`, "data-save": key }, say(model, text));
    const told = state.stale ? newer(key, fields, saving(state.stale.entry ? "entry.stale.over" : "entry.stale.again")) : null;
    const last = told?.box ?? make("p", {}, saving("entry.save"), " ", make("button", { type: "button", class: "wb-button", onclick: close }, say(model, "entry.cancel")));
    const submit = (event) => { event.preventDefault(); send({ kind: "enter", register, id, entry: state.draft, seen: state.draft.seen }); };
    return make("form", { class: "wb-entry", onsubmit: submit, onchange: () => told?.renew() }, make("div", { class: "wb-entry-fields" }, drawnFields), last);
  }

  /** Drawn last: the open form of an entry that is no longer on the page, so that what was typed is not lost. */
  function left() {
    const isLost = state.key && !drawn.has(state.key);
    drawn.clear();
    if (!isLost || !state.left) return null;
    const { register, id, name, fields } = state.left;
    return make("section", { class: "wb-card wb-noprint" }, make("h3", { dir: "auto" }, name), form(state.key, register, id, fields));
  }
  return { buttons, heard, left };
}

/** The fields that say where an entry is known from. */
const sourceFields = (model, options) => [
  { name: "source", kind: "text", label: say(model, "entry.source"), most: 500 },
  { name: "strength", kind: "choice", label: say(model, "entry.strength"), options: options.strengths.map((one) => [one, say(model, `entry.strength.${one}`)]) },
];
