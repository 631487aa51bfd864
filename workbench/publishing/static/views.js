// The four views: all territories, one of them, national and local side by side, all provisions.
const AT_ONCE = 25;
const territory = () => site.territories.find((one) => one.id === here.territory);
const dimension = (id) => `${id} ${say(`dimension.${id}`)}`;

function overview() {
  const rows = site.territories.map((one) => [
    make("a", { href: address({ view: "territory", territory: one.id }) }, one.name),
    one.nation, one.index === null ? say("scorecard.status.withheld") : figure(one.index), span(one), share(one.coverage),
    String(one.raters), say(`scorecard.status.${one.status}`),
  ]);
  const head = ["reports.column.territory", "site.nation", "scorecard.index", "scorecard.interval", "scorecard.coverage", "scorecard.raters", "site.status"];
  return [
    make("h2", {}, say("site.overview")),
    make("p", {}, say("site.overview_hint")),
    make("div", { class: "card" }, rows.length ? sheet(say("site.territories"), head.map((key) => say(key)), rows) : say("site.none")),
    make("h2", {}, say("site.about")),
    make("p", {}, say("reports.method.short")),
    make("p", {}, say("site.panel")),
  ];
}

function withTerritory(content) {
  const pairs = site.territories.map((one) => [one.id, one.name]);
  const choice = choose(say("reports.column.territory"), "territory", pairs, (value) => { location.hash = address({ territory: value, class: "", sector: "" }); });
  return site.territories.length ? [make("div", { class: "bar" }, choice), ...content(territory())] : [make("p", { class: "note" }, say("site.none"))];
}

function scores(one) {
  const told = one.told[here.language];
  const scored = (row, name) => ({ ...row, name, ...remark(row) });
  const dimensions = one.dimensions.map((row) => scored(row, dimension(row.id)));
  const sides = one.sides.map((row) => scored(row, say(`side.${row.id}`)));
  const gaps = one.gaps.map((row) => {
    const known = say("scorecard.gap_known", row);
    return { ...row, name: say(`gap.${row.id}`), score: row.size, note: known, short: known };
  });
  const folded = (table) => make("details", {}, make("summary", {}, say("reports.table_of")), table);
  const head = ["scorecard.score", "scorecard.interval", "reports.known"].map((key) => say(key));
  const cells = (rows) => rows.map((row) => [row.name, figure(row.score), span(row), row.note]);
  const part = (title, hint, rows, table, isBar) => make("section", { class: "card" }, make("h3", {}, say(title)),
    hint ? make("p", { class: "small soft" }, say(hint)) : "", chart(say(title), rows, isBar), folded(table));
  const links = make("p", {}, make("a", { href: one.report[here.language] }, say("site.report")));
  return [
    make("h2", {}, one.name),
    make("p", { class: "lead" }, told[0]),
    make("ul", {}, told.slice(1).map((text) => make("li", {}, text))),
    links,
    make("div", { class: "columns" },
      part("scorecard.profile", "", dimensions, sheet(say("scorecard.profile"), [say("scorecard.dimension"), ...head], cells(dimensions))),
      make("div", {},
        part("scorecard.sides", "scorecard.sides_hint", sides, sheet(say("scorecard.sides"), [say("scorecard.direction"), ...head], cells(sides))),
        part("scorecard.gaps", "scorecard.gaps_hint", gaps, sheet(say("scorecard.gaps"),
          [say("scorecard.gap"), say("scorecard.gap_size"), say("reports.known")], gaps.map((row) => [row.name, figure(row.size), row.note])), true))),
    figures(one),
  ];
}

function remark(row) {
  const known = say("charts.coverage", { share: share(row.coverage) });
  if (row.score === null) return { note: `${say("scorecard.missing")}, ${known}`, short: say("scorecard.missing") };
  return { note: row.is_greyed ? `${known}, ${say("scorecard.greyed")}` : known, short: row.is_greyed ? say("scorecard.greyed") : known };
}

function figures(one) {
  const rows = [
    ["scorecard.index", one.index === null ? say("scorecard.status.withheld") : figure(one.index)],
    ["scorecard.interval", span(one)], ["scorecard.coverage", share(one.coverage)], ["scorecard.raters", String(one.raters)],
    ["scorecard.agreement", one.agreement === null ? say("scorecard.missing") : figure(one.agreement, 2)],
    ["scorecard.arithmetic", one.arithmetic === null ? "–" : figure(one.arithmetic)],
    ["scorecard.floor", say("scorecard.floor_value", { floor: figure(one.floor) })], ["scorecard.scheme", one.scheme],
  ];
  return make("div", { class: "card" }, sheet(say("reports.figures"), [say("reports.column.what"), say("reports.column.value")],
    rows.map(([key, value]) => [say(key), value])));
}

/** The words of a provision with the deciding sentence marked, and where they stand. */
function provision(id, side) {
  const row = site.provisions[id];
  if (!row) return null;
  const start = row.sentence ? row.text.indexOf(row.sentence) : -1;
  const words = start < 0 ? [row.text] : [row.text.slice(0, start), make("mark", {}, row.sentence), row.text.slice(start + row.sentence.length)];
  return make("div", { class: `side ${side}` },
    make("p", { class: "small soft" }, side ? `${say(`compare.${side}`)} · ` : "", make("bdi", {}, cite(row))),
    row.heading ? make("h3", { dir: "auto" }, row.heading) : "",
    make("p", { class: "words", dir: "auto", lang: row.language || null }, words));
}

function cite(row) {
  const page = row.page === null ? "" : `, ${say("compare.page", { page: row.page })}`;
  return `${site.documents[row.document].title}${row.label ? `, ${row.label}` : ""}${page}${row.is_ocr ? `, ${say("reports.ocr")}` : ""}`;
}

