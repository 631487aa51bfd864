const RELATIONS = [-3, -2, -1, 0, 1, 2, 3];
const DEFAULT_TYPE = (relation) => (relation > 0 ? "implements" : relation < 0 ? "limits" : "independent");

/** The kind of relation that a strength is saved with: what was chosen, or what goes with its sign. */
const typeOf = (given, draft, relation) => draft.relation_type ?? (given && Math.sign(given.relation) === Math.sign(relation) ? given.relation_type : DEFAULT_TYPE(relation));

const relationSign = (relation) => (relation > 0 ? `+${relation}` : relation < 0 ? `−${-relation}` : "0");

/** How two provisions relate: the kind first, then the strength, and the other direction where it differs. */
function relationOf(model, key, { given, draft, differs, differ, send, fields }) {
  const type = given?.relation_type ?? draft.relation_type ?? "";
  const typeFor = (relation) => typeOf(given, draft, relation);
  const scale = (name, label, value, change) => make("div", { class: "wb-pair" },
    make("span", { class: "wb-label", id: `wb-${name}-${key}` }, say(model, label)),
    make("div", { role: "group", "aria-labelledby": `wb-${name}-${key}`, class: "wb-scale" }, RELATIONS.map((relation) => {
      const strength = say(model, `relation.strength.${relation}`);
      return make("button", { type: "button", id: `wb-${name}-${key}-${relation}`, class: "wb-step", title: strength, "aria-label": `${relation > 0 ? "+" : ""}${relation} ${strength}`, "aria-pressed": String(value === relation), onclick: () => change(relation) },
        relationSign(relation));
    })));
  const types = [...(type ? [] : [["", say(model, "compare.type_choose")]]), ...model.get("types").map((type) => [type, say(model, `relation.type.${type}`)])];
  const has_back = given && given.relation_back !== null && given.relation_back !== undefined;
  return make("div", { class: "wb-relation" },
    choice(say(model, "compare.type"), types, type, (relation_type) => relation_type && send({ relation_type }), { id: `wb-type-${key}` }),
    scale("relation", "compare.relation", given?.relation, (relation) => send({ relation, relation_type: typeFor(relation) })),
    given ? make("label", { class: "wb-check" },
      make("input", { type: "checkbox", id: `wb-differs-${key}`, checked: has_back || differs, onchange: (event) => differ(event.target.checked) }),
      say(model, "compare.differs")) : null,
    given && (has_back || differs) ? scale("back", "compare.relation_back", given.relation_back, (relation_back) => send({ relation_back })) : null,
    given ? fields.confidence(given.confidence, (confidence) => send({ confidence }), `wb-confidence-${key}`) : null,
    given ? fields.reason(given.reason, (reason) => send({ reason }), `wb-reason-${key}`) : null,
    given ? fields.evidence(given.evidence, (evidence) => send({ evidence }), `wb-evidence-${key}`) : null,
    given ? make("span", { class: "wb-small" }, `✓ ${say(model, `relation.strength.${given.relation}`)}`) : null);
}
