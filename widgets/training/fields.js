// What is read and what is asked: texts of both sides, figures, and a field of each kind.

/** Paragraphs and lists of a text as elements; its words are set as text. */
function prose(text) {
  return text.split("\n\n").flatMap((block) => {
    const lines = block.split("\n");
    const item = /^(?:[-*]|\d{1,2}[.)])\s+/;
    if (!lines.every((line) => item.test(line))) return [make("p", {}, lines.join(" "))];
    const list = /^\d/.test(lines[0]) ? "ol" : "ul";
    return [make(list, {}, lines.map((line) => make("li", {}, line.replace(item, ""))))];
  });
}

/** The texts an item speaks of: those it names and those its options offer; all where it names none. */
function textsOf(exercise, item) {
  const offered = item.fields.flatMap((field) => field.options.map((option) => option.value));
  const named = new Set([...item.texts, ...offered]);
  return item.texts.length === 0 ? exercise.texts : exercise.texts.filter((text) => named.has(text.id));
}

/** One provision; the words that decide are marked once the panel's answer is known. */
function drawText(say, text, decides) {
  const words = decides?.text === text.id ? marked(text.text, [[decides.start, decides.end]]) : [text.text];
  return make("article", { class: "wb-x-text", id: `wb-x-text-${text.id}`, tabindex: "-1" },
    make("h4", {}, make("span", { class: "wb-x-number" }, text.number), ` ${text.heading}`),
    make("div", { class: "wb-x-words", dir: "auto" }, words),
    decides?.text === text.id ? make("p", { class: "wb-small wb-x-decided" }, say("training.decided_here")) : null);
}

/** The texts by side, local first: beside each other where there is room. */
function drawTexts(say, exercise, item, decides) {
  const shown = textsOf(exercise, item);
  if (shown.length === 0) return null;
  const sides = ["local", "national", "other"].filter((side) => shown.some((text) => text.side === side));
  const columns = sides.map((side) => {
    const own = shown.filter((text) => text.side === side);
    const titles = [...new Set(own.map((text) => text.document))];
    return make("section", { class: `wb-x-side wb-x-${side}`, "aria-labelledby": `wb-x-side-${side}` },
      make("h3", { id: `wb-x-side-${side}` }, say(`training.side.${side}`)),
      titles.map((title) => [make("p", { class: "wb-small wb-soft wb-x-document" }, title),
        own.filter((text) => text.document === title).map((text) => drawText(say, text, decides))]).flat(2));
  });
  return make("div", { class: columns.length > 1 ? "wb-x-texts wb-x-two" : "wb-x-texts", lang: exercise.language }, columns);
}

/** A number of the reader's language. */
function figure(say, value, digits = 0) {
  return value.toLocaleString(say("language.code"), { minimumFractionDigits: digits, maximumFractionDigits: digits }).replace("-", "−");
}

/** The figures of a scorecard: a table whose middle column draws score and interval on a line of 0 to 100. */
function drawFigures(say, exercise) {
  if (exercise.figures.length === 0) return null;
  const whole = (value) => figure(say, value, Number.isInteger(value) ? 0 : 1);
  const rows = exercise.figures.map((one) => make("tr", {},
    make("th", { scope: "row" }, one.label === one.id && one.label.length > 1 ? one.name : `${one.label} · ${one.name}`),
    make("td", { class: "wb-x-drawn", "aria-hidden": "true" }, make("div", { class: "wb-x-line" },
      make("span", { class: "wb-x-range", style: `left: ${one.low}%; width: ${one.high - one.low}%` }),
      make("span", { class: "wb-x-score", style: `left: ${one.score}%` }))),
    make("td", { "data-label": say("training.score") }, make("b", {}, whole(one.score))),
    make("td", { "data-label": say("training.interval") }, say("training.from_to", { low: whole(one.low), high: whole(one.high) }))));
  return make("div", { class: "wb-x-figures wb-card", lang: exercise.language },
    make("table", { class: "wb-table wb-stack" }, make("caption", {}, say("training.figures")),
      make("thead", {}, make("tr", {}, make("th", { scope: "col" }, say("training.figure")),
        make("td", { class: "wb-x-drawn wb-x-axis", "aria-hidden": "true" }, make("span", {}, "0"), make("span", {}, "50"), make("span", {}, "100")),
        make("th", { scope: "col" }, say("training.score")), make("th", { scope: "col" }, say("training.interval")))),
      make("tbody", {}, rows)));
}

/** A step of the scale as it is written: +2, 0, −1. */
const signed = (step) => (step > 0 ? `+${step}` : String(step).replace("-", "−"));

function drawScale(say, name, field, value, change) {
  const words = (step) => {
    const chosen = field.options.find((option) => option.value === step);
    return chosen ? `${signed(step)}: ${chosen.label}` : say("training.scale_ends", { low: `−3 ${field.options[0].label}`, high: `+3 ${field.options.at(-1).label}` });
  };
  const said = make("p", { class: "wb-x-chosen", "aria-live": "polite" }, words(value));
  const pick = (step) => { said.textContent = words(step); change(step); };
  return [make("div", { class: "wb-x-scale" }, field.options.map(({ value: step, label }) => make("label", { title: label },
    make("input", { type: "radio", name, id: `${name}-${step}`, value: step, checked: value === step, onchange: () => pick(step) }),
    make("b", {}, signed(step)), make("span", { class: "wb-x-step" }, label)))), said];
}

function drawOptions(say, name, field, value, change) {
  const is_set = field.kind === "several";
  let chosen = is_set ? value ?? [] : [value];
  const box = (option) => make("input", { type: is_set ? "checkbox" : "radio", name, id: `${name}-${option}`, value: option, checked: chosen.includes(option), onchange: () => pick(option) });
  const boxes = field.options.map((option) => box(option.value));
  const counted = field.most ? make("p", { class: "wb-small wb-soft", "aria-live": "polite" }) : null;
  /** "None of these" stands alone, and no more than `most` can be chosen. */
  function settle() {
    for (const one of boxes) {
      if (is_set) one.checked = chosen.includes(one.value);
      one.disabled = Boolean(is_set && field.most && chosen.length >= field.most && !one.checked && one.value !== "none");
    }
    if (counted) counted.textContent = say("training.most", { most: field.most, count: chosen.length });
  }
  function pick(option) {
    if (!is_set) return change(option);
    if (chosen.includes(option)) chosen = chosen.filter((one) => one !== option);
    else chosen = option === "none" ? ["none"] : [...chosen.filter((one) => one !== "none"), option];
    settle();
    return change(chosen);
  }
  settle();
  return [make("div", { class: field.options.length > 7 ? "wb-x-many" : null }, field.options.map((option, index) => make("label", {}, boxes[index], make("span", {}, option.label)))), counted];
}

/** One field of an item; `change(value)` keeps what was chosen or typed. */
function drawField(say, exercise, item, field, value, change) {
  const name = `wb-x-${item.id}-${field.id}`;
  const optional = field.required ? null : make("span", { class: "wb-soft wb-small" }, ` (${say("training.optional")})`);
  if (field.kind === "words") {
    return make("label", { class: "wb-field wb-x-field" }, make("span", { class: "wb-x-asked" }, field.label, optional),
      make("textarea", { class: "wb-input", id: name, rows: 3, maxlength: 2000, oninput: (event) => change(event.target.value) }, value ?? ""));
  }
  const inside = field.kind === "scale" ? drawScale(say, name, field, value, change) : drawOptions(say, name, field, value, change);
  return make("fieldset", { class: "wb-choices wb-x-field", lang: exercise.language }, make("legend", {}, field.label, optional), inside);
}
