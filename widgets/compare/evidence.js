/** Where quoted words stand in a text, counted in whole signs: [start, end] or null. Line ends count as blanks. */
function quoteSpan(text, quote) {
  const words = (quote ?? "").trim().split(/\s+/).filter(Boolean).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  if (words.length === 0) return null;
  const found = new RegExp(words.join("\\s+"), "u").exec(text);
  if (!found) return null;
  const start = Array.from(text.slice(0, found.index)).length;
  return [start, start + Array.from(found[0]).length];
}

/** A sign in plain small letters, as the search reads it. */
const plainSign = (sign) => sign.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").replaceAll("ß", "ss");

/** The words of a search in plain small letters. */
const searchedWords = (query) => plainSign(query).split(/\s+/).filter(Boolean);

/** Where words stand in a text, counted in whole signs. With a number among them they may be a citation: then all or none. */
function wordSpans(text, words) {
  if (words.length === 0) return [];
  let plain = "";
  const places = []; // of each plain letter, the sign it comes from
  Array.from(text).forEach((sign, place) => {
    const letters = plainSign(sign);
    plain += letters;
    for (let at = 0; at < letters.length; at++) places.push(place);
  });
  if (words.some((word) => /\d/.test(word)) && !words.every((word) => plain.includes(word))) return [];
  const spans = [];
  for (const word of words) for (let at = plain.indexOf(word); at >= 0; at = plain.indexOf(word, at + word.length)) spans.push([places[at], places[at + word.length - 1] + 1]);
  return spans.sort((a, b) => a[0] - b[0]);
}

/**
 * Text with marks one inside the other: the quoted words, wherever they stand in it, underlined as evidence, in them
 * shared terms, in these the words searched for.
 */
function quoted(text, spans, quote, words = []) {
  const layers = [[[quoteSpan(text, quote)].filter(Boolean), "wb-evidence"], [spans ?? [], "wb-mark"], [wordSpans(text, words), "wb-hit"]];
  const signs = Array.from(text);
  function pieces(from, to, [[places, kind], ...inner]) {
    const within = places.map(([a, b]) => [Math.max(a, from) - from, Math.min(b, to) - from]).filter(([a, b]) => a < b);
    const part = (start, end) => (inner.length > 0 ? pieces(from + start, from + end, inner) : [signs.slice(from + start, from + end).join("")]);
    return layered(to - from, within, kind, part);
  }
  return pieces(0, signs.length, layers);
}

/** The words selected with the mouse in a text of this part, and whose text it is: {words, id} or null. */
function selectedWords(root) {
  const selection = document.getSelection();
  const words = (selection?.toString() ?? "").replace(/\s+/g, " ").trim();
  const at = selection?.anchorNode?.parentElement?.closest("[data-provision]");
  return words && at && root.contains(at) && at.contains(selection.focusNode) ? { words: words.slice(0, 2000), id: at.dataset.provision } : null;
}

/** The sentences of a text, for choosing one by key. */
const sentencesOf = (text) => (text.match(/[^\n]+?(?:[.;!?…](?=\s|$)|(?=\n)|$)/g) ?? []).map((one) => one.trim()).filter((one) => one.length > 2);

/**
 * Field for the words that decide, with a button that takes what is selected in a text.
 * `change` gets the words and, where they were selected, whose text they are.
 */
function evidenceOf(model, { root, value, change, id, typed }) {
  const field = make("input", { class: "wb-input", id, maxlength: 2000, value, oninput: (event) => { const words = event.target.value; typed(id, () => change(words, null)); } });
  const take = make("button", { type: "button", class: "wb-button", id: `${id}-take`,
    // The selection would be gone once the button has the focus.
    onmousedown: (event) => event.preventDefault(),
    onclick: () => {
      const chosen = selectedWords(root);
      if (!chosen) return fill(hint, say(model, "compare.evidence_how"));
      change(chosen.words, chosen.id);
    } }, say(model, "compare.evidence_take"));
  const hint = make("span", { class: "wb-small wb-soft", role: "status" });
  return make("div", { class: "wb-quote" }, make("label", { class: "wb-field wb-reason" }, make("span", { class: "wb-label" }, say(model, "compare.evidence")), field), take, hint);
}
