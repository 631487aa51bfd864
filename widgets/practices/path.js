/** The register of practices: how far each has come, by what, and who says so. */
function registerOf(app, users) {
  const { model } = app;
  const host = make("section", { "aria-labelledby": "wb-register-title" });

  /** The steps to national policy, and beside them the fork: where it was copied. */
  function steps(row) {
    const copied = row.copied.length > 0;
    const step = (text, is_reached, date) => make("li", { class: is_reached ? "wb-reached" : "" }, make("span", { class: "wb-step-mark", "aria-hidden": "true" }, is_reached ? "✓" : "–"), make("b", {}, text),
      make("span", { class: "wb-small wb-soft" }, is_reached ? date || say(model, "practices.no_date") : say(model, "practices.not_yet")));
    return make("ol", { class: "wb-way", "aria-label": say(model, "practices.path_of", { name: row.name }) },
      row.steps.map((one) => step(say(model, `practices.step.${one.status}`), one.is_reached, one.date)),
      step(say(model, "practices.step.replicated"), copied, row.copied.join(", ")));
  }

  /** The fields of a practice, and of a step of its path. */
  function practiceFields() {
    const options = model.get("options");
    const text = (name, kind, more = {}) => ({ name, kind, label: say(model, `entry.${name}`), ...more });
    return [text("name", "text", { required: true }), text("territory_id", "choice", { options: options.territories }), text("problem", "area"), text("done", "area"),
      text("since", "text", { most: 10, about: say(model, "entry.date_about") }), text("effect", "area"), text("conditions", "area"),
      text("sectors", "several", { options: options.sectors.map((one) => [one, say(model, `sector.${one}`)]) }),
      { name: "provisions", kind: "evidence", label: say(model, "entry.evidence"), names: model.get("cited"), options: options.documents }, ...sourceFields(model, options)];
  }
  function eventFields(row, one) {
    const options = model.get("options");
    const text = (name, kind, more = {}) => ({ name, kind, label: say(model, `entry.${name}`), ...more });
    return [text("event", "choice", { options: options.events.map((name) => [name, say(model, `practice.event.${name}`)]) }), text("date", "text", { most: 10, about: say(model, "entry.date_about") }),
      { name: "territory_id", kind: "choice", label: say(model, "entry.who"), options: [["", say(model, "entry.nobody")], ...options.territories] }, text("what", "area"),
      text("after", "several", { options: row.path.filter((other) => other.id !== one?.id).map((other) => [other.id, `${other.date || say(model, "practices.no_date")} · ${say(model, `practice.event.${other.event}`)}`]) }),
      { name: "evidence", kind: "evidence", label: say(model, "entry.evidence"), names: model.get("cited"), options: options.documents }, ...sourceFields(model, options)];
  }

  function event(one, row) {
    const source = [say(model, `entry.strength.${one.strength}`), one.source].filter(Boolean).join(" · ");
    return make("li", {}, make("b", {}, one.date || say(model, "practices.no_date")), ` · ${say(model, `practice.event.${one.event}`)}${one.who ? ` · ${one.who}` : ""}`,
      one.what ? make("div", { dir: "auto" }, one.what) : null,
      one.after.length > 0 ? make("div", { class: "wb-small" }, say(model, "practices.after", { what: one.after.join("; ") })) : null,
      one.provision ? null : make("div", { class: "wb-small wb-soft" }, say(model, "entry.no_text")),
      make("div", { class: "wb-small wb-soft" }, `${say(model, "practices.claim")}: ${source}`, one.provision ? [" · ", make("a", { href: address("compare", { provision: one.provision }) }, say(model, "practices.text"))] : null),
      model.get("may_decide") ? app.entries.buttons("practice_event", one.id, `${one.date} ${say(model, `practice.event.${one.event}`)}`.trim(), one.entry, eventFields(row, one)) : null);
  }

  /** How a step begins that nobody has entered yet. */
  const step = (row) => ({ practice_id: row.id, event: "recognised", date: "", territory_id: "", what: "", after: [], evidence: [], source: "", strength: "unchecked" });

  function practice(row) {
    const fact = (key, name = key) => (row[key] ? [make("dt", {}, say(model, `practices.${name}`)), make("dd", { dir: "auto" }, row[key])] : null);
    return make("article", { class: "wb-card wb-practice-card", "data-practice": row.id }, make("h3", {}, row.name), make("p", { class: "wb-small wb-soft" }, row.place, " · ", say(model, `entry.strength.${row.strength}`)),
      row.status === "dropped" ? make("p", { class: "wb-notice wb-notice-warn" }, say(model, "practice.status.dropped")) : null,
      steps(row), make("dl", { class: "wb-pairs" }, fact("problem"), fact("done", "what_done"), fact("effect"), fact("conditions"), fact("source")),
      row.lacks.length > 0 ? make("p", { class: "wb-notice wb-notice-warn wb-small" }, say(model, "practices.lacks", { what: row.lacks.map((one) => say(model, `practice.lacks.${one}`)).join(", ") })) : null,
      row.path.length > 0 ? make("details", { class: "wb-events" }, make("summary", {}, say(model, "practices.events", { count: row.path.length })), make("ol", {}, row.path.map((one) => event(one, row)))) : make("p", { class: "wb-soft wb-small" }, say(model, "practices.no_path")),
      model.get("may_decide") ? app.entries.buttons("practice_event", "", row.name, step(row), eventFields(row, null), say(model, "entry.add_event"), row.id) : null,
      model.get("may_decide") ? app.entries.buttons("practice", row.id, row.name, row.entry, practiceFields()) : null,
      users.of(row));
  }

  function proposal(row) {
    return make("li", {}, make("b", { dir: "auto" }, row.name), " ", make("a", { href: address("compare", { provision: row.provision }) }, say(model, "practices.text")), make("p", { dir: "auto", class: "wb-small" }, row.done),
      model.get("may_decide") ? make("button", { type: "button", class: "wb-button wb-noprint", id: `wb-keep-${row.id}`, "aria-label": `${say(model, "practices.keep")}: ${row.name}`, onclick: () => app.send({ kind: "keep", id: row.id }) }, say(model, "practices.keep")) : null);
  }

  function draw() {
    const all = model.get("practices");
    const [near, far] = [all.filter((row) => row.is_near), all.filter((row) => !row.is_near)];
    const proposals = model.get("proposals");
    // What was unfolded stays so when the register is drawn again.
    const unfolded = new Set([...host.querySelectorAll("details[open]")].map((one) => one.closest("[data-practice]")?.dataset.practice ?? one.id));
    fill(host, make("h2", { id: "wb-register-title" }, say(model, "practices.register")), make("p", { class: "wb-soft" }, say(model, "practices.register_hint")),
      all.length === 0 ? make("p", { class: "wb-empty" }, say(model, "practices.no_practices")) : null, near.map(practice),
      far.length > 0 ? make("details", { id: "wb-far" }, make("summary", {}, say(model, "practices.elsewhere", { count: far.length })), far.map(practice)) : null,
      model.get("may_decide") ? app.entries.buttons("practice", "", "", model.get("blank"), practiceFields(), say(model, "entry.add_practice")) : null,
      proposals.length > 0 ? make("details", { id: "wb-proposals" }, make("summary", {}, say(model, "practices.proposals", { count: proposals.length })), make("p", { class: "wb-soft" }, say(model, "practices.proposals_hint")), make("ul", { class: "wb-evidence" }, proposals.map(proposal))) : null,
      app.entries.left());
    for (const one of host.querySelectorAll("details.wb-events, #wb-far, #wb-proposals")) one.open = one.open || unfolded.has(one.classList.contains("wb-events") ? one.closest("[data-practice]").dataset.practice : one.id);
  }
  return { host, draw };
}
