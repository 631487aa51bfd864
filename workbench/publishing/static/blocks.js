// What goes beyond the score: the blocks of the report, built here as elements; texts are set as text.

/** An element of a drawing with all it holds. */
function shapeOf([name, attributes, children]) {
  return draw(name, Object.fromEntries(attributes), children.map((child) => (typeof child === "string" ? child : shapeOf(child))));
}

function sheetOf(block) {
  return sheet(block.caption, block.head, block.rows);
}

const BLOCKS = {
  heading: (block) => make(`h${block.level}`, { dir: "auto" }, block.text),
  text: (block) => make("p", { class: block.tone === "plain" ? null : block.tone, dir: "auto" }, block.text),
  points: (block) => make("ul", {}, block.items.map((text) => make("li", { dir: "auto" }, text))),
  sheet: sheetOf,
  picture: (block) => make("figure", { class: "wide" },
    make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": block.sheet.caption }, shapeOf(block.shape)),
    make("details", {}, make("summary", {}, say("reports.table_of")), sheetOf(block.sheet))),
  quote: (block) => make("blockquote", { dir: "auto", lang: block.language || null }, block.text, make("footer", {}, block.source)),
};

/** Dialogue, corridors, practices and the system of a territory. */
function beyond(one) {
  const blocks = one.beyond[here.language];
  const parts = [];
  for (const block of blocks) {
    if (block.block === "heading" && block.level === 2) parts.push(make("section", { class: "card" }));
    parts.at(-1).append(BLOCKS[block.block](block));
  }
  return [make("h2", {}, `${one.name}: ${say("site.beyond")}`), ...parts];
}
