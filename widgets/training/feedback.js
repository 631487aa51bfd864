// What is said after an answer: how near it is to the panel, the words that decide, what another reading implies.

/** The words of a value: labels of codes, signed steps with their words. */
function valueWords(say, field, value) {
  const label = (code) => field.options.find((option) => String(option.value) === String(code))?.label ?? String(code);
  if (Array.isArray(value)) return value.length === 0 ? say("training.nothing") : value.map(label).join("; ");
  return field.kind === "scale" ? `${signed(Number(value))} ${label(value)}` : label(value);
}

/** The line of -3 to 3 with your answer above, the panel's below, and a dot for each member. */
function drawLine(say, field, found) {
  const x = (step) => 50 + (step + 3) * 80;
  const marks = field.options.flatMap(({ value }) => [
    svg("line", { x1: x(value), y1: 64, x2: x(value), y2: 76, class: "wb-x-tick" }),
    svg("text", { x: x(value), y: 96, "text-anchor": "middle", class: value === 0 ? "wb-x-zero" : "" }, signed(value))]);
  const stacked = {};
  const members = found.raters.map(({ value }) => {
    stacked[value] = (stacked[value] ?? 0) + 1;
    return svg("circle", { cx: x(value), cy: 100 + 14 * stacked[value], r: 5, class: "wb-x-member" });
  });
  const most = Math.max(...Object.values(stacked));
  const height = 116 + 14 * most;
  const apart = found.yours === found.panel ? null
    : svg("line", { x1: x(found.yours), y1: 70, x2: x(found.panel), y2: 70, class: "wb-x-apart" });
  const near = Math.abs(found.yours - found.panel) < 2;
  // At the ends of the line a name begins or ends there: centred it would leave the drawing.
  const name = (step, y, text) => svg("text", { x: step < -1 ? x(step) - 44 : step > 1 ? x(step) + 44 : x(step), y, "text-anchor": step < -1 ? "start" : step > 1 ? "end" : "middle", class: "wb-x-name" }, text);
  const words = say("training.line_words", {
    yours: valueWords(say, field, found.yours), panel: valueWords(say, field, found.panel),
    members: found.raters.map(({ value }) => signed(value)).join(", "),
  });
  return make("figure", { class: "wb-x-figure" },
    svg("svg", { viewBox: `0 0 580 ${height}`, role: "img", "aria-label": words, class: "wb-x-drawing" },
      svg("line", { x1: x(-3), y1: 70, x2: x(3), y2: 70, class: "wb-x-axis-line" }), marks, apart, members,
      svg("path", { d: `M${x(found.panel)} 61 l9 9 l-9 9 l-9 -9 z`, class: "wb-x-panel" }),
      svg("circle", { cx: x(found.yours), cy: 70, r: 6, class: "wb-x-yours" }),
      name(found.yours, 26, `● ${say("training.you")}`), name(found.panel, near ? 48 : 26, `◇ ${say("training.panel")}`)),
    make("figcaption", { class: "wb-small" }, say("training.line_key", { low: field.options[0].label, high: field.options.at(-1).label })));
}

/** How often each value was given by the members: a bar with its number in words. */
function drawSpread(say, field, found) {
  const count = found.raters.length;
  const own = Array.isArray(found.yours) ? found.yours : [found.yours];
  const panel = Array.isArray(found.panel) ? found.panel : [found.panel];
  const shown = [...found.spread];
  for (const value of own) if (!shown.some((row) => row.value === String(value))) shown.push({ value: String(value), count: 0 });
  return make("ul", { class: "wb-x-spread" }, shown.map((row) => make("li", {},
    make("span", { class: "wb-x-value" }, valueWords(say, field, field.kind === "scale" ? Number(row.value) : row.value),
      own.map(String).includes(row.value) ? make("b", { class: "wb-x-who" }, ` ● ${say("training.you")}`) : null,
      panel.map(String).includes(row.value) ? make("b", { class: "wb-x-who" }, ` ◇ ${say("training.panel")}`) : null),
    make("span", { class: "wb-x-bar", "aria-hidden": "true" }, make("span", { style: `width: ${(100 * row.count) / count}%` })),
    make("span", { class: "wb-small" }, say("training.members", { count: row.count, all: count })))));
}

