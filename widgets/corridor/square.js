const CORNERS = ["origin_local", "origin_national", "destination_local", "destination_national"];
const SIDES = ["origin", "destination", "local", "national"];
const ENDS = { origin: ["origin_local", "origin_national"], destination: ["destination_local", "destination_national"], local: ["origin_local", "destination_local"], national: ["origin_national", "destination_national"] };

/** The name of a corner's territory, or that of the corner where the project has none. */
const placeOf = (model, corner) => model.get("square").places[corner] ?? say(model, `corner.${corner}`);

const cellName = (model, cell) => `${say(model, `sector.${cell.sector}`)} · ${say(model, `stage.${cell.stage}`)}`;

/** The end and level of a corner in two short words. */
function cornerKind(model, corner) {
  const [end, level] = corner.split("_");
  return `${say(model, `corridor.${end}`)} (${say(model, `corridor.${level}`)})`;
}

/** What a side says of a cell, in words. */
function sideWords(model, side) {
  const names = { covering: side.covering ? placeOf(model, side.covering) : "", lacking: side.lacking ? placeOf(model, side.lacking) : "" };
  return say(model, `square.state.${side.state}`, names);
}

/** How often each state occurs among the cells, as [state, count], in the order of the states. */
function counted(cells, stateIn, order) {
  return order.map((name) => [name, cells.filter((cell) => stateIn(cell) === name).length]).filter(([, count]) => count > 0);
}

/** The picture: four corners and four sides, of one cell or of all together. */
function squarePicture(model, cell) {
  const cells = cell ? [cell] : model.get("square").cells;
  const at = { origin_national: [95, 62], destination_national: [425, 62], origin_local: [95, 298], destination_local: [425, 298] };
  const middle = { origin: [95, 180], destination: [425, 180], local: [260, 298], national: [260, 62] };
  const told = [];
  const parts = [];
  for (const side of SIDES) {
    const [from, to] = ENDS[side].map((corner) => at[corner]);
    const found = counted(cells, (one) => one.sides[side].state, ["both", "one", "none", "unknown"]);
    const main = found.length === 1 ? found[0][0] : "one"; // cells of several kinds: covered in part
    const words = cell ? linesOf(`${SIGNS[main]} ${sideWords(model, cell.sides[side])}`, 18, 4)
      : found.map(([name, count]) => `${SIGNS[name]} ${count} × ${say(model, `corridor.side.${name}`)}`);
    told.push(`${say(model, `square.side.${side}`)}: ${cell ? sideWords(model, cell.sides[side]) : found.map(([name, count]) => `${say(model, `corridor.side.${name}`)} ${count}`).join(", ")}`);
    parts.push(svg("line", { x1: from[0], y1: from[1], x2: to[0], y2: to[1], class: `wb-side wb-side-${main}` }));
    const [x, y] = middle[side];
    const half = words.length * 8 + 6;
    const isAcross = side === "local" || side === "national"; // there the words stand above the line
    if (!isAcross) parts.push(svg("rect", { x: x - 82, y: y - half, width: 164, height: half * 2, class: "wb-side-back" }));
    parts.push(textAt(x, isAcross ? y - half - 2 : y, words, { class: "wb-side-words" }, 16));
  }
  for (const corner of CORNERS) {
    const [x, y] = at[corner];
    const found = counted(cells, (one) => one.states[corner], ["covered", "named", "not_covered", "no_text", "missing"]);
    const main = found[0][0];
    const words = cell || ["missing", "no_text"].includes(main) ? linesOf(`${SIGNS[main]} ${say(model, `corner.state.${main}`)}`, 22, 2)
      : [`${SIGNS.covered} ${say(model, "corridor.cells", { count: found.find(([name]) => name === "covered")?.[1] ?? 0, all: cells.length })}`];
    told.push(`${say(model, `corner.${corner}`)}: ${model.get("square").places[corner] ?? ""} ${words.join(" ")}`);
    parts.push(svg("rect", { x: x - 90, y: y - 52, width: 180, height: 104, rx: 8, class: `wb-corner wb-corner-${main}` }),
      textAt(x, y - 32, linesOf(cornerKind(model, corner), 24, 1), { class: "wb-corner-kind" }),
      textAt(x, y - 6, linesOf(model.get("square").places[corner] ?? "–", 18, 2), { class: "wb-corner-name" }, 17),
      textAt(x, y + 30, words, { class: "wb-corner-state" }));
  }
  return figure(`${say(model, "corridor.square_of", { name: cell ? cellName(model, cell) : say(model, "corridor.all_cells") })} ${told.join(". ")}`, 520, 360, parts, "wb-square");
}

