/** The last step: what a report holds, three choices, and the file. */
function render({ model, el }) {
  const title = make("h1");
  const lead = make("p", { class: "wb-lead" });
  const before = make("section");
  const form = make("section");
  const work = make("section", { "aria-live": "polite", id: "wb-report-work" });
  const holds = make("section");
  el.append(make("div", { class: "wb wb-report" }, title, lead, before, form, work, holds));
  const given = { length: "short", ending: "pdf", language: "" };
  let file = null; // the last file made: its address in this page, and its name

  function radios(name, options, label, help) {
    return make("fieldset", { class: "wb-choices" }, make("legend", {}, label),
      make("div", {}, options.map((value) => make("label", {}, make("input", { type: "radio", name: `wb-${name}`, id: `wb-${name}-${value}`, value, checked: value === given[name], onchange: () => { given[name] = value; drawForm(); } }),
        make("span", {}, help(value))))));
  }

  function drawForm() {
    const is_busy = model.get("state").state === "busy";
    if (!model.get("territory")) return fill(form);
    const whole = model.get("whole").includes(given.ending);
    fill(form, make("form", { onsubmit: (event) => { event.preventDefault(); if (!is_busy) model.send({ kind: "make", length: given.length, ending: given.ending, language: given.language }); } },
      radios("length", model.get("kinds"), say(model, "reporting.kind"), (kind) => [make("b", {}, say(model, `reporting.kind.${kind}`)), make("span", { class: "wb-small" }, say(model, `reporting.what.${kind}`))]),
      radios("ending", model.get("endings"), say(model, "reporting.format"), (ending) => say(model, `reporting.format.${ending}`)),
      whole ? make("p", { class: "wb-soft wb-small" }, say(model, "reporting.all_tables")) : null,
      make("div", { class: "wb-row" },
        choice(say(model, "reporting.language"), Object.entries(model.get("languages")), given.language, (value) => { given.language = value; }, { id: "wb-report-language" }),
        make("button", { type: "submit", class: "wb-button wb-primary", id: "wb-report-make", "aria-disabled": is_busy ? "true" : null }, say(model, "reporting.make")))));
  }

  function drawWork() {
    const { state, share, name, size } = model.get("state");
    const again = file ? make("a", { class: "wb-button", id: "wb-report-save", href: file.address, download: file.name }, say(model, "reporting.save")) : null;
    if (state === "busy") {
      fill(work, make("div", { class: "wb-card wb-busy" }, make("p", {}, say(model, "reporting.busy")),
        make("progress", { max: 1, value: share, "aria-label": say(model, "reporting.busy") }),
        make("button", { type: "button", class: "wb-button", id: "wb-report-cancel", onclick: () => model.send({ kind: "cancel" }) }, say(model, "reporting.cancel"))));
    } else if (state === "done") {
      fill(work, make("div", { class: "wb-notice" }, make("p", {}, say(model, "reporting.done", { name, size: number(model, size, 0) })), again));
    } else if (state === "failed" || state === "cancelled") {
      fill(work, make("p", { class: "wb-notice wb-notice-warn" }, say(model, `reporting.${state}`)));
    } else {
      fill(work);
    }
  }

  function drawRest() {
    const name = model.get("territory");
    title.textContent = name ? say(model, "reporting.title", { name }) : say(model, "reporting.title_none");
    lead.textContent = say(model, "reporting.lead");
    const missing = model.get("missing");
    fill(before, model.get("is_ready") && !name ? make("p", { class: "wb-empty" }, say(model, "reporting.no_territory"), " ", make("a", { class: "wb-button wb-primary", href: address("documents") }, say(model, "start.add_documents"))) : null,
      name && missing.length > 0 ? make("div", { class: "wb-notice wb-notice-warn" }, make("p", {}, say(model, "reporting.before")),
        make("ul", {}, missing.map((row) => make("li", {}, make("a", { href: address(row.page) }, row.text))))) : null);
    fill(holds, !name ? null : [make("h2", {}, say(model, "reporting.holds")),
      make("dl", { class: "wb-holds" }, model.get("holds").flatMap(([key, count, of]) => [make("dt", {}, say(model, `reporting.hold.${key}`)), make("dd", {}, of === null ? String(count) : `${count} / ${of}`)])),
      model.get("last") ? make("p", { class: "wb-soft wb-small" }, say(model, "reporting.last", { day: model.get("last") })) : null]);
  }

  function take(content, buffers) {
    if (file) URL.revokeObjectURL(file.address);
    file = { address: URL.createObjectURL(new Blob(buffers, { type: content.type })), name: content.name };
    drawWork();
    work.querySelector("#wb-report-save")?.click();
  }

  function draw() {
    given.language ||= model.get("labels")["language.code"] ?? "en";
    drawRest(); drawForm(); drawWork();
  }
  let spoken = model.get("labels")["language.code"];
  model.on("msg:custom", (message, buffers) => { if (message.kind === "file") take(message, buffers); });
  model.on("change:labels", () => {
    // The report speaks the reader's language until another one was chosen for it.
    const now = model.get("labels")["language.code"];
    if (given.language === spoken) given.language = now;
    spoken = now;
    draw();
  });
  model.on("change:territory change:is_ready", draw);
  model.on("change:holds change:missing change:last", drawRest);
  model.on("change:state", () => { drawForm(); drawWork(); });
  draw();
}
export default { render };
