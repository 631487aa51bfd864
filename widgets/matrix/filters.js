/** What is shown of rows, columns and cells, by what the reader asks for. */
function choiceOf(model) {
  const asked = { sector: "", show: "all" };
  let cells = new Map(), rows = [], columns = [];
  const key = (national, local) => `${national}|${local}`;
  const fits = (cell) => asked.show === "all" || (asked.show === "judged" ? cell.state !== "suggested" : isConflict(cell));

  function renew() {
    const national = model.get("national"), local = model.get("local");
    cells = new Map();
    const inRows = new Set(), inColumns = new Set();
    for (const [row, column, state, relation, uptake, conflict, raters, score] of model.get("cells")) {
      const cell = { state, relation, uptake, conflict, raters, score };
      if ((asked.sector && !national[row].sectors.includes(asked.sector)) || !fits(cell)) continue;
      cells.set(key(national[row].id, local[column].id), cell);
      inRows.add(row);
      inColumns.add(column);
    }
    const isAll = asked.show === "all";
    rows = national.filter((one, place) => (!asked.sector || one.sectors.includes(asked.sector)) && (isAll || inRows.has(place)));
    columns = local.filter((_, place) => (isAll && !asked.sector) || inColumns.has(place));
  }
  return { asked, renew, rows: () => rows, columns: () => columns, at: (row, column) => cells.get(key(rows[row].id, columns[column].id)) };
}

/** What is shown as a file, one line a pair of which something is known; cells a spreadsheet would run are made words. */
function download(model, shown) {
  const plain = (value) => { const text = String(value ?? ""); const safe = /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text; return `"${safe.replaceAll('"', '""')}"`; };
  const head = ["national_id", "national", "local_id", "local", "state", "relation", "uptake", "conflict", "raters", "score"];
  const lines = shown.rows().flatMap((national, row) => shown.columns().flatMap((local, column) => {
    const cell = shown.at(row, column);
    return cell ? [[national.id, `${national.number} ${national.name}`, local.id, `${local.number} ${local.name}`, cell.state, cell.relation, cell.uptake, cell.conflict, cell.raters, cell.score].map(plain).join(",")] : [];
  }));
  const link = make("a", { href: URL.createObjectURL(new Blob([`\ufeff${head.join(",")}\r\n${lines.map((line) => `${line}\r\n`).join("")}`], { type: "text/csv" })), download: "matrix.csv" });
  link.click();
  URL.revokeObjectURL(link.href);
}
