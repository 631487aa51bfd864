/** Where the index comes from: the points of each dimension, stacked from zero to the index; its indicators on demand. */
function contributionsOf(model) {
  const rows = model.get("contributions");
  if (rows.length === 0) return null;
  const names = Object.fromEntries(model.get("card").names ?? []);
  const keys = ["scorecard.indicator", "scorecard.points", "scorecard.up_to"];
  let from = 0;
  const bar = (title, points) => {
    const begin = from;
    from += points;
    return make("tr", {}, make("th", { scope: "row" }, title), cellOf(model, keys[1], number(model, points)),
      cellOf(model, keys[2], number(model, from), make("div", { class: "wb-bar", "aria-hidden": "true" }, make("div", { class: "wb-bar-step", style: `left:${begin}%;width:${Math.max(points, 0.4)}%` }))));
  };
  const letters = [...new Set(rows.map((row) => row.indicator[0]))];
  const whole = letters.map((letter) => bar(`${letter} ${names[letter] ?? ""}`, rows.filter((row) => row.indicator[0] === letter).reduce((sum, row) => sum + row.points, 0)));
  from = 0;
  const each = rows.map((row) => bar([make("b", {}, row.indicator), ` ${row.name}`], row.points));
  return make("section", { id: "wb-contributions" }, make("h2", {}, say(model, "scorecard.contributions")), make("p", { class: "wb-soft" }, say(model, "scorecard.contributions_hint")),
    tableOf(model, "", ["scorecard.dimension", ...keys.slice(1)], whole),
    make("details", { class: "wb-indicator" }, make("summary", {}, say(model, "scorecard.indicators")), tableOf(model, "", keys, each)));
}

/** What would lift the index, by so many points. */
function liftOf(model, link) {
  const card = model.get("card");
  if (card.index === null) return null;
  const found = model.get("lift");
  const pick = choice(say(model, "scorecard.lift_by"), [["", "–"], ...["2", "5", "10", "20"].map((points) => [points, `+ ${points}`])], String(found.points ?? ""), (points) => points && model.send({ kind: "lift", points: Number(points) }), { id: "wb-lift" });
  return make("section", { id: "wb-what-if" }, make("h2", {}, say(model, "scorecard.lift")), make("p", { class: "wb-soft" }, say(model, "scorecard.lift_hint")), make("div", { class: "wb-row wb-noprint" }, pick),
    found.message ? make("p", { class: "wb-notice wb-notice-warn", role: "status" }, found.message) : null,
    (found.steps ?? []).length > 0 ? make("ol", { class: "wb-steps-up", "aria-live": "polite" }, found.steps.map((step) => make("li", {}, step.text, " ", make("span", { class: "wb-soft wb-small" }, say(model, "scorecard.lift_gain", { gain: number(model, step.gain), index: number(model, step.index_after) })), step.provision ? make("ul", { class: "wb-behind" }, link(step.provision)) : null))) : null);
}

/** What the interval comes from: worked out when asked, with progress, and to be stopped. */
function doubtOf(model) {
  const card = model.get("card");
  if (card.index === null) return null;
  const found = model.get("doubt");
  const keys = ["scorecard.source", "scorecard.share_alone", "scorecard.share_all"];
  const percent = (value) => (value === null ? "–" : `${number(model, Math.max(value, 0) * 100, 0)} %`);
  const rows = (found.rows ?? []).map((row) => make("tr", {}, make("th", { scope: "row" }, row.name),
    cellOf(model, keys[1], percent(row.first), make("span", { class: "wb-soft wb-small" }, row.first === null ? "" : ` (${percent(row.first_low)} – ${percent(row.first_high)})`)),
    cellOf(model, keys[2], percent(row.total), make("div", { class: "wb-bar", "aria-hidden": "true" }, make("div", { class: "wb-bar-fill", style: `width:${Math.min(Math.max(row.total ?? 0, 0), 1) * 100}%` })))));
  const button = (kind, key) => make("button", { type: "button", class: "wb-button", id: `wb-${kind}`, onclick: () => model.send({ kind }) }, say(model, key));
  return make("section", { id: "wb-doubt-section" }, make("h2", {}, say(model, "scorecard.doubt")), make("p", { class: "wb-soft" }, say(model, "scorecard.doubt_hint")),
    make("p", { class: "wb-noprint" }, found.state === "busy"
      ? [make("progress", { max: 1, value: found.share ?? 0, "aria-label": say(model, "scorecard.doubt_busy") }), " ", button("stop", "scorecard.doubt_stop")]
      : button("doubt", rows.length > 0 ? "scorecard.doubt_again" : "scorecard.doubt_start")),
    rows.length > 0 ? [make("p", { role: "status" }, found.says), tableOf(model, "", keys, rows), ...(found.sentences ?? []).map((line) => make("p", { class: "wb-soft wb-small" }, line))] : null);
}
