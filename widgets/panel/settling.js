/** One card on which raters differ: what each said, what was settled, and the place to settle it. */
function differenceOf(model, row) {
  const scale = (name) => choice(say(model, `panel.${name}`), [["", say(model, "compare.type_choose")], ["?", say(model, "compare.no_information")], ...[0, 1, 2, 3].map((value) => [String(value), `${value} ${say(model, `${name}.${value}`)}`])], "", (_value) => document.getElementById(`wb-settle-${name}-${row.card}`).setCustomValidity(""), { required: true, oninvalid: (event) => event.target.setCustomValidity(say(model, "compare.type_choose")), id: `wb-settle-${name}-${row.card}` });
  const read = (name) => { const value = document.getElementById(`wb-settle-${name}-${row.card}`).value; return value === "?" ? null : Number(value); };
  const reason = make("input", { class: "wb-input", id: `wb-settle-reason-${row.card}`, maxlength: 2000 });
  const form = () => make("details", { class: "wb-settle wb-noprint" }, make("summary", {}, say(model, row.settled ? "panel.settle_again" : "panel.settle")),
    make("form", { class: "wb-row", onsubmit: (event) => {
      event.preventDefault();
      model.send({ kind: "settle", card: row.card, uptake: read("uptake"), conflict: read("conflict"), reason: reason.value, version: row.version, by: row.by });
    } }, scale("uptake"), scale("conflict"), make("label", { class: "wb-field wb-reason" }, make("span", { class: "wb-label" }, say(model, "compare.reason")), reason),
      make("button", { type: "submit", class: "wb-button wb-primary", id: `wb-settle-${row.card}` }, say(model, "panel.settle_save"))));
  return make("li", { class: "wb-card wb-difference" },
    make("h3", {}, make("a", { href: address("compare", { provision: row.id }) }, make("bdi", {}, row.title))),
    make("p", { class: "wb-small wb-soft" }, say(model, "panel.spread", { steps: row.spread })),
    make("ul", {}, row.said.map((line) => make("li", { dir: "auto" }, line))),
    row.settled ? make("p", { dir: "auto" }, make("span", { class: "wb-chip wb-chip-good" }, `✓ ${say(model, "panel.is_settled")}`), ` ${row.settled}`) : null,
    model.get("me").can_settle ? form() : null);
}
