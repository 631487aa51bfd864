/** Where else the chosen commitment is stated, or which commitment the chosen provision states again. */
function statements(model, id, { find, text, title, choose }) {
  const link = (row) => make("button", { type: "button", class: "wb-title", id: `wb-statement-${row.order}`, onclick: () => choose("national", row.id) }, title(row));
  const known = model.get("repeats").map(([main, provision, said, commitment]) => ({ main, provision, said, commitment }));
  const above = known.find((one) => one.provision === id && one.said === "one");
  if (above) {
    const row = find(above.main);
    return row ? make("div", { class: "wb-statements" }, make("p", { class: "wb-soft wb-small" }, say(model, "compare.statement_of")), link(row)) : null;
  }
  const items = known.filter((one) => one.main === id).map((one) => {
    const row = find(one.provision);
    if (!row) return null;
    const send = (said) => model.send({ kind: "repeat", commitment: one.commitment, provision: one.provision, said });
    const button = (said, label) => make("button", { type: "button", class: "wb-button", id: `wb-repeat-${said}-${row.order}`, "aria-label": `${label}: ${row.number} ${row.heading}`, onclick: () => send(said) }, label);
    return make("li", {}, link(row), make("p", { class: "wb-small", lang: row.language, dir: "auto" }, (text(row.id) ?? "…").slice(0, 240)),
      make("div", { class: "wb-row wb-noprint" }, one.said === "one"
        ? [make("span", { class: "wb-chip wb-chip-good" }, `✓ ${say(model, "compare.statement_one")}`), button("apart", say(model, "compare.statement_separate"))]
        : [button("one", say(model, "compare.statement_join")), button("apart", say(model, "compare.statement_apart"))]));
  });
  return items.some(Boolean) ? make("div", { class: "wb-statements" }, make("p", { class: "wb-soft wb-small" }, say(model, "compare.statements")), make("ul", {}, items)) : null;
}
