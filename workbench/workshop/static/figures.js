// The figures of a room: how the answers are distributed, and how agreement rises over the rounds.

const percent = (share) => `${number(model, 100 * share, 0)} %`;

/** A bar as long as a share, with its figure in words beside it. */
function bar(share, n, is_panel) {
  const drawn = make("span", { class: is_panel ? "wb-room-bar wb-room-bar-panel" : "wb-room-bar", "aria-hidden": "true" });
  drawn.style.width = `${Math.max(1, 100 * share)}%`;
  return make("div", { class: "wb-room-track" }, drawn, make("span", { class: "wb-room-share" }, `${percent(share)} · ${n}`));
}

/**
 * The answers to one field: a row an answer, a bar a round. `panel` is the panel's answer, undefined where it is not shown;
 * it is marked by a sign and a word. Each code of a set counts.
 */
function distribution(item, field, rows, turns, panel) {
  const mine = rows.filter((row) => row.item === item.id && row.field === field.id);
  const chosen = new Set((panel === undefined ? [] : [panel].flat()).map(String));
  const given = new Set([...mine.map((row) => row.value), ...chosen]);
  const options = (field.options ?? []).filter((option) => given.has(String(option.value)));
  if (!mine.length) return make("p", { class: "wb-soft" }, `${field.label}: ${tell("workshop.no_answers")}`);
  const shown = turns.filter((turn) => mine.some((row) => row.round === turn));
  return make("table", { class: "wb-table wb-room-distribution" }, make("caption", {}, field.label),
    make("thead", {}, make("tr", {}, make("th", { scope: "col" }, tell("workshop.answer")), shown.map((turn) => make("th", { scope: "col" }, tell(`workshop.round.${turn}`))))),
    make("tbody", {}, options.map(({ value, label }) => {
      const is_panel = chosen.has(String(value));
      return make("tr", {},
        make("th", { scope: "row", dir: "auto" }, label, is_panel && [" ", make("span", { class: "wb-chip wb-chip-good" }, `★ ${tell("workshop.panel")}`)]),
        shown.map((turn) => {
          const row = mine.find((one) => one.round === turn && one.value === String(value));
          return make("td", { "data-label": tell(`workshop.round.${turn}`) }, bar(row?.share ?? 0, row?.n ?? 0, is_panel));
        }));
    })));
}

/** Agreement among people and with the panel over the rounds: a picture with its table. */
function agreement(rows, with_panel) {
  const shown = TURNS.map((turn) => rows.find((row) => row.round === turn)).filter(Boolean);
  if (!shown.length) return make("p", { class: "wb-soft" }, tell("workshop.no_answers"));
  const series = [["alpha", "low", "high", "among"], ...(with_panel ? [["panel_alpha", "panel_low", "panel_high", "with_panel"]] : [])];
  const cell = (row, [value, low, high]) => row[value] === null || row[value] === undefined ? "–"
    : tell("workshop.alpha", { alpha: number(model, row[value], 2), low: number(model, row[low], 2), high: number(model, row[high], 2) });
  return make("div", { class: "wb-room-agreement" }, picture(shown, series),
    make("table", { class: "wb-table" }, make("caption", {}, tell("workshop.agreement.caption")),
      make("thead", {}, make("tr", {}, make("th", { scope: "col" }, tell("workshop.round")), make("th", { scope: "col" }, tell("workshop.agreement.n")), series.map(([, , , name]) => make("th", { scope: "col" }, tell(`workshop.agreement.${name}`))))),
      make("tbody", {}, shown.map((row) => make("tr", {}, make("th", { scope: "row" }, tell(`workshop.round.${row.round}`)), make("td", {}, String(row.people)), series.map((one) => make("td", {}, cell(row, one))))))));
}

const WIDE = 520, HIGH = 250, LEFT = 44, RIGHT = 10, TOP = 12, BOTTOM = 34;

function picture(rows, series) {
  const least = Math.min(0, ...rows.flatMap((row) => series.map(([value, low]) => row[low] ?? row[value] ?? 0)));
  const bottom = Math.max(-1, Math.floor(least * 2) / 2);
  const y = (value) => TOP + (HIGH - TOP - BOTTOM) * (1 - (Math.max(bottom, Math.min(1, value)) - bottom) / (1 - bottom));
  const x = (place, shift) => LEFT + (WIDE - LEFT - RIGHT) * ((place + 0.5) / rows.length) + shift;
  const steps = Array.from({ length: Math.round((1 - bottom) / 0.5) + 1 }, (_, step) => bottom + step / 2);
  const marks = series.map(([value, low, high, name], which) => {
    const shift = series.length === 1 ? 0 : which ? 14 : -14;
    const known = rows.map((row, place) => [row, x(place, shift)]).filter(([row]) => typeof row[value] === "number");
    return svg("g", { class: `wb-room-series wb-room-${name}` },
      svg("polyline", { points: known.map(([row, at]) => `${at},${y(row[value])}`).join(" "), fill: "none" }),
      known.map(([row, at]) => svg("g", {}, typeof row[low] === "number" ? svg("line", { x1: at, x2: at, y1: y(row[low]), y2: y(row[high]) }) : null,
        which ? svg("rect", { x: at - 6, y: y(row[value]) - 6, width: 12, height: 12 }) : svg("circle", { cx: at, cy: y(row[value]), r: 7 }))));
  });
  const legend = make("p", { class: "wb-small wb-room-legend", "aria-hidden": "true" }, series.map(([, , , name], which) => make("span", { class: `wb-room-key wb-room-${name}` }, `${which ? "■" : "●"} ${tell(`workshop.agreement.${name}`)}`)));
  return make("figure", {}, svg("svg", { viewBox: `0 0 ${WIDE} ${HIGH}`, role: "img", "aria-label": tell("workshop.agreement.picture") },
    steps.map((step) => svg("g", { class: "wb-room-grid" }, svg("line", { x1: LEFT, x2: WIDE - RIGHT, y1: y(step), y2: y(step) }), svg("text", { x: LEFT - 8, y: y(step) + 5, "text-anchor": "end" }, number(model, step, 1)))),
    rows.map((row, place) => svg("text", { x: x(place, 0), y: HIGH - 10, "text-anchor": "middle" }, tell(`workshop.round.${row.round}`))), marks), legend);
}

/** The panel's answer to a field, as feedback says it. */
const panelValue = (panel, field) => panel?.fields?.[field.id]?.panel;
