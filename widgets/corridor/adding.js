/** What a corridor is, and the form that adds one. */
function addingOf(model, entries) {
  const { territories = [] } = model.get("options");
  const isFirst = model.get("corridors").length === 0;
  const few = territories.length < 2 ? make("p", { class: "wb-notice wb-notice-warn" }, say(model, "corridor.form.few")) : null;
  const blank = { name: "", origin: "", destination: "", channels: [], stages: [], agreements: [], source: "", strength: "unchecked", places: {} };
  const form = model.get("may_enter") ? entries.buttons("corridor", "", "", blank, corridorFields(model, []), say(model, "corridor.form.title")) : null;
  return make("section", { class: "wb-card" }, make("h2", {}, say(model, isFirst ? "corridor.none" : "corridor.form.title")), make("p", {}, say(model, "corridor.what")), isFirst ? make("p", {}, say(model, "corridor.how")) : null, few, form);
}

/** The fields of a corridor; `places` are the territories that may be put on the map. */
function corridorFields(model, places) {
  const options = model.get("options");
  const worded = (prefix, values) => values.map((one) => [one, say(model, `${prefix}.${one}`)]);
  const ends = [["", say(model, "corridor.form.none")], ...options.below];
  return [
    { name: "name", kind: "text", label: say(model, "corridor.form.name"), required: true, most: 200 },
    { name: "origin", kind: "choice", label: say(model, "corridor.form.origin"), options: ends }, { name: "destination", kind: "choice", label: say(model, "corridor.form.destination"), options: ends },
    { name: "channels", kind: "several", label: say(model, "corridor.form.channels"), options: worded("channel", options.channels) }, { name: "stages", kind: "several", label: say(model, "corridor.form.stages"), options: worded("stage", options.stages) },
    { name: "agreements", kind: "several", label: say(model, "corridor.form.agreements"), options: options.documents },
    { name: "places", kind: "places", label: say(model, "entry.places"), options: places }, ...sourceFields(model, options),
  ];
}

/** The buttons that change or remove the corridor shown. */
function changingOf(model, entries) {
  const square = model.get("square");
  if (!model.get("may_enter") || !square.entry) return null;
  return entries.buttons("corridor", square.id, square.name, square.entry, corridorFields(model, square.on_map));
}

/** The register of mechanisms behind the dialogue: each may be changed or removed, and others added. */
function mechanismsOf(model, entries) {
  if (!model.get("may_enter")) return null;
  const options = model.get("options");
  const all = model.get("mechanisms");
  const known = [["", say(model, "entry.unknown")], ["yes", say(model, "entry.yes")], ["no", say(model, "entry.no")]];
  const fields = [
    { name: "name", kind: "text", label: say(model, "entry.name"), required: true }, { name: "purpose", kind: "text", label: say(model, "entry.purpose") },
    { name: "sector", kind: "choice", label: say(model, "entry.sector"), options: [["", say(model, "entry.all_sectors")], ...options.sectors.map((one) => [one, say(model, `sector.${one}`)])] },
    { name: "frequency", kind: "choice", label: say(model, "entry.frequency"), options: options.frequencies.map((one) => [one, say(model, `mechanism.frequency.${one}`)]) },
    { name: "has_budget", kind: "choice", label: say(model, "entry.has_budget"), options: known }, { name: "has_staff", kind: "choice", label: say(model, "entry.has_staff"), options: known },
    { name: "basis", kind: "choice", label: say(model, "entry.basis"), options: ["paper", "practice"].map((one) => [one, say(model, `corridor.basis.${one}`)]) },
    { name: "members", kind: "area", label: say(model, "entry.members"), about: say(model, "entry.members_about") },
    { name: "flows", kind: "flows", label: say(model, "entry.flows"), names: options.territories.map(([, name]) => name), options: options.functions.map((one) => [one, say(model, `dialogue.function.${one}`)]) },
    { name: "provisions", kind: "evidence", label: say(model, "entry.evidence"), names: model.get("cited"), options: options.documents }, ...sourceFields(model, options),
  ];
  const blank = { name: "", purpose: "", sector: "", members: "", flows: [["", "informs", ""]], frequency: "unknown", has_budget: "", has_staff: "", basis: "paper", provisions: [], source: "", strength: "unchecked" };
  const row = (one) => make("li", { "data-mechanism": one.id }, make("b", { dir: "auto" }, one.name), make("span", { class: "wb-soft wb-small", dir: "auto" }, [one.purpose, say(model, `mechanism.frequency.${one.frequency}`)].filter(Boolean).map((text) => ` · ${text}`).join("")),
    one.provisions.length === 0 ? make("p", { class: "wb-small wb-soft" }, say(model, "entry.no_evidence")) : null, entries.buttons("mechanism", one.id, one.name, one, fields));
  return make("details", { class: "wb-card wb-noprint", id: "wb-mechanisms" }, make("summary", {}, say(model, "entry.mechanisms", { count: all.length })), make("ul", { class: "wb-behind" }, all.map(row)), entries.buttons("mechanism", "", "", blank, fields, say(model, "entry.add_mechanism")));
}
