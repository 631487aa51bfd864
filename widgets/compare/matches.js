/** The matches of the chosen provision with their texts, why they are suggested, and a place to judge each pair. */
function drawMatches(app, side) {
  const { model, book, judging } = app;
  const { id } = app.chosen();
  const marks = app.marks();
  if (!marks) return make("p", { class: "wb-empty", role: "status" }, say(model, "compare.working"));
  const card = app.chosen().side === "national" ? app.cardOf(id) : undefined;
  const found = app.matches();
  const current = app.current();
  const item = (match, index) => {
    const row = book.find(side, match.id);
    if (!row) return null;
    const pair = judging.pairKey(row.id);
    const quote = judging.newest("pairs", pair)?.evidence || judging.now().evidence;
    return make("li", { class: row.id === current ? "wb-item wb-match wb-current" : "wb-item wb-match", id: `wb-match-card-${index}`, "aria-current": row.id === current ? "true" : null },
      make("div", { class: "wb-match-head" },
        make("button", { type: "button", class: "wb-title", id: `wb-match-${index}`, onclick: () => app.choose(side, row.id) }, titleOf(model, row, app.words(side))),
        make("span", { class: "wb-chip" }, match.score === null ? say(model, "compare.linked") : say(model, "compare.score", { score: Math.round(match.score * 100) }))),
      bodyOf(row, book.text(row.id), marks.there?.[row.id] ?? [], quote, app.words(side)),
      drawWhy(marks.why?.[row.id]),
      make("div", { class: "wb-match-judge wb-noprint" },
        model.get("may_judge") ? [card ? app.carrying(row.id) : null, judging.drawPair(pair)] : null,
        document.body.dataset.voila ? copyLink(app, row.id, index) : null));
  };
  const list = (matches) => make("ol", { class: "wb-list" }, matches.map((match) => item(match, found.indexOf(match))));
  // A local provision against several national documents: what each of them has, the likeliest document first.
  const documents = card ? [] : [...new Set(found.map((match) => book.find(side, match.id)?.of ?? ""))];
  const whole = documents.length > 1
    ? documents.map((title) => [make("h3", { dir: "auto" }, title), list(found.filter((match) => (book.find(side, match.id)?.of ?? "") === title))]).flat()
    : [list(found)];
  const weak = marks.is_weak ? make("p", { class: "wb-why", role: "note" }, say(model, "compare.weak")) : null;
  return [
    ...(found.length > 0
      ? [weak, make("p", { class: "wb-soft wb-small" }, say(model, card ? "compare.candidates" : "compare.matches_hint")), ...whole]
      : [make("p", { class: "wb-empty" }, say(model, "compare.no_match"))]),
    drawBeside(app),
  ];
}

/** Why a match is suggested, in words: the matter in common, and the judgement it leans on. */
function drawWhy(reasons) {
  return [reasons?.common, reasons?.precedent, reasons?.copied].filter(Boolean).map((line) => make("p", { class: "wb-soft wb-small wb-why" }, line));
}

/** A button that puts the address of a pair on the clipboard, or shows it where that is not allowed. */
function copyLink(app, other, index) {
  const { model } = app;
  const target = new URL(address("compare", { territory: model.get("local").territory, provision: app.chosen().id, with: other }), location.href).href;
  const said = make("span", { class: "wb-small wb-soft", role: "status" });
  const show = () => {
    const field = make("input", { class: "wb-input", readonly: true, value: target, "aria-label": say(model, "compare.link") });
    said.replaceChildren(field);
    field.select();
  };
  const copy = () => (navigator.clipboard ? navigator.clipboard.writeText(target).then(() => said.replaceChildren(say(model, "compare.link_copied")), show) : show());
  return make("div", { class: "wb-row wb-link-row" }, make("button", { type: "button", class: "wb-button wb-quiet", id: `wb-copy-${index}`, onclick: copy }, say(model, "compare.copy_link")), said);
}

/** What other localities answer to the chosen national provision, to be read; judging happens in their own place. */
function drawBeside(app) {
  const { model } = app;
  const answers = model.get("answers");
  if (app.chosen().side !== "national" || answers.id !== app.chosen().id) return null;
  const names = new Map(model.get("localities").map((place) => [place.id, place.name]));
  return make("section", { class: "wb-places", "aria-labelledby": "wb-places" }, make("h3", { id: "wb-places" }, say(model, "compare.beside")),
    answers.places.map((place) => make("section", { class: "wb-place-beside" },
      make("h4", {}, names.get(place.territory) ?? place.territory), make("p", {}, verdictChips(model, place.verdict),
        document.body.dataset.voila ? make("a", { href: address("compare", { territory: place.territory, provision: answers.id }) }, say(model, "compare.judge_there")) : null),
      place.matches.length > 0
        ? make("ol", { class: "wb-list" }, place.matches.map((row) => make("li", { class: "wb-item" }, make("details", {},
            make("summary", { class: "wb-title" }, titleOf(model, row), row.score === null ? null : make("span", { class: "wb-chip" }, say(model, "compare.score", { score: Math.round(row.score * 100) }))),
            bodyOf(row, row.text, row.there, "", app.words("local"))))))
        : make("p", { class: "wb-soft wb-small" }, say(model, "compare.no_answer")))));
}

/**
 * The matches as a short list between the panes: name, likeness, and what was said of the pair. Ranked, save for a card
 * still to judge, whose candidates come in the card's own order, so that the first place says nothing.
 */
function drawBetween(app, host, show) {
  const { model, book, judging } = app;
  const { side, id } = app.chosen();
  const is_open = side === "national" && app.cardOf(id) && !judging.verdict() && model.get("may_judge");
  const all = app.matches();
  const ranked = is_open ? all : [...all].sort((a, b) => (b.score ?? -1) - (a.score ?? -1));
  const current = app.current();
  const chips = ranked.map((match, rank) => {
    const row = book.find(OTHER[side], match.id);
    if (!row) return null;
    const said = judging.newest("pairs", judging.pairKey(row.id))?.relation;
    const likeness = match.score === null ? "" : say(model, "compare.score", { score: Math.round(match.score * 100) });
    const relation = said === undefined ? "" : say(model, `relation.strength.${said}`);
    const chip = make("button", { type: "button", class: "wb-between-chip", id: `wb-between-${all.indexOf(match)}`, "aria-current": match.id === current ? "true" : null, title: row.heading, style: `--wb-share: ${Math.round(100 * (match.score ?? 0))}%`,
      "aria-label": [is_open ? "" : `${rank + 1}.`, row.number, row.heading, likeness, relation].filter(Boolean).join(" · "), onclick: () => show(match.id) },
      make("span", { class: "wb-between-name" }, is_open ? null : make("span", { class: "wb-rank" }, String(rank + 1)), make("b", {}, row.number.slice(0, 14))), likeness ? make("span", { class: "wb-likeness" }, likeness) : null,
      said === undefined ? null : make("span", { class: said < 0 ? "wb-said wb-said-bad" : "wb-said" }, relationSign(said)));
    return { chip, id: match.id, place: all.indexOf(match), score: match.score ?? 0, kind: said < 0 ? "wb-ribbon-bad" : match.id === current ? "wb-ribbon-current" : "" };
  }).filter(Boolean);
  fill(host, chips.length > 0 ? make("p", { class: "wb-label" }, say(model, "compare.between")) : null, chips.length > 0 ? make("ol", {}, chips.map(({ chip }) => make("li", {}, chip))) : null);
  return chips;
}
