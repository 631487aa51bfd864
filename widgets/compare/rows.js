/** How a provision is named in a list. */
function titleOf(model, row) {
  const page = row.pages.length > 0 ? say(model, "compare.page", { page: row.pages[0] }) : "";
  return [
    make("span", { class: "wb-number" }, row.number), " ", row.heading || row.text.slice(0, 90),
    page ? make("span", { class: "wb-soft wb-small" }, ` · ${page}`) : null,
  ];
}

/** What is known of a commitment, beside its name: its place in the queue, the verdict, whether it asks for local action. */
function chipsOf(model, row, card, verdict, queue) {
  if (!card) return null;
  const made = [];
  if (row.entry) made.push(make("span", { class: "wb-chip" }, say(model, `compare.round.${row.entry.round}`)));
  if (row.entry && queue.isOpen(row.entry) && queue.isLater(row.entry.card)) made.push(make("span", { class: "wb-chip" }, say(model, "compare.later")));
  if (verdict) {
    const text = verdict.uptake === null ? say(model, "compare.no_information") : say(model, `uptake.${verdict.uptake}`);
    made.push(make("span", { class: `wb-chip ${verdict.uptake > 0 ? "wb-chip-good" : ""}` }, `✓ ${text}`));
    if (verdict.conflict > 0) made.push(make("span", { class: "wb-chip wb-chip-bad" }, `! ${say(model, `conflict.${verdict.conflict}`)}`));
  }
  if (card.calls !== "no") made.push(make("span", { class: "wb-chip" }, say(model, `compare.calls.${card.calls}`)));
  return made;
}

/** The words of a provision, with marks and the quoted evidence. */
function bodyOf(row, spans, quote = "") {
  const where = [row.part, row.document].filter(Boolean).join(" · ");
  return make("div", { class: "wb-body", lang: row.language, dir: "auto" },
    where ? make("p", { class: "wb-soft wb-small" }, where) : null,
    make("div", { class: "wb-text", "data-provision": row.id }, quoted(row.text, spans, quote)));
}
