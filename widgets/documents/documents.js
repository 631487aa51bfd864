const PIECE = 2_000_000; // bytes in one message; larger ones would block the clicks between them

/** Upload and list of documents. */
function render({ model, el }) {
  const form = make("section", { class: "wb-card wb-noprint" });
  const work = make("div", { "aria-live": "polite" });
  const list = make("section");
  const title = make("h1");
  el.append(make("div", { class: "wb wb-documents" }, title, form, work, list));
  const given = { territory: "", kind: "", language: "", ocr: false, name: "", country: "", level: "local" };

  async function send(files) {
    for (const file of files) {
      if (file.size > model.get("largest")) {
        model.send({ kind: "too_large", name: file.name });
        continue;
      }
      const of = Math.max(1, Math.ceil(file.size / PIECE));
      const key = `${file.name}-${file.size}-${file.lastModified}`;
      for (let number = 0; number < of; number += 1) {
        const bytes = await file.slice(number * PIECE, (number + 1) * PIECE).arrayBuffer();
        model.send({ kind: "upload", key, name: file.name, number, of, territory: given.territory, document_kind: given.kind, document_language: given.language, ocr: given.ocr }, undefined, [bytes]);
      }
    }
  }

  function drawForm() {
    const places = model.get("territories");
    if (!places.some((place) => place.id === given.territory)) given.territory = places.find((place) => place.level !== "national")?.id ?? places[0]?.id ?? "";
    const levels = ["national", "regional", "local"].map((level) => [level, say(model, `level.${level}`)]);
    const field = (name, label, extra = {}) => make("label", { class: "wb-field" }, make("span", { class: "wb-label" }, say(model, label)),
      make("input", { class: "wb-input", id: `wb-${name}`, value: given[name], oninput: (event) => { given[name] = event.target.value; }, ...extra }));
    const picker = make("input", { type: "file", multiple: true, id: "wb-files", class: "wb-input", accept: ".pdf,.docx,.html,.htm,.xml,.akn,.md,.txt", disabled: !given.territory, onchange: (event) => { send([...event.target.files]); event.target.value = ""; } });
    const drop = make("div", { class: "wb-drop", ondragover: (event) => event.preventDefault(), ondrop: (event) => { event.preventDefault(); if (given.territory) send([...event.dataTransfer.files]); } },
      make("label", { for: "wb-files", class: "wb-label" }, say(model, "documents.choose")), picker, make("p", { class: "wb-soft wb-small" }, say(model, "documents.formats")),
      model.get("can_recognise") ? make("label", { class: "wb-check" }, make("input", { type: "checkbox", id: "wb-ocr", checked: given.ocr, onchange: (event) => { given.ocr = event.target.checked; } }), say(model, "documents.ocr")) : null);
    fill(form,
      make("h2", {}, say(model, "documents.add")),
      places.length > 0 ? make("div", { class: "wb-row" },
        choice(say(model, "documents.territory"), places.map((place) => [place.id, `${place.name} (${say(model, `level.${place.level}`)})`]), given.territory, (value) => { given.territory = value; }, { id: "wb-whose" }),
        choice(say(model, "documents.kind"), [["", say(model, "documents.recognise")], ...model.get("kinds").map((kind) => [kind, say(model, `kind.${kind}`)])], given.kind, (value) => { given.kind = value; }, { id: "wb-kind" }),
        choice(say(model, "documents.language"), [["", say(model, "documents.recognise")], ...["en", "es", "fr", "it", "pt", "de"].map((code) => [code, say(model, `language.${code}`)])], given.language, (value) => { given.language = value; }, { id: "wb-text-language" })) : make("p", { class: "wb-notice" }, say(model, "documents.no_territory")),
      make("details", { open: places.length === 0 }, make("summary", { class: "wb-more" }, say(model, "documents.new_territory")),
        make("form", { class: "wb-row", onsubmit: (event) => { event.preventDefault(); model.send({ kind: "add_territory", name: given.name, country: given.country, level: given.level }); given.name = ""; } },
          field("name", "documents.territory_name", { required: true, maxlength: 120 }),
          field("country", "documents.country", { required: true, maxlength: 2, minlength: 2, pattern: "[A-Za-z]{2}" }),
          choice(say(model, "documents.level"), levels, given.level, (value) => { given.level = value; }, { id: "wb-level" }),
          make("button", { type: "submit", class: "wb-button" }, say(model, "documents.add_territory")))),
      places.length > 0 ? drop : null);
  }

  function drawWork() {
    const jobs = model.get("jobs");
    fill(work, jobs.map((job) => make("div", { class: job.state === "failed" ? "wb-notice wb-notice-bad" : "wb-notice" },
      make("b", {}, make("bdi", {}, job.name)), ` ${job.text}`,
      job.state === "busy" ? make("progress", { max: 1, value: job.share, "aria-label": job.name }) : null,
      job.state === "busy" ? make("button", { type: "button", class: "wb-button", id: `wb-cancel-${job.name}`, onclick: () => model.send({ kind: "cancel" }) }, say(model, "documents.cancel")) : null,
      job.document ? make("button", { type: "button", class: "wb-button", id: `wb-check-${job.document}`, onclick: () => model.send({ kind: "show", id: job.document }) }, say(model, "documents.check")) : null)));
  }

  function drawList() {
    const heads = ["document", "territory", "language", "provisions", "warnings"];
    const cell = (name, ...content) => make("td", { "data-label": say(model, `documents.${name}`) }, content);
    const rows = model.get("documents").map((row) => make("tr", {},
      make("th", { scope: "row" }, make("button", { type: "button", class: "wb-title", onclick: () => model.send({ kind: "show", id: row.id }) }, make("bdi", {}, row.title)),
        row.is_illustrative ? make("span", { class: "wb-chip" }, say(model, "documents.illustrative")) : null),
      cell("territory", make("bdi", {}, row.territory), ` · ${say(model, `level.${row.level}`)}`), cell("language", row.language ? languageName(model, row.language) : "–"),
      cell("provisions", String(row.provisions)), cell("warnings", row.warnings > 0 ? make("span", { class: "wb-chip wb-chip-warn" }, `! ${row.warnings}`) : "0")));
    fill(list, make("h2", {}, say(model, "documents.list")),
      !model.get("is_ready") ? make("p", { class: "wb-soft" }, say(model, "documents.loading"))
      : rows.length > 0 ? make("table", { class: "wb-table wb-stack" }, make("thead", {}, make("tr", {}, heads.map((name) => make("th", { scope: "col" }, say(model, `documents.${name}`))))), make("tbody", {}, rows))
      : make("p", { class: "wb-empty" }, say(model, "documents.empty")));
  }

  function draw() { title.textContent = say(model, "documents.title"); drawForm(); drawWork(); drawList(); }
  model.on("change:labels change:is_ready", draw);
  model.on("change:territories change:kinds", drawForm);
  model.on("change:jobs", drawWork);
  model.on("change:documents", drawList);
  draw();
}
export default { render };
