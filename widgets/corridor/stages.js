/** The way from departure to return: which corner covers which stage, and what joins the two ends. */
function stagesOf(model) {
  const square = model.get("square");
  const states = ["covered", "named", "not_covered", "no_text", "missing"];
  const best = (stage, corner) => states.find((name) => square.cells.some((cell) => cell.stage === stage && cell.states[corner] === name));
  const sectors = (stage, corner) => square.cells.filter((cell) => cell.stage === stage && cell.states[corner] === "covered").map((cell) => say(model, `sector.${cell.sector}`));
  const columns = CORNERS.map((_, index) => 195 + index * 92);
  const head = 96;
  const step = 58;
  const parts = [arrowHead("wb-arrow-stage")];
  CORNERS.forEach((corner, index) => {
    const [end, level] = corner.split("_");
    parts.push(textAt(columns[index], 34, linesOf(square.places[corner] ?? "–", 12, 2), { class: "wb-corner-name" }, 15),
      textAt(columns[index], 72, [say(model, `corridor.${end}`), say(model, `corridor.${level}`)], { class: "wb-corner-kind" }, 13));
  });
  square.all_stages.forEach((stage, row) => {
    const y = head + 24 + row * step;
    const isPart = square.stages.includes(stage);
    if (row > 0) parts.push(svg("line", { x1: 72, y1: y - step + 21, x2: 72, y2: y - 22, class: "wb-flow", "marker-end": "url(#wb-arrow-stage)" }));
    parts.push(svg("rect", { x: 6, y: y - 20, width: 132, height: 40, rx: 6, class: isPart ? "wb-stage" : "wb-stage wb-stage-out" }), textAt(72, y, linesOf(say(model, `stage.${stage}`), 18, 2), { class: "wb-corner-state" }));
    if (!isPart) return parts.push(textAt(333, y, [say(model, "corridor.no_stage")], { class: "wb-corner-kind" }));
    CORNERS.forEach((corner, index) => {
      const name = best(stage, corner);
      parts.push(svg("rect", { x: columns[index] - 40, y: y - 20, width: 80, height: 40, rx: 6, class: `wb-corner wb-corner-${name}` }),
        textAt(columns[index], y, [SIGNS[name], ...linesOf(say(model, `corridor.short.${name}`), 14, 1)], { class: "wb-corner-state" }));
    });
  });
  const told = square.stages.map((stage) => `${say(model, `stage.${stage}`)}: ${CORNERS.map((corner) => `${placeOf(model, corner)} ${say(model, `corner.state.${best(stage, corner)}`)}`).join(", ")}`).join(". ");
  const list = (key, names, none) => make("div", { class: "wb-fact" }, make("dt", {}, say(model, key)), make("dd", { dir: "auto" }, names.length > 0 ? names.join(" · ") : say(model, none)));
  const end = (name) => make("b", { dir: "auto" }, square.places[`${name}_local`] ?? say(model, "corner.state.missing"));
  return make("section", {}, make("h2", {}, say(model, "corridor.stages")), make("p", { class: "wb-soft" }, say(model, "corridor.stages_hint")),
    make("p", { class: "wb-ends" }, end("origin"), make("span", { "aria-hidden": "true" }, " → "), make("span", { class: "wb-hidden" }, say(model, "corridor.to")), end("destination")),
    make("dl", { class: "wb-facts" }, list("corridor.agreements", square.agreements, "corridor.no_agreements"), list("corridor.channels", square.channels.map((one) => say(model, `channel.${one}`)), "corridor.all_channels"),
      list("corridor.source", square.source ? [square.source, say(model, `entry.strength.${square.strength}`)] : [say(model, `entry.strength.${square.strength}`)], "corridor.source")),
    make("div", { class: "wb-beside wb-beside-table" }, figure(`${say(model, "corridor.stages")}. ${told}`, 520, head + square.all_stages.length * step, parts, "wb-square"),
      make("table", { class: "wb-table wb-stack" }, make("caption", {}, say(model, "corridor.stages_table")),
        make("thead", {}, make("tr", {}, make("th", { scope: "col" }, say(model, "corridor.stage")), CORNERS.map((corner) => make("th", { scope: "col" }, make("span", { dir: "auto" }, placeOf(model, corner)))))),
        make("tbody", {}, square.stages.map((stage) => make("tr", {}, make("th", { scope: "row" }, say(model, `stage.${stage}`)),
          CORNERS.map((corner) => { const name = best(stage, corner); return make("td", { "data-label": placeOf(model, corner) }, state(model, name, `corner.state.${name}`), sectors(stage, corner).length > 0 ? `: ${sectors(stage, corner).join(", ")}` : ""); })))))));
}
