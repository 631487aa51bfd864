const OTHER = { national: "local", local: "national" };

/** The provisions of both sides. Their texts come from the server as rows come into sight; `changed` tells of new ones. */
function sidesOf(model, changed) {
  const sides = {};
  const texts = new Map();
  const wanted = new Set();
  const asked = new Set();
  let timer = 0;

  function load(side) {
    const sent = model.get(side);
    const place = Object.fromEntries((sent.columns ?? []).map((name, index) => [name, index]));
    const documents = sent.documents ?? [];
    const rows = (sent.rows ?? []).map((row, order) => ({
      side, order, id: row[place.id], number: row[place.number], heading: row[place.heading], language: row[place.language], page: row[place.page],
      part: sent.parts[row[place.part]], document: row[place.document], of: documents.length > 1 ? documents[row[place.document]]?.title : "",
      sectors: row[place.sectors], alone: Boolean(row[place.alone]),
    }));
    sides[side] = { title: sent.title ?? "", documents, rows, byId: new Map(rows.map((row) => [row.id, row])) };
    texts.clear();
    asked.clear();
  }

  function keep(found) {
    for (const [id, text] of Object.entries(found ?? {})) texts.set(id, text);
  }

  function ask() {
    const ids = [...wanted].slice(0, 80);
    for (const id of ids) { wanted.delete(id); asked.add(id); }
    if (wanted.size > 0) timer = setTimeout(ask, 0);
    else timer = 0;
    model.send({ kind: "texts", ids });
  }

  model.on("msg:custom", (message) => {
    if (message.kind !== "texts") return;
    keep(message.texts);
    changed();
  });
  return {
    load, keep,
    of: (side) => sides[side] ?? { title: "", documents: [], rows: [], byId: new Map() },
    find: (side, id) => sides[side]?.byId.get(id),
    /** The text of a provision, or null while it is on its way. */
    text: (id) => {
      if (texts.has(id)) return texts.get(id);
      if (!asked.has(id)) { wanted.add(id); timer ||= setTimeout(ask, 0); }
      return null;
    },
  };
}
