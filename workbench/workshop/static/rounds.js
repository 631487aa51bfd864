// What all pages say alike: the rounds, and the words of an answer.

const TURNS = ["alone", "pairs", "plenary"];

/** The rounds, the present one marked; in words, not by colour alone. */
const rounds = (turn) =>
  make("ol", { class: "wb-room-rounds", "aria-label": tell("workshop.rounds") },
    TURNS.map((one, place) => make("li", one === turn ? { "aria-current": "step" } : {}, make("span", {}, String(place + 1)), tell(`workshop.round.${one}`))));

/** The words of a field's value. */
function words(field, value) {
  if (value === undefined || value === null || value === "") return "–";
  if (field.kind === "words") return String(value);
  const texts = new Map((field.options ?? []).map((option) => [String(option.value), option.label]));
  const values = Array.isArray(value) ? value : [value];
  return values.length ? values.map((one) => texts.get(String(one)) ?? String(one)).join(" · ") : tell("workshop.nothing_chosen");
}
