const LINK_AFTER_MS = 300; // after the page was last drawn, so that a click is answered first
// Explanations of ours: never texts of documents, what is read out as it changes, lists that scroll, or other controls.
const EXPLAINED = ["p.wb-soft", "p.wb-lead", "p.wb-notice", ".wb-notice>p", "section>p"].map((one) => [".wb", one].join(" ")).join();
const NOT_IN = ["[dir=auto]", "[data-provision]", "[role=status]", "[aria-live]", ".wb-list", ".wb-match", ".wb-tour", "table", "dialog", "header", "label", "summary", "button", "form"].join();

/**
 * The first time a word of the glossary stands in the explanations of a page, it opens its entry: one quiet link a word.
 * Parts that are drawn again lose their links; they are made anew once the page is still.
 */
function linkTerms(model, open) {
  let timer = 0, watch = null, lost = "";
  function forms() {
    const found = Object.entries(model.get("labels")).filter(([key]) => /^glossary\.\w+\.forms$/.test(key));
    return found.map(([key, text]) => [key.split(".")[1], new RegExp(`(?<![\\p{L}\\p{N}])(?:${text.replace(/[.*+?^${}()[\]\\]/g, "\\$&")})(?![\\p{L}\\p{N}])`, "iu")]);
  }
  const linkOf = (term, word) => make("a", { href: `#wb-term-${term}`, class: "wb-term", id: `wb-term-link-${term}`, "aria-haspopup": "dialog", onclick: (event) => { event.preventDefault(); open(term); } }, word);

  /** Link the first of the words in an explanation, in its own text and not in what stands inside it. */
  function link(paragraph, term, pattern) {
    for (const node of paragraph.childNodes) {
      const found = node.nodeType === Node.TEXT_NODE ? pattern.exec(node.data) : null;
      if (!found) continue;
      const word = node.splitText(found.index);
      word.splitText(found[0].length);
      word.replaceWith(linkOf(term, found[0]));
      return true;
    }
    return false;
  }
  function draw() {
    watch.disconnect();
    const paragraphs = [...document.querySelectorAll(EXPLAINED)].filter((one) => !one.closest(NOT_IN) && one.checkVisibility());
    for (const [term, pattern] of forms()) {
      if (!document.getElementById(`wb-term-link-${term}`)) paragraphs.some((one) => link(one, term, pattern));
    }
    if (lost && document.activeElement === document.body) document.getElementById(lost)?.focus({ preventScroll: true });
    observe();
  }
  /** The keyboard's place goes with a link that is made anew. */
  document.addEventListener("focusin", (event) => { lost = event.target.classList?.contains("wb-term") ? event.target.id : ""; });
  function observe() {
    watch ??= new MutationObserver(() => { clearTimeout(timer); timer = setTimeout(draw, LINK_AFTER_MS); });
    watch.observe(document.body, { childList: true, subtree: true });
  }
  if (document.body.dataset.voila) observe();
}
