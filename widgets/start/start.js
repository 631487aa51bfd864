const ROLES = ["official", "analyst", "trainer"];

/** The first page: who you are, project, territory, and the way from there with what is missing. */
function render({ model, el }) {
  const root = make("div", { class: "wb wb-start" });
  el.append(root);
  const page = (one) => say(model, `steps.${one}`);

  function territory(row) {
    const here = row.id === model.get("territory");
    return make("li", { class: here ? "wb-card wb-place wb-place-here" : "wb-card wb-place" },
      make("h3", {}, row.name),
      make("p", { class: "wb-small wb-soft" }, say(model, "start.against", { name: row.national || say(model, "start.no_national") })),
      make("p", { class: "wb-small" }, say(model, "start.counts", { documents: row.documents, provisions: row.provisions })),
      row.commitments > 0 ? make("p", { class: "wb-small" }, say(model, "start.judged", { judged: row.judged, commitments: row.commitments })) : null,
      row.commitments > 0 ? make("progress", { max: row.commitments, value: row.judged, "aria-label": say(model, "start.judged", { judged: row.judged, commitments: row.commitments }) }) : null,
      make("div", { class: "wb-row" },
        make("a", { class: "wb-button wb-primary", id: `wb-compare-${row.id}`, href: address("compare", { territory: row.id, project: model.get("project") }) }, say(model, "start.compare")),
        make("a", { class: "wb-button", id: `wb-score-${row.id}`, href: address("scorecard", { territory: row.id, project: model.get("project") }) }, say(model, "start.score"))));
  }

  /** Where the reader was last: as the project keeps it under their name, else as this browser does. */
  function lastPlace() {
    const named = model.get("last");
    if (named.page) return named;
    try {
      const own = JSON.parse(recalled("place") || "{}");
      const query = new URLSearchParams(own.search ?? "");
      return (query.get("project") ?? model.get("project")) === model.get("project") ? own : {};
    } catch { return {}; }
  }

  function drawResume() {
    const last = lastPlace();
    const place = model.get("territories").find((one) => one.id === last.territory);
    if (!model.get("pages").includes(last.page) || (last.territory && !place)) return null;
    const kept = Object.fromEntries(new URLSearchParams(last.search));
    delete kept.tour;
    const day = new Date(`${last.day}T12:00:00`).toLocaleDateString(model.get("labels")["language.code"], { day: "numeric", month: "long", year: "numeric" });
    const values = { ...kept, project: model.get("project"), territory: last.territory, language: new URLSearchParams(location.search).get("language") ?? kept.language };
    return make("div", { class: "wb-notice wb-resume" }, make("span", {}, say(model, "flow.resume", { day, page: page(last.page), territory: place?.name ?? "–" })),
      make("a", { class: "wb-button wb-primary", id: "wb-resume", href: address(last.page, values) }, say(model, "flow.resume_go")));
  }

  function drawTour() {
    const stop = Number(recalled("tour"));
    const stops = model.get("stops");
    const to = (number) => address(stops[number - 1], { project: "sample", territory: "ph-naga-city", tour: String(number) });
    return make("p", { class: "wb-row wb-start-tour" },
      make("a", { class: "wb-button", id: "wb-tour-begin", href: to(1) }, say(model, "flow.tour_begin")),
      stop > 1 && stop <= stops.length ? make("a", { class: "wb-button", id: "wb-tour-again", href: to(stop) }, say(model, "flow.tour_again", { number: stop, count: stops.length })) : null);
  }

  function drawWho() {
    const people = model.get("people");
    const named = (value) => { keepLocally("rater", value.trim()); model.send({ kind: "rater", value: value.trim() }); };
    const known = people.includes(model.get("rater")) ? model.get("rater") : "";
    const name = people.length > 0
      ? choice(say(model, "start.who"), [["", say(model, "start.who_not")], ...people.map((one) => [one, one])], known, named, { id: "wb-rater" })
      : make("label", { class: "wb-field" }, make("span", { class: "wb-label" }, say(model, "start.rater")),
        make("input", { class: "wb-input", id: "wb-rater", maxlength: 60, value: model.get("rater"), autocomplete: "off", onchange: (event) => named(event.target.value) }));
    const chosen = (role) => { keepLocally("role", role); model.send({ kind: "role", value: role }); };
    return make("section", { class: "wb-who", "aria-labelledby": "wb-who-title" }, make("h2", { id: "wb-who-title" }, say(model, "flow.who")),
      make("fieldset", { class: "wb-choices" }, make("legend", { class: "wb-soft wb-small" }, say(model, "flow.who_lead")),
        make("div", {}, ROLES.map((role) => make("label", {}, make("input", { type: "radio", name: "wb-role", id: `wb-role-${role}`, value: role, checked: role === model.get("role"), onchange: () => chosen(role) }),
          make("span", {}, make("b", {}, say(model, `flow.role.${role}`)), make("span", { class: "wb-small" }, say(model, `flow.role_what.${role}`))))))),
      make("div", { class: model.get("rater") ? "wb-who-name" : "wb-who-name wb-noprint" }, name));
  }

  function drawProject() {
    const fresh = make("input", { class: "wb-input", id: "wb-new", maxlength: 80, autocomplete: "off" });
    const is_open = model.get("project") !== "";
    const projects = is_open ? model.get("projects") : [["", say(model, "start.none_open")], ...model.get("projects")];
    return make("section", {}, make("h2", {}, say(model, "start.choose_project")),
      make("div", { class: "wb-row wb-projects" },
        choice(say(model, "start.project"), projects, model.get("project"), (value) => {
          if (!value) return;
          remember({ project: value, territory: "", provision: "" });
          model.send({ kind: "open", name: value });
        }, { id: "wb-project" }),
        make("form", { class: "wb-row wb-new wb-noprint", onsubmit: (event) => { event.preventDefault(); if (fresh.value.trim()) model.send({ kind: "create", name: fresh.value.trim() }); } },
          make("label", { class: "wb-field" }, make("span", { class: "wb-label" }, say(model, "start.new")), fresh),
          make("button", { type: "submit", class: "wb-button" }, say(model, "start.create")))));
  }

  function drawPlaces() {
    if (model.get("project") === "") return null;
    const places = model.get("territories");
    return make("section", {}, make("h2", {}, say(model, "start.choose_territory")),
      places.length > 0 ? make("ul", { class: "wb-places wb-grid" }, places.map(territory))
        : make("p", { class: "wb-empty" }, say(model, "start.no_territory"), " ", make("a", { class: "wb-button wb-primary", href: address("documents") }, say(model, "start.add_documents"))));
  }

  /** The steps from here, what each is for and what is missing there; the first open one stands out. */
  function drawWay() {
    const todo = model.get("todo").filter((row) => row.page !== "start");
    const place = model.get("territories").find((one) => one.id === model.get("territory"));
    const next = todo.find((row) => !row.is_done)?.page;
    const steps = todo.length > 0 ? todo : model.get("path").filter((one) => one !== "start").map((one) => ({ page: one, is_done: false, text: "" }));
    return make("section", { class: "wb-way" }, make("h2", {}, place ? say(model, "flow.way", { name: place.name }) : say(model, "flow.way_none")),
      make("ol", { class: "wb-how wb-grid" }, steps.map((row) => make("li", { class: row.page === next ? "wb-card wb-place-here" : "wb-card" },
        make("h3", {}, make("a", { id: `wb-way-to-${row.page}`, href: address(row.page, { project: model.get("project"), territory: model.get("territory") }) }, page(row.page))),
        make("p", { class: "wb-small" }, say(model, `start.${row.page}_what`)),
        row.is_done ? make("span", { class: "wb-chip wb-chip-good" }, `✓ ${say(model, "flow.done")}`) : row.text ? make("span", { class: "wb-chip wb-chip-warn" }, row.text) : null))));
  }

  function drawAnalyst() {
    return make("section", { class: "wb-card wb-for" }, make("h2", {}, say(model, "flow.analyst")), make("p", {}, say(model, "flow.analyst_text")),
      model.get("code") ? make("pre", { class: "wb-code", tabindex: "0" }, make("code", {}, model.get("code"))) : null,
      make("p", { class: "wb-small" }, say(model, "flow.notebooks", { names: model.get("notebooks").join(", ") })));
  }

  function drawTrainer() {
    return make("section", { class: "wb-card wb-for" }, make("h2", {}, say(model, "flow.trainer")), make("p", {}, say(model, "flow.trainer_text")),
      make("div", { class: "wb-row" },
        model.get("exercises") ? make("a", { class: "wb-button wb-primary", href: address(model.get("exercises")) }, say(model, "flow.exercises")) : null,
        make("a", { class: "wb-button", href: address("start", { project: "sample", territory: "ph-naga-city" }) }, say(model, "flow.open_sample"))));
  }

  function draw() {
    const role = model.get("role");
    fill(root,
      make("h1", {}, say(model, "start.title")),
      make("p", { class: "wb-lead" }, say(model, "start.lead")),
      drawTour(), drawResume(), drawWho(),
      role === "analyst" ? drawAnalyst() : role === "trainer" ? drawTrainer() : null,
      drawProject(), drawPlaces(), drawWay());
  }
  model.on("msg:custom", (message) => { if (message.kind === "opened") remember({ project: message.project, territory: message.territory }); });
  model.on("change:labels change:projects change:project change:territories change:territory change:rater change:people change:role change:todo change:last change:code", draw);
  window.addEventListener("wb-tour-left", draw);
  draw();
}
export default { render };
