/** How a provision is named in a list, with the words searched for marked. */
function titleOf(model, row, words = []) {
  return [
    make("span", { class: "wb-number" }, row.number), " ", make("bdi", { lang: row.language }, marked(row.heading, wordSpans(row.heading, words), "wb-hit")),
    row.page ? make("span", { class: "wb-soft wb-small" }, ` · ${say(model, "compare.page", { page: row.page })}`) : null,
  ];
}

/** What a verdict says, as chips: uptake, and conflict where there is one. */
function verdictChips(model, verdict) {
  if (!verdict) return [];
  const text = verdict.uptake === null ? say(model, "compare.no_information") : say(model, `uptake.${verdict.uptake}`);
  return [
    make("span", { class: `wb-chip ${verdict.uptake > 0 ? "wb-chip-good" : ""}` }, `✓ ${text}`),
    verdict.conflict > 0 ? make("span", { class: "wb-chip wb-chip-bad" }, `! ${say(model, `conflict.${verdict.conflict}`)}`) : null,
  ];
}

/** What is known of a provision, beside its name: its place in the queue, the verdict, whether it asks for local action. */
function chipsOf(model, row, card, verdict, queue) {
  const chip = (text) => make("span", { class: "wb-chip" }, text);
  return [
    row.entry ? chip(say(model, `compare.round.${row.entry.round}`)) : null,
    row.entry && queue.isOpen(row.entry) && queue.isLater(row.entry.card) ? chip(say(model, "compare.later")) : null,
    ...verdictChips(model, verdict),
    card && card.calls !== "no" ? chip(say(model, `compare.calls.${card.calls}`)) : null,
  ];
}

/** The words of a provision, with shared terms, quoted evidence and the words searched for; `text` is null while they are on their way. */
function bodyOf(row, text, spans, quote = "", words = []) {
  const where = [row.of, row.part].filter(Boolean).join(" · ");
  return make("div", { class: "wb-body", lang: row.language },
    where ? make("p", { class: "wb-soft wb-small", dir: "auto" }, where) : null,
    make("div", { class: "wb-text", dir: "auto", "data-provision": row.id, "aria-busy": text === null ? "true" : null }, text === null ? "…" : quoted(text, spans, quote, words)));
}

/** The passage of a provision in which the words searched for stand first, as a line under its name. */
function passageOf(row, text, words) {
  const spans = wordSpans(text, words);
  if (spans.length === 0) return null;
  const signs = Array.from(text);
  const from = Math.max(0, spans[0][0] - 50), to = Math.min(signs.length, spans[0][1] + 110);
  const shown = spans.filter(([start, end]) => start >= from && end <= to).map(([start, end]) => [start - from, end - from]);
  return make("p", { class: "wb-soft wb-small wb-found-line", lang: row.language, dir: "auto" },
    from > 0 ? "… " : "", marked(signs.slice(from, to).join(""), shown, "wb-hit"), to < signs.length ? " …" : "");
}
