/** Who could use a practice: places with the gap, the most alike first, and what their likeness is made of. */
function usersOf(app) {
  const { model } = app;
  const percent = (value, digits = 1) => (value === null ? "–" : `${number(model, value, digits)}\u00a0%`);
  const unknown = (text) => text || say(model, "practices.not_known");
  const cell = (key, ...content) => make("td", { "data-label": say(model, `practices.${key}`) }, ...content);
  const head = (keys) => make("thead", {}, make("tr", {}, keys.map((key) => make("th", { scope: "col" }, say(model, `practices.${key}`)))));

  function features(row) {
    const bar = (value) => make("div", { class: "wb-amount", "aria-hidden": "true" }, make("i", { style: `width:${Math.min(value * 4, 100)}%` }));
    return make("details", { class: "wb-why" }, make("summary", {}, say(model, "practices.why_alike", { name: row.name })), make("table", { class: "wb-table wb-stack" }, make("caption", {}, say(model, "practices.sums")),
      head(["feature", "there", "here", "alike", "weight", "part"]), make("tbody", {}, row.features.map((one) => make("tr", {}, make("th", { scope: "row" }, say(model, `likeness.${one.feature}`)),
        cell("there", unknown(one.there)), cell("here", unknown(one.here)), cell("alike", percent(one.likeness, 0)), cell("weight", percent(one.weight)), cell("part", percent(one.part), bar(one.part)))),
      make("tr", { class: "wb-sum" }, make("th", { scope: "row", colspan: 5 }, say(model, "practices.similarity")), cell("part", make("b", {}, percent(row.similarity)))))));
  }

  function of(practice) {
    const found = model.get("users");
    const is_this = found.practice === practice.id;
    const is_busy = is_this && found.state === "busy";
    const button = make("button", { type: "button", class: "wb-button wb-noprint", id: `wb-who-${practice.id}`, "aria-label": `${say(model, "practices.who")}: ${practice.name}`, onclick: () => { if (!is_busy) model.send({ kind: "who", practice: practice.id }); } }, say(model, "practices.who"));
    const places = is_this && found.state === "done" ? found.places : null;
    return make("div", { class: "wb-users" }, button, make("div", { role: "status" }, is_busy ? make("p", { class: "wb-soft" }, say(model, "practices.working"))
      : places?.length === 0 ? make("p", {}, say(model, "practices.nobody")) : places ? make("p", { class: "wb-small wb-soft" }, say(model, "practices.who_hint")) : null),
      places?.length > 0 ? make("ol", { class: "wb-places" }, places.map((row) => make("li", { "data-place": row.id }, make("b", {}, row.name), ` · ${say(model, "practices.similarity")} `, make("b", {}, percent(row.similarity)),
        make("span", { class: "wb-small wb-soft" }, ` · ${say(model, "practices.known", { share: number(model, row.known, 0) })}`),
        make("ul", {}, row.gaps.map((gap) => make("li", { dir: "auto" }, gap))), features(row)))) : null);
  }
  return { of, cell, head, percent };
}

/** For a ministry: innovations of several territories of the nation that its own text does not have. */
function ministryOf(app, users) {
  const { model } = app;
  const host = make("section", { "aria-labelledby": "wb-ministry-title" });
  let least = "2";
  const list = (names) => names.join(", ") || "–";
  const row = (one) => make("tr", {}, make("th", { scope: "row", dir: "auto" }, one.name), users.cell("territories", list(one.places)), users.cell("in_register", list(one.practices)),
    users.cell("texts", one.provisions.length === 0 ? "–" : make("ul", { class: "wb-behind" }, one.provisions.map((text) => make("li", {}, make("a", { href: address("compare", { territory: text.territory, provision: text.id }) }, `${text.place}: ${text.title}`))))),
    users.cell("alike", users.percent(one.likeness, 0)));
  function draw() {
    const found = model.get("ministry");
    const rows = found.rows ?? [];
    fill(host, make("h2", { id: "wb-ministry-title" }, say(model, "practices.ministry")), make("p", { class: "wb-soft" }, say(model, "practices.ministry_hint")),
      make("div", { class: "wb-row wb-noprint wb-ask" }, choice(say(model, "practices.least"), ["2", "3", "4", "5"].map((one) => [one, one]), least, (value) => { least = value; }, { id: "wb-least" }),
        make("button", { type: "button", class: "wb-button", id: "wb-ministry", onclick: () => { if (found.state !== "busy") model.send({ kind: "ministry", least: Number(least) }); } }, say(model, "practices.look"))),
      make("p", { role: "status", id: "wb-ministry-told" }, found.state === "busy" ? say(model, "practices.working") : found.state !== "done" ? null : say(model, rows.length > 0 ? "practices.ministry_found" : "practices.ministry_none", { count: rows.length, least: found.least, nation: found.nation })),
      rows.length > 0 ? make("table", { class: "wb-table wb-stack" }, users.head(["measure", "territories", "in_register", "texts", "alike"]), make("tbody", {}, rows.map(row))) : null);
  }
  return { host, draw };
}
