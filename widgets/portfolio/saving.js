/** Save rows as a file; cells that a spreadsheet would run are made words. */
function saveCsv(name, head, rows) {
  const plain = (value) => { const text = String(value ?? ""); const safe = /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text; return `"${safe.replaceAll('"', '""')}"`; };
  const lines = rows.map((row) => row.map(plain).join(","));
  const link = make("a", { href: URL.createObjectURL(new Blob([`\ufeff${head.join(",")}\r\n${lines.join("\r\n")}\r\n`], { type: "text/csv" })), download: name });
  link.click();
  URL.revokeObjectURL(link.href);
}

/** A button that saves a list; `rows` is asked when it is pressed. */
function saveButton(model, id, name, head, rows) {
  return make("p", {}, make("button", { type: "button", class: "wb-button wb-noprint", id, onclick: () => saveCsv(name, head, rows()) }, say(model, "portfolio.csv")));
}
