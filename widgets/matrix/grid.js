const ROW = 44, CELL = 60, TOP = 52; // pixels: height of a row, width of a column, height of the head

/** The sign of a cell, short enough to stand in it: relation, uptake (! where in conflict), or how alike in percent. */
function signOf(model, cell) {
  if (!cell) return "";
  if (cell.state === "judged") return cell.relation === null ? "?" : cell.relation > 0 ? `+${cell.relation}` : String(cell.relation).replace("-", "−");
  if (cell.state === "carried") return `${cell.uptake ?? "?"}/3${cell.conflict > 0 ? "!" : ""}`;
  return cell.score === null ? "·" : `~${number(model, cell.score * 100, 0)}`;
}

/** What a cell says, in words. */
function wordsOf(model, cell) {
  if (!cell) return say(model, "matrix.nothing");
  const unknown = say(model, "matrix.missing");
  if (cell.state === "judged") return say(model, "matrix.says.judged", { what: cell.relation === null ? unknown : `${signOf(model, cell)}, ${say(model, `relation.strength.${cell.relation}`)}`, count: cell.raters });
  if (cell.state === "carried") return say(model, "matrix.says.carried", { uptake: cell.uptake === null ? unknown : say(model, `uptake.${cell.uptake}`), conflict: cell.conflict === null ? unknown : say(model, `conflict.${cell.conflict}`), count: cell.raters });
  return say(model, "matrix.says.suggested", { score: cell.score === null ? unknown : `${number(model, cell.score * 100, 0)}\u00a0%` });
}

function isConflict(cell) {
  return Boolean(cell) && (cell.relation < 0 || cell.conflict > 0);
}

/**
 * A grid of any size of which only the cells near those in sight are in the page. `rows()` and `columns()` are what is
 * shown, `at(row, column)` a cell; `point` is told where the keyboard or the pointer is, `choose` what was chosen.
 */
