/** What to do next: findings to decide about, practices and their path, what a ministry could take up. */
function render({ model, el }) {
  const root = make("div", { class: "wb wb-practices", "data-unsaved": "0" });
  el.append(root);
  const waiting = new Map();
  let sent = 0;
  const app = { model, form: "", territory: () => new URLSearchParams(location.search).get("territory") ?? "" };
  app.send = (message, row = null) => {
    sent += 1;
    waiting.set(sent, row);
    root.dataset.unsaved = waiting.size;
    model.send({ ...message, sent });
  };
  app.decide = (row, said) => app.send({ kind: "decide", id: row.id, reason: "", owner: "", due: "", level: "", ...said }, row);
  app.ask = (form, row) => {
    const wanted = [form, row.id].join(" ");
    app.form = app.form === wanted ? "" : wanted;
    findings.draw();
    document.getElementById(app.form ? `wb-${form === "action" ? "owner" : "reason"}-${row.id}` : `wb-${form}-${row.id}`)?.focus();
  };
  app.entries = entriesOf(model, (message) => app.send(message), () => register.draw());
  const findings = findingsOf(app);
  const users = usersOf(app);
  const register = registerOf(app, users);
  const ministry = ministryOf(app, users);

  model.on("msg:custom", (message) => {
    if (message.kind !== "kept") return;
    const row = waiting.get(message.sent);
    waiting.delete(message.sent);
    if (message.is_entry) app.entries.heard(message);
    if (message.is_kept && row) {
      app.form = "";
      findings.draw();
      document.getElementById(`wb-finding-${row.id}`)?.focus({ preventScroll: true });
    }
    root.dataset.unsaved = waiting.size;
  });
  function draw() {
    const title = make("h1", {}, say(model, "practices.title"));
    if (!model.get("is_ready")) return fill(root, title, make("p", { class: "wb-soft", role: "status" }, say(model, "practices.loading")));
    findings.draw();
    register.draw();
    ministry.draw();
    fill(root, title, make("p", { class: "wb-lead" }, say(model, "practices.lead")), findings.host, register.host, ministry.host);
  }
  model.on("change:findings change:hidden", () => { if (model.get("is_ready")) findings.draw(); });
  model.on("change:practices change:proposals change:users change:options change:cited", () => { if (model.get("is_ready")) register.draw(); });
  model.on("change:ministry", () => { if (model.get("is_ready")) ministry.draw(); });
  model.on("change:labels change:is_ready change:may_decide", draw);
  draw();
}
export default { render };
