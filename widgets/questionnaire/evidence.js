/** What shows an answer: a place in a document of the project, an address, a note; and the respondent's own words. */
function evidencePanel(model, { step, saving, give }) {
  const key = `${step.item}|${step.basis}`;
  const text = (name, values) => say(model, `assess.${name}`, values);
  const now = () => saving.shown(step.item, step.basis);
  const off = !model.get("may_answer");
  const cited = make("div", { class: "wb-q-cited" });
  const found = make("div", { role: "status" });
  const chosen = { document: model.get("documents")[0]?.id ?? "" };
  const page = make("input", { class: "wb-input", id: "wb-q-page", type: "number", min: 1, inputmode: "numeric", disabled: off });
  const query = make("input", { class: "wb-input", id: "wb-q-search", type: "search", maxlength: 200 });

  const cite = (place) => { give({ document: place.document, provision: place.provision ?? null, page: place.page ?? null, place: place.place }); cited.querySelector("button")?.focus(); };
  function citePage(event) {
    event.preventDefault();
    const source = model.get("documents").find((one) => one.id === chosen.document);
    const number = page.value ? Number(page.value) : null;
    const is_wrong = number !== null && !(Number.isInteger(number) && number >= 1 && number <= source.pages);
    page.setAttribute("aria-invalid", String(is_wrong));
    fill(wrong.page, is_wrong ? text("page_wrong", { pages: source.pages }) : null);
    if (!is_wrong) cite({ document: source.id, page: number, place: [source.title, number && text("page", { page: number })].filter(Boolean).join(" · ") });
  }
  const wrong = { page: make("p", { class: "wb-q-wrong", role: "alert" }), link: make("p", { class: "wb-q-wrong", role: "alert" }) };

  const link = make("input", { class: "wb-input", id: "wb-q-link", type: "url", maxlength: 2000, disabled: off, oninput: () => {
    const is_wrong = link.value.trim() !== "" && !/^https?:\/\/./i.test(link.value.trim());
    link.setAttribute("aria-invalid", String(is_wrong));
    if (!is_wrong) fill(wrong.link);
    typed(link, "link", !is_wrong);
  }, onchange: () => fill(wrong.link, link.getAttribute("aria-invalid") === "true" ? text("link_wrong") : null) });
  const area = (name) => {
    const field = make("textarea", { class: "wb-input", id: `wb-q-${name}`, rows: 2, maxlength: 2000, disabled: off, oninput: () => typed(field, name) });
    return field;
  };
  function typed(field, name, is_good = true) {
    const { value } = field;
    saving.later(`${key}|${name}`, () => is_good && give({ [name]: value }));
  }
  /** Show in a field what is given, unless somebody is writing there. */
  function write(field, name) {
    const is_busy = field === document.activeElement || saving.isWaiting(`${key}|${name}`) || field.getAttribute("aria-invalid") === "true";
    if (!is_busy) field.value = now()[name];
  }
  const note = area("note");
  const labelled = (name, field, hint) => make("label", { class: "wb-field" }, make("span", { class: "wb-label" }, text(name)), field, hint ?? null);

  const sources = model.get("documents").map((one) => [one.id, one.title]);
  const attach = sources.length === 0 || off ? null : make("div", { class: "wb-q-attach" },
    make("h4", {}, text("from_documents")),
    make("form", { class: "wb-row", onsubmit: citePage },
      choice(text("document"), sources, chosen.document, (value) => { chosen.document = value; paged(); }, { id: "wb-q-document" }),
      make("label", { class: "wb-field wb-q-page" }, make("span", { class: "wb-label" }, text("page_field")), page),
      make("button", { type: "submit", class: "wb-button", id: "wb-q-cite" }, text("attach"))),
    wrong.page,
    make("form", { class: "wb-row", onsubmit: (event) => { event.preventDefault(); if (query.value.trim()) model.send({ kind: "find", key, query: query.value.trim(), document: "" }); } },
      make("label", { class: "wb-field" }, make("span", { class: "wb-label" }, text("search")), query),
      make("button", { type: "submit", class: "wb-button", id: "wb-q-find" }, text("find"))),
    found);

  const node = make("details", { class: "wb-card wb-q-evidence" },
    make("summary", {}, make("h3", {}, text("evidence"))),
    make("p", { class: "wb-soft" }, model.get("words").answers?.evidence ?? ""),
    cited, attach,
    make("div", { class: "wb-q-fields" }, labelled("link", link, wrong.link), labelled("note", note)));

  /** A text without pages, as a web page, is cited as a whole. */
  function paged() {
    page.disabled = off || !model.get("documents").find((one) => one.id === chosen.document)?.pages;
    if (page.disabled) page.value = "";
  }

  function drawHits() {
    const hits = model.get("hits");
    if (hits.key !== key) return fill(found);
    fill(found, make("p", { class: "wb-small" }, text(hits.count > hits.rows.length ? "found_more" : "found", { count: hits.count, shown: hits.rows.length, query: hits.query })),
      make("ul", { class: "wb-q-hits" }, hits.rows.map((row, index) => make("li", {},
        make("p", { class: "wb-small" }, make("b", {}, row.place)),
        make("p", { lang: row.language, dir: "auto" }, row.text),
        make("button", { type: "button", class: "wb-button", id: `wb-q-take-${index}`, "aria-label": `${text("take")}: ${row.place}`, onclick: () => cite(row) }, text("take"))))));
  }

  function refresh() {
    const answer = now();
    fill(cited, answer.document ? make("div", { class: "wb-notice" }, make("b", {}, text("cited")), " ", make("span", { dir: "auto" }, answer.place), " ",
      off ? null : make("button", { type: "button", class: "wb-button", id: "wb-q-detach", onclick: () => give({ document: null, provision: null, page: null, place: "" }) }, text("detach"))) : null);
    write(link, "link");
    write(note, "note");
    const is_wanted = Boolean(answer.document || answer.link || answer.note) || Number(answer.level) >= 3;
    if (is_wanted && !was_wanted) node.open = true;
    was_wanted = is_wanted;
  }
  let was_wanted = false;
  refresh();
  paged();
  drawHits();
  return { node, refresh, drawHits, area, write };
}
