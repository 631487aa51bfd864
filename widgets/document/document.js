const LANGUAGES = ["en", "es", "fr", "it", "pt", "de", "ca", "sw"];

/** One document: facts, what looks wrong, search, provisions and corrections by hand. */
function render({ model, el }) {
  const head = make("section", { id: "wb-detail", tabindex: "-1" });
  const facts = make("section");
  const panel = make("section");
  const search = make("section");
  const list = make("section");
  el.append(make("div", { class: "wb wb-document" }, head, facts, panel, search, list));
  let tool = { id: "", mode: "" }; // the correction being made
  const typed = { query: "" };
  const ask = (content) => model.send(content);
  const shown = () => model.get("shown");
  const button = (label, act, extra = {}) => make("button", { type: "button", class: "wb-button", onclick: act, ...extra }, label);
  const input = (id, label, value, extra = {}) => make("label", { class: extra.class ? "wb-field wb-field-wide" : "wb-field" }, make("span", { class: "wb-label" }, say(model, label)), make("input", { class: "wb-input", id, value, dir: "auto", ...extra }));
  const valueOf = (id) => el.querySelector(`#${id}`)?.value ?? "";

  function go(id, span) {
    const target = list.querySelector(`[data-id="${CSS.escape(id)}"]`);
    if (!target) return;
    target.open = true;
    target.unfold(); // the browser tells of the opening only later
    const row = shown().provisions.find((one) => one.id === id);
    if (span && row) target.querySelector(".wb-text").replaceChildren(...marked(row.text, [span]));
    target.scrollIntoView({ block: "center" });
    target.querySelector("summary").focus({ preventScroll: true });
  }

  function drawHead() {
    const one = shown();
    const picker = make("input", { type: "file", id: "wb-corrected", class: "wb-input", onchange: (event) => { sendFile(event.target.files[0]); event.target.value = ""; } });
    fill(head, make("h2", { dir: "auto" }, one.title),
      one.version > 1 ? make("p", { class: "wb-soft" }, say(model, "document.version", { version: one.version })) : null,
      one.doubts.map((doubt) => make("p", { class: "wb-notice wb-notice-warn" }, doubt)),
      make("details", { id: "wb-replace" }, make("summary", { class: "wb-more" }, say(model, "document.replace")),
        make("p", { class: "wb-soft" }, say(model, "document.replace_help")), make("label", { for: "wb-corrected", class: "wb-label" }, say(model, "document.corrected")), picker),
      make("details", { id: "wb-remove" }, make("summary", { class: "wb-more" }, say(model, "document.remove")),
        make("p", { class: "wb-soft" }, say(model, "document.remove_help")), make("label", { class: "wb-check" }, make("input", { type: "checkbox", id: "wb-remove-force" }), say(model, "document.remove_force")),
        button(say(model, "document.remove"), () => ask({ kind: "remove", force: head.querySelector("#wb-remove-force").checked }), { id: "wb-remove-now" })));
  }

  async function sendFile(file) {
    if (!file) return;
    if (file.size > model.get("largest")) return model.send({ kind: "too_large", name: file.name });
    const of = Math.max(1, Math.ceil(file.size / 2_000_000));
    for (let number = 0; number < of; number += 1) {
      const bytes = await file.slice(number * 2_000_000, (number + 1) * 2_000_000).arrayBuffer();
      model.send({ kind: "upload", key: `${file.name}-${file.size}`, name: file.name, number, of, replaces: shown().id, territory: "", document_kind: "", document_language: "" }, undefined, [bytes]);
    }
  }

  function drawFacts() {
    const one = shown();
    fill(facts, make("details", { open: !one.is_confirmed, id: "wb-facts" }, make("summary", { class: "wb-more" }, say(model, "document.facts")),
      make("p", { class: "wb-soft" }, say(model, one.is_confirmed ? "document.confirmed" : "document.please_confirm")),
      make("form", { class: "wb-row", onsubmit: (event) => { event.preventDefault(); ask({ kind: "facts", title: valueOf("wb-fact-title"), date: valueOf("wb-fact-date"), document_kind: valueOf("wb-fact-kind"), language: valueOf("wb-fact-language") }); } },
        input("wb-fact-title", "document.title", one.title, { required: true, maxlength: 300, class: "wb-input" }),
        input("wb-fact-date", "document.date", one.date, { pattern: "\\d{4}(-\\d{2}(-\\d{2})?)?", placeholder: "2020-05-31", maxlength: 10 }),
        choice(say(model, "documents.kind"), model.get("kinds").map((kind) => [kind, say(model, `kind.${kind}`)]), one.kind, () => {}, { id: "wb-fact-kind" }),
        choice(say(model, "documents.language"), [["", "–"], ...[...new Set([one.language, ...LANGUAGES])].filter(Boolean).map((code) => [code, languageName(model, code)])], one.language, () => {}, { id: "wb-fact-language" }),
        make("button", { type: "submit", class: "wb-button wb-main", id: "wb-confirm" }, say(model, "document.confirm")))));
  }

  function note(row) {
    const kind = { info: "", warning: "wb-chip-warn", error: "wb-chip-bad" }[row.severity];
    const place = row.place ? make("b", {}, make("bdi", {}, row.place)) : null;
    const passage = model.get("passage");
    const is_open = row.start !== null && passage.start === row.start;
    return make("li", {}, make("span", { class: `wb-chip ${kind}` }, say(model, `severity.${row.severity}`)), " ",
      row.provision_id ? make("button", { type: "button", class: "wb-link", onclick: () => go(row.provision_id) }, row.place || say(model, "documents.go")) : place, " ", row.message,
      row.start !== null ? make("button", { type: "button", class: "wb-link", id: `wb-at-${row.start}`, "aria-expanded": String(is_open), onclick: () => ask({ kind: "passage", start: is_open ? -1 : row.start, end: row.end }) }, say(model, is_open ? "document.hide" : "document.show")) : null,
      is_open ? make("blockquote", { class: "wb-text wb-passage", dir: "auto" }, passage.text) : null);
  }

  function drawPanel() {
    const rows = shown().quality;
    const outside = rows.filter((row) => row.check.startsWith("outside_"));
    const others = rows.filter((row) => !row.check.startsWith("outside_"));
    const doubtful = outside.filter((row) => row.severity !== "info");
    const plain = outside.filter((row) => row.severity === "info");
    const was_open = panel.querySelector("details")?.open ?? false;
    fill(panel, make("h3", {}, say(model, "documents.quality")),
      others.length + doubtful.length > 0 ? make("ul", { class: "wb-quality" }, [...others, ...doubtful].map(note)) : make("p", {}, say(model, "documents.all_well")),
      plain.length > 0 ? make("details", { open: was_open, id: "wb-outside" }, make("summary", { class: "wb-more" }, say(model, "document.outside", { count: plain.length })), make("ul", { class: "wb-quality" }, plain.slice(0, 300).map(note))) : null,
      lost());
  }

  function lost() {
    const rows = shown().lost;
    if (rows.length === 0) return null;
    const options = [["", say(model, "document.choose")], ...shown().provisions.map((row) => [row.id, `${row.label || row.number} ${row.heading || row.text.slice(0, 50)}`])];
    return make("div", { class: "wb-notice wb-notice-warn" }, make("h4", {}, say(model, "document.lost", { count: rows.length })), make("p", {}, say(model, "document.lost_help")),
      rows.map((row) => make("div", { class: "wb-lost" }, make("p", {}, make("b", {}, make("bdi", {}, row.label || row.heading)), ` (${say(model, "document.judgements", { count: row.judgements })}) `, make("bdi", {}, row.text.slice(0, 200))),
        choice(say(model, "document.attach"), options, "", (value) => value && ask({ kind: "attach", lost: row.provision_id, provision: value })))));
  }

  function drawSearch() {
    const hits = model.get("hits");
    fill(search, make("form", { class: "wb-row", role: "search", onsubmit: (event) => { event.preventDefault(); ask({ kind: "find", query: typed.query }); } },
      input("wb-find", "document.find", typed.query, { type: "search", placeholder: "12(3)(b)", oninput: (event) => { typed.query = event.target.value; } }),
      make("button", { type: "submit", class: "wb-button" }, say(model, "document.search"))),
      hits.query ? make("div", { "aria-live": "polite" }, make("p", { class: "wb-soft" }, say(model, "document.hits", { count: hits.count })),
        make("ul", { class: "wb-quality" }, hits.rows.map((row) => make("li", {}, make("button", { type: "button", class: "wb-link", onclick: () => go(row.provision_id, [row.start, row.end]) }, make("bdi", {}, row.citation)), " ", make("bdi", {}, row.text))))) : null);
  }

  /** Places where a second part may begin: after a line end, or after a full stop before a capital. */
  function cuts(text) {
    const found = [];
    for (const match of text.matchAll(/\n+\s*|[.;:]\s+(?=[\p{Lu}(0-9])/gu)) {
      const at = match.index + match[0].length;
      if (at < text.length) found.push(at);
    }
    return found.slice(0, 200);
  }

  function correction(row) {
    const start = (mode) => button(say(model, `document.${mode}`), () => { tool = { id: row.id, mode }; drawList(); el.querySelector("#wb-correction")?.focus(); }, { id: `wb-${mode}-${row.id}` });
    if (tool.id !== row.id) return make("div", { class: "wb-row wb-tools" }, ["merge", "split", "rename", "drop"].map(start));
    const close = () => { tool = { id: "", mode: "" }; drawList(); };
    const done = (values) => { ask({ kind: "edit", action: tool.mode, id: row.id, ...values }); tool = { id: "", mode: "" }; };
    const stop = button(say(model, "document.leave"), close);
    const box = (...inside) => make("div", { class: "wb-notice", id: "wb-correction", tabindex: "-1" }, make("b", {}, say(model, `document.${tool.mode}`)), inside);
    if (tool.mode === "rename") return box(make("form", { class: "wb-row", onsubmit: (event) => { event.preventDefault(); done({ number: valueOf("wb-new-number"), heading: valueOf("wb-new-heading") }); } },
      input("wb-new-number", "document.number", row.number, { maxlength: 60 }), input("wb-new-heading", "document.heading", row.heading, { maxlength: 220, class: "wb-input" }), make("button", { type: "submit", class: "wb-button wb-main" }, say(model, "document.save")), stop));
    if (tool.mode === "split") return box(make("div", { class: "wb-row" }, input("wb-new-number", "document.number", "", { maxlength: 60 }), input("wb-new-heading", "document.heading", "", { maxlength: 220 })),
      make("p", {}, say(model, "document.split_help")), make("ul", { class: "wb-quality" }, cuts(row.text).map((at) => make("li", {}, make("button", { type: "button", class: "wb-link", onclick: () => done({ at: Array.from(row.text.slice(0, at)).length, number: valueOf("wb-new-number"), heading: valueOf("wb-new-heading") }) }, make("bdi", {}, `${row.text.slice(at, at + 90)} …`))))), stop);
    return box(make("p", {}, say(model, `document.${tool.mode}_help`)), make("label", { class: "wb-check" }, make("input", { type: "checkbox", id: "wb-force" }), say(model, "document.force")),
      make("div", { class: "wb-row" }, button(say(model, "document.do"), () => done({ force: el.querySelector("#wb-force").checked }), { class: "wb-button wb-main", id: "wb-do" }), stop));
  }

  function drawList() {
    const one = shown();
    const open = new Set([...list.querySelectorAll(".wb-provision[open]")].map((item) => item.dataset.id));
    const cited = (row) => row.pages.length === 0 ? null : make("span", { class: "wb-soft wb-small" }, ` · ${say(model, "compare.page", { page: row.pages.join(", ") })}${row.is_ocr ? " · OCR" : ""}`);
    fill(list, make("h3", {}, say(model, "documents.found", { count: one.provisions.length })),
      one.edits > 0 ? button(say(model, "document.undo", { count: one.edits }), () => ask({ kind: "undo_edit" }), { id: "wb-undo-edit" }) : null,
      one.provisions.map((row) => {
        const item = make("details", { class: "wb-provision", "data-id": row.id, open: open.has(row.id) || tool.id === row.id },
          make("summary", {}, make("bdi", { class: "wb-number" }, row.label || row.number), " ", make("bdi", { lang: row.language }, row.heading || row.text.slice(0, 90)), cited(row)));
        // The inside of 1,000 provisions is made when it is looked at.
        const unfold = () => { if (item.open && item.children.length === 1) item.append(...[row.part ? make("p", { class: "wb-soft wb-small", dir: "auto" }, row.part) : null, make("div", { class: "wb-text", lang: row.language, dir: "auto" }, row.text), correction(row)].filter(Boolean)); };
        item.unfold = unfold;
        item.addEventListener("toggle", unfold);
        unfold();
        return item;
      }));
  }

  function draw() {
    if (!shown().id) return [head, facts, panel, search, list].forEach((part) => fill(part));
    drawHead(); drawFacts(); drawPanel(); drawSearch(); drawList();
  }
  let last = "";
  model.on("change:labels", draw);
  model.on("change:hits", drawSearch);
  model.on("change:passage", drawPanel);
  model.on("change:shown", () => {
    const is_new = shown().id !== last;
    if (is_new) { tool = { id: "", mode: "" }; typed.query = ""; }
    last = shown().id;
    draw();
    if (is_new && shown().is_asked) { head.focus({ preventScroll: true }); head.scrollIntoView({ block: "start" }); }
  });
  draw();
}
export default { render };
