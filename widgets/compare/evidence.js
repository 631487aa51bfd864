/** Where quoted words stand in a text, counted in whole signs: [start, end] or null. Line ends count as blanks. */
function quoteSpan(text, quote) {
  const words = (quote ?? "").trim().split(/\s+/).filter(Boolean).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  if (words.length === 0) return null;
  const found = new RegExp(words.join("\\s+"), "u").exec(text);
  if (!found) return null;
  const start = Array.from(text.slice(0, found.index)).length;
  return [start, start + Array.from(found[0]).length];
}

/** Text with shared terms marked, and the quoted words, wherever they stand in it, underlined as evidence. */
function quoted(text, spans, quote) {
  const span = quoteSpan(text, quote);
  if (!span) return marked(text, spans);
  const signs = Array.from(text);
  const cut = (from, to) => signs.slice(from, to).join("");
  const inside = (from, to) => (spans ?? []).map(([a, b]) => [Math.max(a, from) - from, Math.min(b, to) - from]).filter(([a, b]) => a < b);
  const part = (from, to) => marked(cut(from, to), inside(from, to));
  return [...part(0, span[0]), make("mark", { class: "wb-evidence" }, part(...span)), ...part(span[1], signs.length)];
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
