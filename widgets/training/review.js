// The page at the end: agreement with the panel in plain words first, then figures, then each item.

const RELIABLE = 0.8; // Krippendorff (2004), as in the scorecard
const TENTATIVE = 0.667;

/** The sentence that says how near somebody is to the panel. */
function agreementWords(say, found) {
  if (found.alpha === null) return say(found.exact === 1 ? "training.alpha_alike" : "training.alpha_none");
  if (found.alpha >= RELIABLE) return say("training.alpha_reliable");
  return say(found.alpha >= TENTATIVE ? "training.alpha_tentative" : "training.alpha_low");
}

/** Alpha and its interval on a line from -1 to 1, with its words. */
function drawAlpha(say, found) {
  if (found.alpha === null) return null;
  const x = (value) => 20 + (Math.max(-1, Math.min(1, value)) + 1) * 200;
  const digits = (value) => figure(say, value, 2);
  const words = found.low === null ? say("training.alpha_alone", { alpha: digits(found.alpha), units: found.units })
    : say("training.alpha", { alpha: digits(found.alpha), low: digits(found.low), high: digits(found.high), units: found.units });
  const mark = (value, text) => [svg("line", { x1: x(value), y1: 22, x2: x(value), y2: 38, class: "wb-x-tick" }),
    svg("text", { x: x(value), y: 56, "text-anchor": "middle" }, text)];
  return make("figure", { class: "wb-x-figure wb-x-alpha" },
    svg("svg", { viewBox: "0 0 440 66", role: "img", "aria-label": words, class: "wb-x-drawing" },
      svg("line", { x1: 20, y1: 30, x2: 420, y2: 30, class: "wb-x-axis-line" }),
      mark(-1, "−1"), mark(0, "0"), mark(TENTATIVE, digits(TENTATIVE)), mark(1, "1"),
      found.low === null ? null : svg("line", { x1: x(found.low), y1: 30, x2: x(found.high), y2: 30, class: "wb-x-interval" }),
      svg("circle", { cx: x(found.alpha), cy: 30, r: 7, class: "wb-x-yours" })),
    make("figcaption", { class: "wb-small" }, words, found.few ? ` ${say("training.few")}` : null));
}

function drawOverall(say, exercise, found) {
  if (!found || found.n === 0) return null;
  const field = exercise.items.flatMap((item) => item.fields).find((one) => one.id === found.field);
  return make("section", { class: "wb-card wb-x-overall", "aria-labelledby": "wb-x-overall" },
    make("h3", { id: "wb-x-overall" }, say("training.agreement")),
    make("p", { class: "wb-x-lead" }, agreementWords(say, found)),
    make("p", {}, say(found.n === 1 ? "training.exact_one" : "training.exact", { same: Math.round(found.exact * found.n), count: found.n }),
      found.steps === null ? null : ` ${say("training.mean_steps", { steps: figure(say, found.steps, 1) })}`),
    drawAlpha(say, found),
    make("p", { class: "wb-small wb-soft" }, say("training.alpha_what", { field: field?.label ?? found.field }), " ", say("training.first_counts")));
}

/** The page at the end of an exercise; `go` leads back to an item. */
function drawReview(say, view, go) {
  const { exercise, answers, feedback } = view;
  const rows = exercise.items.map((item, index) => {
    const answer = answers[item.id];
    const told = feedback[item.id];
    const compared = item.fields.filter((field) => field.kind !== "words");
    const alike = told ? compared.filter((field) => told.fields[field.id]?.agrees).length : 0;
    const state = !answer ? say("training.open") : !told ? say("training.kept_short")
      : alike === compared.length ? say("training.alike") : say("training.partly", { alike, all: compared.length });
    const said = (pick) => compared.filter((field) => pick(field) !== undefined).map((field) => make("div", {}, compared.length > 1 ? `${field.label}: ` : "", valueWords(say, field, pick(field))));
    return make("tr", {},
      make("th", { scope: "row" }, make("button", { type: "button", class: "wb-link", id: `wb-x-back-${item.id}`, onclick: () => go(index + 1) }, say("training.item", { number: index + 1 }))),
      make("td", { "data-label": say("training.your_answer") }, answer ? said((field) => answer[field.id]) : "–"),
      make("td", { "data-label": say("training.panel_answer") }, told ? said((field) => told.fields[field.id]?.panel) : "–"),
      make("td", { "data-label": say("training.state") }, state));
  });
  const open = exercise.items.findIndex((item) => !answers[item.id]);
  return [
    make("h2", { id: "wb-x-here", tabindex: "-1" }, say("training.review")),
    open >= 0 ? make("p", { class: "wb-notice" }, say("training.still_open", { count: exercise.items.filter((item) => !answers[item.id]).length }), " ",
      make("button", { type: "button", class: "wb-button", id: "wb-x-open", onclick: () => go(open + 1) }, say("training.to_open"))) : null,
    drawOverall(say, exercise, view.overall),
    make("div", { class: "wb-scroll", lang: exercise.language, role: "region", tabindex: "0", "aria-label": say("training.review_table") }, make("table", { class: "wb-table wb-stack" }, make("caption", {}, say("training.review_table")),
      make("thead", {}, make("tr", {}, ["item_head", "your_answer", "panel_answer", "state"].map((key) => make("th", { scope: "col" }, say(`training.${key}`))))),
      make("tbody", {}, rows))),
  ];
}
