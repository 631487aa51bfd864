/** People, sharing out, agreement, differences: the page of those who judge together. */
function render({ model, el }) {
  const root = make("div", { class: "wb wb-panel" });
  el.append(root);
  const share = { overlap: 20, by: "random" };
  const head = (keys) => make("thead", {}, make("tr", {}, keys.map((key) => make("th", { scope: "col" }, say(model, key)))));
  const cell = (key, ...content) => make("td", { "data-label": say(model, key) }, ...content);
  const codes = (kind, prefix) => model.get("choices")[kind].map((code) => [code, kind === "languages" ? (code ? languageName(model, code) : "–") : say(model, `${prefix}.${code}`)]);
  const decimal = (value) => number(model, value, 2);
  const range = (row) => (row.low === null || row.low === undefined ? "–" : `${decimal(row.low)} – ${decimal(row.high)}`);

  function headline() {
    const found = model.get("agreement");
    const fact = (name, row) => [make("dt", {}, say(model, `panel.alpha_${name}`)), make("dd", {}, make("b", {}, decimal(row.value)), row.value === null ? null : ` (${range(row)})`, " ",
      make("span", { class: `wb-chip ${row.band === "reliable" ? "wb-chip-good" : row.band === "unknown" ? "" : "wb-chip-warn"}` }, say(model, `panel.band.${row.band}`)))];
    return make("section", { class: "wb-card", id: "wb-agreement", "aria-labelledby": "wb-agreement-title" },
      make("h2", { id: "wb-agreement-title" }, say(model, "panel.agreement")),
      make("dl", { class: "wb-alphas" }, fact("uptake", found.uptake), fact("conflict", found.conflict)),
      make("p", { class: "wb-soft wb-small" }, say(model, "panel.agreement_hint", { units: found.uptake.units })),
      found.calibration ? make("p", { class: "wb-notice", id: "wb-calibration" }, found.calibration) : null,
      found.audit ? make("p", { class: "wb-notice", id: "wb-audit-result" }, found.audit) : null);
  }

  function people() {
    const { can_manage } = model.get("me");
    const listed = model.get("people");
    const send = (row, changes) => model.send({ kind: "person", name: row.name, role: row.role, side: row.side, language: row.language, ...changes });
    const pick = (row, name, kind, prefix) => (can_manage
      ? make("select", { class: "wb-input", "aria-label": `${say(model, `panel.${name}`)}: ${row.name}`, id: `wb-${name}-${row.name}`, onchange: (event) => send(row, { [name]: event.target.value }) },
        codes(kind, prefix).map(([code, text]) => make("option", { value: code, selected: code === (row[name] ?? "") }, text)))
      : codes(kind, prefix).find(([code]) => code === (row[name] ?? ""))?.[1] ?? "–");
    const rows = listed.map((row) => make("tr", {},
      make("th", { scope: "row" }, `${row.name} `, row.name === model.get("me").name ? make("span", { class: "wb-chip" }, say(model, "panel.you")) : null),
      cell("panel.role", pick(row, "role", "roles", "role")), cell("panel.side", pick(row, "side", "sides", "side")), cell("panel.language", pick(row, "language", "languages", "")),
      cell("panel.progress", row.assigned > 0
        ? [make("progress", { max: row.assigned, value: row.done, "aria-label": row.name }), make("span", { class: "wb-small" }, ` ${say(model, "panel.done", { done: row.done, all: row.assigned })}`), can_manage ? make("button", { type: "button", class: "wb-button", id: `wb-withdraw-${row.name}`, "aria-label": `${say(model, "panel.withdraw")}: ${row.name}`, onclick: () => model.send({ kind: "withdraw", rater: row.name }) }, say(model, "panel.withdraw")) : null]
        : make("span", { class: "wb-soft wb-small" }, say(model, "panel.nothing_assigned")))));
    const fresh = { name: make("input", { class: "wb-input", id: "wb-person", maxlength: 60, autocomplete: "off", value: listed.length === 0 ? model.get("me").name : "" }), role: listed.length === 0 ? "owner" : "rater", side: "third", language: "" };
    const form = can_manage ? make("form", { class: "wb-row wb-new wb-noprint", onsubmit: (event) => {
      event.preventDefault();
      if (fresh.name.value.trim()) model.send({ kind: "person", name: fresh.name.value.trim(), role: fresh.role, side: fresh.side, language: fresh.language });
    } },
      make("label", { class: "wb-field" }, make("span", { class: "wb-label" }, say(model, "panel.name")), fresh.name),
      choice(say(model, "panel.role"), codes("roles", "role"), fresh.role, (value) => { fresh.role = value; }, { id: "wb-person-role" }),
      choice(say(model, "panel.side"), codes("sides", "side"), fresh.side, (value) => { fresh.side = value; }, { id: "wb-person-side" }),
      choice(say(model, "panel.language"), codes("languages", ""), fresh.language, (value) => { fresh.language = value; }, { id: "wb-person-language" }),
      make("button", { type: "submit", class: "wb-button", id: "wb-person-add" }, say(model, "panel.add"))) : null;
    return make("section", { "aria-labelledby": "wb-people-title" }, make("h2", { id: "wb-people-title" }, say(model, "panel.people")),
      listed.length === 0 ? make("p", { class: "wb-notice", id: "wb-nobody" }, say(model, "panel.nobody"))
        : make("table", { class: "wb-table wb-stack", id: "wb-people" }, head(["panel.name", "panel.role", "panel.side", "panel.language", "panel.progress"]), make("tbody", {}, rows)),
      form);
  }

  function sharing() {
    if (!model.get("me").can_manage || model.get("people").length === 0) return null;
    const work = model.get("open_work");
    const button = (name, count, message, is_main = false) => make("div", { class: "wb-work" },
      make("button", { type: "button", class: `wb-button ${is_main ? "wb-primary" : ""}`, id: `wb-${name}`, disabled: count === 0, onclick: () => model.send({ kind: name, ...message() }) }, say(model, `panel.${name}`)),
      make("span", { class: "wb-small wb-soft" }, say(model, `panel.${name}_hint`, { count })));
    return make("section", { class: "wb-noprint", "aria-labelledby": "wb-sharing-title" }, make("h2", { id: "wb-sharing-title" }, say(model, "panel.sharing")), make("p", { class: "wb-soft" }, say(model, "panel.sharing_hint")),
      make("div", { class: "wb-row" },
        choice(say(model, "panel.overlap"), [0, 10, 20, 30, 50, 100].map((value) => [String(value), `${value} %`]), String(share.overlap), (value) => { share.overlap = Number(value); }, { id: "wb-overlap" }),
        choice(say(model, "panel.by"), ["random", "sector"].map((name) => [name, say(model, `panel.by.${name}`)]), share.by, (value) => { share.by = value; }, { id: "wb-by" })),
      button("calibrate", work.cards, () => ({}), true), button("share", work.unassigned, () => ({ ...share })),
      button("second", work.second, () => ({})), button("audit", work.audit, () => ({ size: 10 })));
  }

  function parts() {
    const groups = Object.entries(model.get("groups")).filter(([, rows]) => rows.length > 0);
    const raters = model.get("raters");
    if (raters.length < 2) return null;
    return make("section", { "aria-labelledby": "wb-parts-title" }, make("h2", { id: "wb-parts-title" }, say(model, "panel.parts")),
      make("table", { class: "wb-table wb-stack" }, make("caption", {}, say(model, "panel.each")), head(["panel.name", "panel.alpha_with", "panel.alpha_without", "panel.units"]),
        make("tbody", {}, raters.map((row) => make("tr", {}, make("th", { scope: "row" }, row.name), cell("panel.alpha_with", decimal(row.alpha_with)), cell("panel.alpha_without", decimal(row.alpha_without)), cell("panel.units", String(row.units)))))),
      groups.map(([kind, rows]) => make("table", { class: "wb-table wb-stack" }, make("caption", {}, say(model, `panel.by_${kind}`)), head([`panel.${kind}`, "panel.alpha", "panel.interval", "panel.raters", "panel.units"]),
        make("tbody", {}, rows.map((row) => make("tr", {}, make("th", { scope: "row" }, row.name), cell("panel.alpha", decimal(row.alpha)), cell("panel.interval", range(row)), cell("panel.raters", String(row.raters)), cell("panel.units", String(row.units))))))));
  }

  function differences() {
    const rows = model.get("differences");
    const hidden = model.get("hidden");
    return make("section", { "aria-labelledby": "wb-differences-title" }, make("h2", { id: "wb-differences-title" }, say(model, "panel.differences")),
      hidden > 0 ? make("p", { class: "wb-notice wb-small", id: "wb-blind" }, say(model, "panel.hidden", { count: hidden })) : null,
      rows.length > 0 ? make("ol", { class: "wb-differences" }, rows.map((row) => differenceOf(model, row))) : make("p", { class: "wb-empty" }, say(model, "panel.no_differences")));
  }

  function draw() {
    const title = make("h1", {}, say(model, "panel.title"));
    if (!model.get("is_ready")) return fill(root, title, make("p", { class: "wb-soft", role: "status" }, say(model, "panel.loading")));
    fill(root, title, make("p", { class: "wb-lead" }, say(model, "panel.lead")), headline(), people(), sharing(), differences(), parts());
  }
  model.on("msg:custom", (message) => {
    if (message.kind !== "named") return;
    try { localStorage.setItem("workbench.rater", message.name); } catch { /* a private window keeps nothing */ }
  });
  model.on("change:labels change:people change:me change:choices change:open_work change:agreement change:groups change:raters change:differences change:hidden change:is_ready", draw);
  draw();
}
export default { render };