/** Many rows move in a frame of their own. */
function framed(label, table, count) {
  return count > 12 ? make("div", { class: "wb-scroll wb-tall", tabindex: "0", role: "region", "aria-label": label }, table) : table;
}

/** The table of all cells: what each corner has; a cell's name opens it. */
function squareTable(model, choose) {
  const square = model.get("square");
  const head = [make("th", { scope: "col" }, say(model, "corridor.cell")), ...CORNERS.map((corner) => make("th", { scope: "col" }, make("span", { dir: "auto" }, placeOf(model, corner)), make("br"), make("span", { class: "wb-soft" }, say(model, `corner.${corner}`))))];
  return framed(say(model, "corridor.corners"), make("table", { class: "wb-table wb-stack" }, make("caption", {}, say(model, "corridor.corners")), make("thead", {}, make("tr", {}, head)),
    make("tbody", {}, square.cells.map((cell, index) => make("tr", {},
      make("th", { scope: "row" }, make("button", { type: "button", class: "wb-link", id: `wb-cell-${index}`, onclick: () => choose(index) }, cellName(model, cell))),
      CORNERS.map((corner) => make("td", { "data-label": placeOf(model, corner) }, state(model, cell.states[corner], `corner.state.${cell.states[corner]}`),
        cell.evidence[corner] ? make("span", { class: "wb-soft" }, ` (${cell.evidence[corner].length})`) : null)))))), square.cells.length);
}

/** What one corner covers and the other lacks, side by side. */
function sidesTable(model) {
  const square = model.get("square");
  return framed(say(model, "corridor.sides"), make("table", { class: "wb-table wb-stack" }, make("caption", {}, say(model, "corridor.sides")),
    make("thead", {}, make("tr", {}, make("th", { scope: "col" }, say(model, "corridor.cell")), SIDES.map((side) => make("th", { scope: "col" }, say(model, `square.side.${side}`))))),
    make("tbody", {}, square.cells.map((cell) => make("tr", {}, make("th", { scope: "row" }, cellName(model, cell)),
      SIDES.map((side) => make("td", { "data-label": say(model, `square.side.${side}`) }, make("span", { class: `wb-sign wb-sign-${cell.sides[side].state}`, "aria-hidden": "true" }, SIGNS[cell.sides[side].state]), " ", sideWords(model, cell.sides[side]))))))), square.cells.length);
}

/** The provisions behind the corners of one cell. */
function evidenceOf(model, cell) {
  const listed = (corner) => {
    const found = cell.evidence[corner] ?? [];
    return make("div", { class: "wb-card" }, make("h4", {}, make("span", { dir: "auto" }, placeOf(model, corner)), make("span", { class: "wb-soft wb-small" }, ` ${say(model, `corner.${corner}`)}`)),
      make("p", {}, state(model, cell.states[corner], `corner.state.${cell.states[corner]}`)),
      found.length === 0 ? null : make("ul", { class: "wb-behind" }, found.map((one) => make("li", {},
        make("blockquote", { lang: one.language || null, dir: "auto" }, one.quote),
        make("p", { class: "wb-small" }, readLink(model, one), make("span", { class: "wb-soft", dir: "auto" }, ` ${[one.document, one.page ? say(model, "compare.page", { page: one.page }) : ""].filter(Boolean).join(" · ")}`),
          one.is_agreed ? make("span", { class: "wb-chip" }, say(model, "corridor.agreed")) : null)))));
  };
  return make("section", { "aria-live": "polite" }, make("h3", { id: "wb-corridor-evidence", tabindex: "-1" }, say(model, "corridor.evidence", { name: cellName(model, cell) })),
    make("p", { class: "wb-soft wb-small" }, say(model, "corridor.by_words")), make("div", { class: "wb-grid" }, CORNERS.map(listed)));
}
