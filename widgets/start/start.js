/** The first page: three sentences, then project, territory, name, and the way on. */
function render({ model, el }) {
  const root = make("div", { class: "wb wb-start" });
  el.append(root);

  function territory(row) {
    const here = row.id === model.get("territory");
    return make("li", { class: here ? "wb-card wb-place wb-place-here" : "wb-card wb-place" },
      make("h3", {}, row.name),
      make("p", { class: "wb-small wb-soft" }, say(model, "start.against", { name: row.national || say(model, "start.no_national") })),
      make("p", { class: "wb-small" }, say(model, "start.counts", { documents: row.documents, provisions: row.provisions })),
      row.commitments > 0 ? make("p", { class: "wb-small" }, say(model, "start.judged", { judged: row.judged, commitments: row.commitments })) : null,
      row.commitments > 0 ? make("progress", { max: row.commitments, value: row.judged, "aria-label": say(model, "start.judged", { judged: row.judged, commitments: row.commitments }) }) : null,
      make("div", { class: "wb-row" },
        make("a", { class: "wb-button wb-primary", href: address("compare", { territory: row.id, project: model.get("project") }) }, say(model, "start.compare")),
        make("a", { class: "wb-button", href: address("scorecard", { territory: row.id, project: model.get("project") }) }, say(model, "start.score"))));
  }

  function draw() {
    const named = (value) => {
      try { localStorage.setItem("workbench.rater", value.trim()); } catch { /* a private window keeps nothing; the name lasts for this page */ }
      model.send({ kind: "rater", value: value.trim() });
    };
    const people = model.get("people");
    const known = people.includes(model.get("rater")) ? model.get("rater") : "";
    const name = people.length > 0
      ? choice(say(model, "start.who"), [["", say(model, "start.who_not")], ...people.map((one) => [one, one])], known, named, { id: "wb-rater" })
      : make("label", { class: "wb-field" }, make("span", { class: "wb-label" }, say(model, "start.rater")),
        make("input", { class: "wb-input", id: "wb-rater", maxlength: 60, value: model.get("rater"), autocomplete: "off", onchange: (event) => named(event.target.value) }));
    const fresh = make("input", { class: "wb-input", id: "wb-new", maxlength: 80, autocomplete: "off" });
    const places = model.get("territories");
    const is_open = model.get("project") !== "";
    const projects = is_open ? model.get("projects") : [["", say(model, "start.none_open")], ...model.get("projects")];
    fill(root,
      make("h1", {}, say(model, "start.title")),
      make("p", { class: "wb-lead" }, say(model, "start.lead")),
      make("ol", { class: "wb-how wb-grid" }, ["documents", "compare", "panel", "scorecard"].map((page) =>
        make("li", { class: "wb-card" }, make("h2", {}, say(model, `steps.${page}`)), make("p", {}, say(model, `start.${page}_what`))))),
      make("h2", {}, say(model, "start.choose_project")),
      make("div", { class: "wb-row" },
        choice(say(model, "start.project"), projects, model.get("project"), (value) => {
          if (!value) return;
          remember({ project: value, territory: "", provision: "" });
          model.send({ kind: "open", name: value });
        }, { id: "wb-project" }),
        name),
      make("form", { class: "wb-row wb-new", onsubmit: (event) => { event.preventDefault(); if (fresh.value.trim()) model.send({ kind: "create", name: fresh.value.trim() }); } },
        make("label", { class: "wb-field" }, make("span", { class: "wb-label" }, say(model, "start.new")), fresh),
        make("button", { type: "submit", class: "wb-button" }, say(model, "start.create"))),
      is_open && make("h2", {}, say(model, "start.choose_territory")),
      !is_open ? null : places.length > 0 ? make("ul", { class: "wb-places wb-grid" }, places.map(territory))
        : make("p", { class: "wb-empty" }, say(model, "start.no_territory"), " ", make("a", { class: "wb-button wb-primary", href: address("documents") }, say(model, "start.add_documents"))));
  }
  model.on("msg:custom", (message) => { if (message.kind === "opened") remember({ project: message.project, territory: message.territory }); });
  model.on("change:labels change:projects change:project change:territories change:territory change:rater change:people", draw);
  draw();
}
export default { render };