function gridOf(model, { rows, columns, at, point, choose }) {
  const head = make("div", { class: "wb-lattice-row wb-lattice-head", role: "row", "aria-rowindex": 1 });
  const body = make("div", { class: "wb-lattice-body", role: "rowgroup" });
  const top = make("div", { class: "wb-lattice-top", role: "rowgroup" }, head);
  const scroller = make("div", { class: "wb-lattice", id: "wb-lattice", role: "grid", tabindex: "0" }, top, body);
  let here = { row: 0, column: 0 };
  let drawn = "";
  const side = () => (scroller.clientWidth > 600 ? 280 : 132);

  function cellOf(row, column) {
    const cell = at(row, column);
    const value = model.get("value");
    const isChosen = value.national === rows()[row].id && value.local === columns()[column].id;
    const isHere = row === here.row && column === here.column;
    return make("div", { role: "gridcell", id: `wb-cell-${row}-${column}`, class: `wb-cell ${cell ? `wb-${cell.state}` : "wb-unknown"}${isConflict(cell) ? " wb-against" : ""}${isHere ? " wb-here" : ""}`,
      style: `left:${side() + column * CELL}px`, "aria-colindex": column + 2, "aria-selected": String(isChosen), "aria-label": wordsOf(model, cell), "data-row": row, "data-column": column }, signOf(model, cell));
  }

  function draw(again = false) {
    const wide = side();
    const down = Math.max(0, Math.floor(scroller.scrollTop / ROW) - 2), across = Math.max(0, Math.floor(scroller.scrollLeft / CELL) - 2);
    const last = Math.min(rows().length, down + Math.ceil((scroller.clientHeight || 520) / ROW) + 4), right = Math.min(columns().length, across + Math.ceil((scroller.clientWidth || 900) / CELL) + 4);
    const seen = `${down}-${last}-${across}-${right}-${wide}`;
    if (!again && seen === drawn) return;
    drawn = seen;
    const total = wide + columns().length * CELL;
    scroller.style.setProperty("--wb-side", `${wide}px`);
    scroller.setAttribute("aria-rowcount", rows().length + 1);
    scroller.setAttribute("aria-colcount", columns().length + 1);
    top.style.width = body.style.width = `${total}px`;
    body.style.height = `${rows().length * ROW}px`;
    const shown = [...columns().keys()].slice(across, right);
    head.replaceChildren(make("div", { role: "columnheader", class: "wb-lattice-corner", "aria-colindex": 1 }, say(model, "matrix.corner")),
      ...shown.map((column) => make("div", { role: "columnheader", class: "wb-lattice-column", style: `left:${wide + column * CELL}px`, "aria-colindex": column + 2, title: columns()[column].name }, make("bdi", {}, columns()[column].number))));
    body.replaceChildren(...[...rows().keys()].slice(down, last).map((row) => make("div", { role: "row", class: "wb-lattice-row", "aria-rowindex": row + 2, style: `top:${row * ROW}px;width:${total}px` },
      make("div", { role: "rowheader", class: "wb-lattice-side", "aria-colindex": 1, title: rows()[row].name }, make("div", { class: "wb-lattice-name" }, make("bdi", {}, rows()[row].number), make("span", { lang: rows()[row].language, dir: "auto" }, ` ${rows()[row].name}`))),
      ...shown.map((column) => cellOf(row, column)))));
    mark();
  }

  /** The keyboard's cell is named to screen readers while it is in the page. */
  function mark() {
    const id = `wb-cell-${here.row}-${here.column}`;
    body.querySelector(".wb-here")?.classList.remove("wb-here");
    const cell = body.querySelector(`#${id}`);
    cell?.classList.add("wb-here");
    if (cell) scroller.setAttribute("aria-activedescendant", id);
    else scroller.removeAttribute("aria-activedescendant");
  }

  /** Go to a cell and bring it in sight. */
  function go(row, column) {
    if (rows().length === 0 || columns().length === 0) return;
    here = { row: Math.min(Math.max(row, 0), rows().length - 1), column: Math.min(Math.max(column, 0), columns().length - 1) };
    const y = here.row * ROW, x = here.column * CELL;
    const high = scroller.clientHeight - TOP, wide = scroller.clientWidth - side();
    if (y < scroller.scrollTop) scroller.scrollTop = y;
    else if (y + ROW > scroller.scrollTop + high) scroller.scrollTop = y + ROW - high;
    if (x < scroller.scrollLeft) scroller.scrollLeft = x;
    else if (x + CELL > scroller.scrollLeft + wide) scroller.scrollLeft = x + CELL - wide;
    draw();
    mark();
    point(here.row, here.column);
  }

  /** The cell an event is on: where cells were drawn anew while the mouse was pressed, the one that lies there now. */
  const placeOf = (event) => {
    const cell = event.target.closest?.(".wb-cell") ?? document.elementFromPoint(event.clientX, event.clientY)?.closest(".wb-cell");
    return cell ? [Number(cell.dataset.row), Number(cell.dataset.column)] : null;
  };
  scroller.addEventListener("scroll", () => draw(), { passive: true });
  // Only by key: a press of the mouse would have the cell it is on scrolled away before it is let go.
  scroller.addEventListener("focus", () => { if (scroller.matches(":focus-visible")) go(here.row, here.column); });
  scroller.addEventListener("mouseover", (event) => { const place = placeOf(event); if (place) point(...place); });
  scroller.addEventListener("mouseleave", () => point(here.row, here.column));
  scroller.addEventListener("click", (event) => { const place = placeOf(event); if (place) { go(...place); choose(...place); } });
  scroller.addEventListener("keydown", (event) => {
    const { row, column } = here;
    const page = Math.max(1, Math.floor((scroller.clientHeight - TOP) / ROW));
    const far = event.ctrlKey || event.metaKey;
    const to = { ArrowDown: [row + 1, column], ArrowUp: [row - 1, column], ArrowRight: [row, column + 1], ArrowLeft: [row, column - 1], PageDown: [row + page, column], PageUp: [row - page, column],
      Home: [far ? 0 : row, 0], End: [far ? rows().length - 1 : row, columns().length - 1] }[event.key];
    if (!to && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    event.stopPropagation();
    if (to) go(...to);
    else if (rows().length > 0 && columns().length > 0) choose(row, column);
  });
  new ResizeObserver(() => draw()).observe(scroller);
  return { host: scroller, draw, go, reset: () => { here = { row: 0, column: 0 }; scroller.scrollTop = scroller.scrollLeft = 0; draw(true); } };
}