const folded = new Map();

/** A text without marks and capitals, so that "accion" finds "Acción"; each is worked out once. */
function fold(text) {
  if (!folded.has(text)) folded.set(text, text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase());
  return folded.get(text);
}

function holds(texts) {
  const asked = fold(here.words).split(/\s+/).filter(Boolean);
  return asked.every((word) => texts.some((text) => fold(text).includes(word)));
}

function search(refresh) {
  return make("div", {}, make("label", { for: "words" }, say("site.search")),
    make("input", { id: "words", type: "search", value: here.words, oninput: (event) => { keep({ words: event.target.value }); refresh(); } }));
}

/** A list that grows on demand, with the count said aloud. */
function listing(find, show) {
  const count = make("p", { role: "status", class: "soft" });
  const list = make("div", {});
  let shown = 0, found = [];
  const more = make("button", { type: "button", onclick: () => grow() }, say("site.more"));
  const grow = () => {
    const first = shown;
    list.append(...found.slice(shown, shown + AT_ONCE).map(show));
    shown = Math.min(shown + AT_ONCE, found.length);
    more.hidden = shown >= found.length;
    if (first && list.children[first]) { list.children[first].tabIndex = -1; list.children[first].focus(); }
  };
  const refresh = () => {
    found = find();
    shown = 0;
    list.replaceChildren();
    count.textContent = found.length ? say("site.found", { count: found.length }) : say("site.nothing");
    grow();
  };
  refresh();
  return { refresh, parts: [count, list, more] };
}

function together(one) {
  const texts = (row) => [row.provision_id, ...row.provisions].flatMap((id) => (site.provisions[id] ? [site.provisions[id].heading, site.provisions[id].text] : []));
  const found = listing(
    () => one.rows.filter((row) => (!here.class || row.class === here.class) && (!here.sector || row.sector === here.sector) && holds(texts(row))),
    pair,
  );
  const kinds = [...new Set(one.rows.map((row) => row.class))];
  const sectors = [...new Set(one.rows.map((row) => row.sector).filter(Boolean))];
  const all = ["", say("site.all")];
  const pick = (name) => (value) => { keep({ [name]: value }); found.refresh(); };
  return [
    make("h2", {}, say("site.together")),
    make("div", { class: "bar" },
      choose(say("site.class"), "class", [all, ...kinds.map((kind) => [kind, say(`class.${kind}`)])], pick("class")),
      choose(say("site.sector"), "sector", [all, ...sectors.map((sector) => [sector, say(`sector.${sector}`)])], pick("sector")),
      search(found.refresh)),
    ...found.parts,
  ];
}

function pair(row) {
  const chips = [say(`class.${row.class}`), row.sector ? say(`sector.${row.sector}`) : "",
    row.uptake === null ? "" : say("reports.verdict.uptake", { value: row.uptake }),
    row.conflict === null ? "" : say("reports.verdict.conflict", { value: row.conflict })];
  const local = row.is_local ? [provision(row.provision_id, "local")] : row.provisions.map((id) => provision(id, "local"));
  return make("article", { class: "card" },
    make("p", {}, chips.filter(Boolean).map((text) => make("span", { class: "chip" }, text))),
    make("div", { class: "columns" },
      row.is_local ? make("p", { class: "soft" }, say("site.no_national")) : provision(row.provision_id, "national"),
      make("div", {}, local.length ? local : make("p", { class: "soft" }, say("site.no_local")))));
}

function texts() {
  const found = listing(
    () => Object.values(site.provisions).filter((row) => (!here.document || row.document === here.document) && holds([row.heading, row.text, row.label])),
    (row) => make("article", { class: "card" }, provision(row.id, "")),
  );
  const documents = Object.entries(site.documents).map(([id, row]) => [id, row.title]);
  return [
    make("h2", {}, say("site.texts")),
    make("div", { class: "bar" },
      choose(say("site.document"), "document", [["", say("site.all")], ...documents], (value) => { keep({ document: value }); found.refresh(); }),
      search(found.refresh)),
    ...found.parts,
  ];
}

const VIEWS = { overview, territory: () => withTerritory(scores), together: () => withTerritory(together), beyond: () => withTerritory(beyond), texts };

function show(isFirst) {
  const before = document.activeElement ? document.activeElement.id : "";
  readAddress();
  document.documentElement.lang = here.language;
  document.title = `${site.title[here.language]} · ${say(`site.${here.view}`)}`;
  document.getElementById("skip").textContent = say("site.skip");
  const languages = Object.entries(site.languages);
  document.getElementById("head").replaceChildren(
    make("div", { class: "top" },
      make("div", {}, make("h1", {}, site.title[here.language]), make("p", { class: "soft" }, site.day[here.language])),
      choose(say("site.language"), "language", languages, (value) => { location.hash = address({ language: value }); })),
    make("nav", { "aria-label": say("site.pages") },
      Object.keys(VIEWS).map((view) => make("a", { href: address({ view, words: "" }), "aria-current": view === here.view ? "page" : null }, say(`site.${view}`)))));
  const main = document.getElementById("main");
  main.replaceChildren(...(site.is_illustrative ? [make("p", { class: "note" }, say("reports.illustrative"))] : []), ...VIEWS[here.view]());
  document.getElementById("foot").replaceChildren(say("site.foot"));
  if (isFirst) return;
  // Who changes a choice goes on from there; who follows a link begins at the top.
  const same = before.startsWith("choose-") ? document.getElementById(before) : null;
  (same || main).focus({ preventScroll: true });
  if (!same) scrollTo(0, 0);
}

document.getElementById("skip").addEventListener("click", (event) => {
  event.preventDefault();
  document.getElementById("main").focus();
});
addEventListener("hashchange", () => show(false));
show(true);
