/** What a reader may say of a finding: a word, or a form where more is needed. */
function decidingOf(app, row) {
  const { model } = app;
  if (!model.get("may_decide")) return null;
  const name = (status) => `wb-${status}-${row.id}`;
  const asked = (form) => app.form === [form, row.id].join(" ");
  const word = (status, key, more = {}) => make("button", { type: "button", class: "wb-button", id: name(status), "data-status": status, onclick: () => app.decide(row, { status }), ...more }, say(model, `practices.${key}`));
  const asking = (form) => make("button", { type: "button", class: "wb-button", id: name(form), "data-status": form, "aria-expanded": String(asked(form)), onclick: () => app.ask(form, row) }, say(model, `practices.${form}`));
  const field = (key, extra) => make("label", { class: "wb-field" }, make("span", { class: "wb-label" }, say(model, `practices.${key}`)), make("input", { class: "wb-input", name: key, id: `wb-${key}-${row.id}`, ...extra }));
  const form = (fields, status, hint) => make("form", { class: "wb-decide", onsubmit: (event) => {
    event.preventDefault();
    app.decide(row, { status, ...Object.fromEntries(new FormData(event.target)) });
  } }, hint ? make("p", { class: "wb-small wb-soft" }, say(model, hint)) : null, make("div", { class: "wb-row" }, fields),
    make("p", {}, make("button", { type: "submit", class: "wb-button wb-primary", "data-save": status }, say(model, "practices.save")), " ",
      make("button", { type: "button", class: "wb-button", onclick: () => app.ask(status, row) }, say(model, "practices.cancel"))));
  const level = choice(say(model, "practices.level"), [["", say(model, "practices.any_level")], ...["national", "regional", "local"].map((one) => [one, say(model, `level.${one}`)])], row.action_level || row.level, () => {}, { name: "level" });
  const open = asked("dismissed") ? form([field("reason", { required: true, maxlength: 2000, value: row.reason })], "dismissed", "practices.dismissed_hint")
    : asked("action") ? form([field("owner", { required: true, maxlength: 200, value: row.owner }), field("due", { type: "date", value: row.due }), level], "action", "practices.action_hint") : null;
  return make("div", { class: "wb-noprint" }, make("div", { class: "wb-choice" },
    row.status === "accepted" ? null : word("accepted", "accept"), asking("action"), row.status === "done" ? null : word("done", "done"), asking("dismissed"),
    row.status === "open" ? null : word("open", "reopen")), open);
}
