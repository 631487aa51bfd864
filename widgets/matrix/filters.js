/** What is shown of rows, columns and cells, by what the reader asks for. */
function choiceOf(model) {
  const asked = { sector: "", show: "all" };
  let cells = new Map(), rows = [], columns = [], listed = [];
  const key = (national, local) => `${national}|${local}`;
  const fits = (cell) => asked.show === "all" || (asked.show === "judged" ? cell.state !== "suggested" : isConflict(cell));

  function renew() {
    const national = model.get("national"), local = model.get("local");
    cells = new Map();
    listed = [];
    const inRows = new Set(), inColumns = new Set();
    for (const [row, column, state, relation, uptake, conflict, raters, score] of model.get("cells")) {
      const cell = { state, relation, uptake, conflict, raters, score };
      if ((asked.sector && !national[row].sectors.includes(asked.sector)) || !fits(cell)) continue;
      cells.set(key(national[row].id, local[column].id), cell);
      listed.push([row, column, cell]);
      inRows.add(row);
      inColumns.add(column);
    }
    const isAll = asked.show === "all";
    rows = national.filter((one, place) => (!asked.sector || one.sectors.includes(asked.sector)) && (isAll || inRows.has(place)));
    columns = local.filter((_, place) => (isAll && !asked.sector) || inColumns.has(place));
  }
  /** The cells shown, row by row. */
  const every = () => listed.sort((a, b) => a[0] - b[0] || a[1] - b[1]).map(([row, column, cell]) => ({ national: model.get("national")[row], local: model.get("local")[column], ...cell }));
  return { asked, renew, every, rows: () => rows, columns: () => columns, at: (row, column) => cells.get(key(rows[row].id, columns[column].id)) };
}

/** A field of a CSV file; a text that a spreadsheet would run as a formula is made one that it shows. */
function csvField(value) {
  const text = String(value ?? "");
  const safe = /^[=+\-@\t\r']/.test(text) && !/^[+-]?\d$/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

/** What is shown as a file, one line a pair of which something is known; made here, of what the page has already. */
function download(model, shown) {
  const head = ["national_id", "national", "local_id", "local", "state", "relation", "uptake", "conflict", "raters", "score"];
  const line = ({ national, local, ...cell }) => [national.id, `${national.number} ${national.name}`, local.id, `${local.number} ${local.name}`, ...head.slice(4).map((name) => cell[name])].map(csvField).join(",");
  const text = [head.join(","), ...shown.every().map(line), ""].join("\r\n");
  const link = make("a", { href: URL.createObjectURL(new Blob([`\ufeff${text}`], { type: "text/csv" })), download: "matrix.csv" });
  link.click();
  URL.revokeObjectURL(link.href);
}
