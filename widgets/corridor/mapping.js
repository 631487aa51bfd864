/** An element of a drawing that was made elsewhere, with all it holds; texts are set as text. */
function shapeOf([name, attributes, children]) {
  return svg(name, Object.fromEntries(attributes), children.map((child) => (typeof child === "string" ? child : shapeOf(child))));
}

/** Where the corridor lies and what moves along it, with the table that says the same. */
function mapOf(model) {
  const { shape, alt, caption, head, rows, is_scheme: isScheme } = model.get("square").map;
  const drawing = make("div", { class: "wb-scroll wb-figure wb-map", tabindex: "0", role: "region", "aria-label": caption }, shapeOf(shape));
  return make("section", {}, make("h2", {}, say(model, "corridor.map")), make("p", { class: "wb-soft" }, say(model, isScheme ? "corridor.map_scheme" : "corridor.map_hint")),
    make("div", { class: "wb-beside wb-beside-map" }, drawing,
      make("table", { class: "wb-table wb-stack" }, make("caption", {}, caption), make("thead", {}, make("tr", {}, head.map((text) => make("th", { scope: "col" }, text)))),
        make("tbody", {}, rows.map((cells) => make("tr", {}, cells.map((text, place) => (place ? make("td", { dir: "auto" }, text) : make("th", { scope: "row" }, text)))))))));
}