/** How near the answer is, in words: never a bare verdict. */
function nearness(say, field, found) {
  if (found.agrees) return say(found.same === found.raters.length ? "training.as_all" : "training.as_panel", { same: found.same, all: found.raters.length });
  const values = { same: found.same, all: found.raters.length, yours: valueWords(say, field, found.yours), panel: valueWords(say, field, found.panel) };
  if (field.kind === "scale") {
    const opposite = found.yours * found.panel < 0;
    const steps = say(found.distance === 1 ? "training.step_one" : "training.steps", { count: found.distance });
    return `${say("training.apart_scale", { ...values, steps })}${opposite ? ` ${say("training.opposite")}` : ""}`;
  }
  if (field.kind === "several") {
    const shared = found.yours.filter((code) => found.panel.includes(code));
    const more = found.yours.filter((code) => !found.panel.includes(code));
    const less = found.panel.filter((code) => !found.yours.includes(code));
    return [shared.length > 0 ? say("training.shared", { words: valueWords(say, field, shared) }) : say("training.shared_none"),
      more.length > 0 ? say("training.only_you", { words: valueWords(say, field, more) }) : "",
      less.length > 0 ? say("training.only_panel", { words: valueWords(say, field, less) }) : ""].filter(Boolean).join(" ");
  }
  const steps = found.most > 1 ? ` ${say(found.distance === 1 ? "training.order_one" : "training.order", { count: found.distance })}` : "";
  return `${say("training.apart", values)}${steps}`;
}

function drawCompared(say, field, found, mistakes) {
  const held = found.same > 0 && !found.agrees ? say(found.same === 1 ? "training.same_one" : "training.same", { same: found.same, all: found.raters.length }) : null;
  return make("section", { class: found.agrees ? "wb-x-compared wb-x-alike" : "wb-x-compared" },
    make("h4", {}, make("span", { "aria-hidden": "true", class: "wb-x-sign" }, found.agrees ? "=" : "↔"), ` ${field.label}`),
    make("p", {}, nearness(say, field, found), held ? ` ${held}` : null),
    field.kind === "scale" ? drawLine(say, field, found) : drawSpread(say, field, found),
    mistakes.map((one) => make("div", { class: "wb-x-mistake" },
      make("h5", {}, say("training.comes_from")), prose(one.mistake),
      make("h5", {}, say("training.would_imply")), prose(one.implies))),
    !found.agrees && mistakes.length === 0 && field.kind === "scale"
      ? make("div", { class: "wb-x-mistake" }, make("h5", {}, say("training.would_imply")), make("p", {}, say(`training.implies.${Math.sign(found.yours)}`))) : null);
}

/** All that teaches after an answer; `words` are what the reader wrote, shown beside the panel's reason. */
function drawFeedback(say, exercise, item, told, answer) {
  const written = item.fields.filter((field) => field.kind === "words" && answer?.[field.id]);
  const compared = item.fields.filter((field) => told.fields[field.id]);
  const show = () => document.getElementById(`wb-x-text-${told.decides.text}`)?.focus();
  return make("section", { class: "wb-x-feedback", "aria-labelledby": "wb-x-told" },
    make("h3", { id: "wb-x-told", tabindex: "-1" }, say("training.told")),
    make("div", { lang: exercise.language },
      compared.map((field) => drawCompared(say, field, told.fields[field.id], told.mistakes.filter((one) => one.field === field.id))),
      compared.some((field) => !told.fields[field.id].agrees && !told.mistakes.some((one) => one.field === field.id)) ? make("p", { class: "wb-soft" }, say("training.think")) : null,
      make("section", { class: "wb-x-why" }, make("h4", {}, say("training.why")), prose(told.reason),
        told.decides ? [make("h4", {}, say("training.decides")), make("blockquote", {}, make("mark", { class: "wb-mark" }, told.decides.words)),
          make("button", { type: "button", class: "wb-link", id: "wb-x-show", onclick: show }, say("training.show_words"))] : null,
        written.flatMap((field) => [make("h4", {}, say("training.you_wrote")), make("p", { class: "wb-x-words", dir: "auto" }, answer[field.id])]))));
}
