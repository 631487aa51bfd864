/** Findings of a territory, the first to look at first: filters, and each opens to its evidence and what was decided. */
function findingsOf(app) {
  const { model } = app;
  const host = make("section", { "aria-labelledby": "wb-findings-title" });
  const kept = { severity: "", kind: "", status: "", level: "" };
  const opened = new Set();
  const tones = { high: "wb-chip-bad", medium: "wb-chip-warn", low: "" };
  const word = { severity: "finding.severity", kind: "finding.kind", status: "finding.status", level: "level" };
  const levelOf = (row) => row.action_level || row.level;
  const value = (row, name) => (name === "level" ? levelOf(row) : row[name]);

  function filters(all) {
    const pick = (name) => {
      const values = [...new Set(all.map((row) => value(row, name)))].filter(Boolean);
      const now = values.includes(kept[name]) ? kept[name] : "";
      kept[name] = now;
      return choice(say(model, `practices.${name}`), [["", say(model, "practices.all")], ...values.map((one) => [one, say(model, `${word[name]}.${one}`)])], now, (chosen) => { kept[name] = chosen; draw(); }, { id: `wb-filter-${name}` });
    };
    return make("div", { class: "wb-row wb-noprint" }, Object.keys(kept).map(pick));
  }

  const place = (one) => [one.label, one.document, one.page ? say(model, "compare.page", { page: one.page }) : ""].filter(Boolean).join(" · ");
  function evidence(row) {
    if (row.evidence.length === 0) return make("p", { class: "wb-soft" }, say(model, "practices.no_evidence"));
    return make("ul", { class: "wb-evidence" }, row.evidence.map((one) => make("li", {}, make("span", { class: "wb-small wb-soft" }, `${say(model, `practices.role.${one.role}`)}: `),
      one.provision ? make("a", { href: address("compare", { territory: app.territory(), provision: one.provision }) }, make("bdi", {}, place(one))) : make("bdi", {}, place(one)),
      one.quote ? make("blockquote", { dir: "auto" }, one.quote) : null)));
  }

  /** What was decided, in a sentence; nothing for an open one. */
  function decided(row) {
    const told = [row.owner ? `${say(model, "practices.owner")}: ${row.owner}` : "", row.due ? `${say(model, "practices.due")}: ${row.due}` : "", row.action_level ? `${say(model, "practices.level")}: ${say(model, `level.${row.action_level}`)}` : "", row.reason ? `${say(model, "practices.reason")}: ${row.reason}` : "", row.said].filter(Boolean);
    return told.length > 0 ? make("p", { class: "wb-decided", dir: "auto" }, make("b", {}, say(model, `finding.status.${row.status}`)), ` · ${told.join(" · ")}`) : null;
  }

  function finding(row) {
    const chip = (text, tone = "") => make("span", { class: `wb-chip ${tone}` }, text);
    return make("li", {}, make("details", { class: "wb-finding", "data-finding": row.id, open: opened.has(row.id), ontoggle: (event) => { event.target.open ? opened.add(row.id) : opened.delete(row.id); } },
      make("summary", { id: `wb-finding-${row.id}` }, chip(say(model, `finding.severity.${row.severity}`), tones[row.severity]), chip(say(model, `finding.kind.${row.kind}`)),
        row.status === "open" ? null : chip(say(model, `finding.status.${row.status}`), row.status === "dismissed" ? "" : "wb-chip-good"),
        row.is_late ? chip(say(model, "practices.late"), "wb-chip-bad") : null, row.is_found ? null : chip(say(model, "practices.gone")),
        make("span", { class: "wb-finding-title", dir: "auto" }, row.title)),
      make("div", { class: "wb-finding-body" }, make("p", {}, row.do),
        make("dl", { class: "wb-pairs" }, row.actors.length > 0 ? [make("dt", {}, say(model, "practices.actors")), make("dd", {}, row.actors.join(", "))] : null,
          row.confidence ? [make("dt", {}, say(model, "practices.confidence")), make("dd", {}, row.confidence)] : null),
        decided(row), make("h3", {}, say(model, "practices.evidence")), evidence(row), decidingOf(app, row))));
  }

  function draw() {
    const all = model.get("findings");
    const bar = filters(all);
    const rows = all.filter((row) => Object.entries(kept).every(([name, wanted]) => !wanted || value(row, name) === wanted));
    const hidden = model.get("hidden");
    fill(host, make("h2", { id: "wb-findings-title" }, say(model, "practices.findings")), make("p", { class: "wb-soft" }, say(model, "practices.findings_hint")),
      hidden > 0 ? make("p", { class: "wb-notice wb-small" }, say(model, "practices.hidden", { count: hidden })) : null,
      all.length === 0 ? make("p", { class: "wb-empty" }, say(model, "practices.no_findings")) : [bar,
        make("p", { class: "wb-small wb-soft", role: "status", id: "wb-findings-count" }, say(model, "practices.shown", { count: rows.length, all: all.length })),
        make("ol", { class: "wb-findings" }, rows.map(finding))]);
  }
  return { host, draw, show: (id) => opened.add(id) };
}
