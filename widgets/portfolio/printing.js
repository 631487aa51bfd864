const MOST_PRINTED = 5000; // rows: about a hundred pages; the spreadsheet holds all

/**
 * What a list of which only the rows in sight are in the page is on paper: `write` makes it whole as printing begins,
 * and it goes again after. Returns what ends the watch.
 */
function onPaper(host, write) {
  const paper = matchMedia("print");
  const begin = () => { if (host.childElementCount === 0) fill(host, write()); };
  const end = () => fill(host);
  const turn = () => (paper.matches ? begin() : end());
  addEventListener("beforeprint", begin);
  addEventListener("afterprint", end);
  paper.addEventListener("change", turn); // a browser that tells of no printing, and the preview of developers
  return () => {
    removeEventListener("beforeprint", begin);
    removeEventListener("afterprint", end);
    paper.removeEventListener("change", turn);
  };
}

/** The ranking as a plain table: all that is searched for, in the order that is seen. */
function printedRanks(model, { words, order, places, rankText, told }) {
  const head = ["rank", "territory", "in_region", "estimate", "read"].map((name) => make("th", { scope: "col" }, say(model, `portfolio.${name}`)));
  const cell = (text) => make("td", {}, text);
  const rows = order.slice(0, MOST_PRINTED);
  return [
    words ? make("p", {}, say(model, "portfolio.searched", { words })) : null,
    rows.length < order.length ? make("p", {}, say(model, "portfolio.first_printed", { count: rows.length, all: order.length })) : null,
    make("table", { class: "wb-table" }, make("caption", {}, say(model, "portfolio.ranking")), make("thead", {}, make("tr", {}, head)), make("tbody", {}, rows.map((row) => {
      const place = places()[row];
      return make("tr", {}, cell(rankText(row)), make("th", { scope: "row" }, place.name), cell(place.region ?? ""), cell(told(row)), cell(place.provisions.toLocaleString(say(model, "language.code"))));
    }))),
  ];
}
