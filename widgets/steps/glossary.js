
/** The words of the method in a dialog of the browser's own: it takes the focus, Escape closes it and gives it back. */
function glossary(model, host) {
  const box = make("dialog", { class: "wb wb-dialog wb-glossary", id: "wb-glossary", "aria-labelledby": "wb-glossary-title" });
  host.append(box);
  // What opened it may have been drawn again meanwhile, so the browser cannot give the focus back itself.
  box.addEventListener("close", () => document.getElementById(opener)?.focus({ preventScroll: true }));
  let asked = "", opener = "";

  function terms() {
    const listed = Object.keys(model.get("labels")).filter((key) => /^glossary\.\w+\.name$/.test(key)).map((key) => key.split(".")[1]);
    const name = (term) => say(model, `glossary.${term}.name`);
    return listed.sort((a, b) => name(a).localeCompare(name(b), model.get("language")));
  }

  function entries(listed) {
    return make("dl", {}, listed.flatMap((term) => [
      make("dt", { id: `wb-term-${term}`, tabindex: "-1" }, say(model, `glossary.${term}.name`)), make("dd", {}, say(model, `glossary.${term}.text`))]));
  }

  function drawList(list) {
    const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    const fits = terms().filter((term) => plain(`${say(model, `glossary.${term}.name`)} ${say(model, `glossary.${term}.text`)}`).includes(plain(asked.trim())));
    const here = asked ? [] : fits.filter((term) => model.get("terms").includes(term));
    const others = fits.filter((term) => !here.includes(term));
    fill(list, here.length > 0 ? [make("h3", {}, say(model, "flow.glossary_here")), entries(here), make("h3", {}, say(model, "flow.glossary_others"))] : null,
      fits.length > 0 ? entries(others) : make("p", { class: "wb-empty" }, say(model, "flow.glossary_none")));
  }

  function draw() {
    const list = make("div", { class: "wb-glossary-list", "aria-live": "polite", tabindex: "0", role: "group", "aria-labelledby": "wb-glossary-title" });
    fill(box,
      make("div", { class: "wb-dialog-head" }, make("h2", { id: "wb-glossary-title" }, say(model, "flow.glossary")),
        make("button", { type: "button", class: "wb-button", id: "wb-glossary-close", onclick: () => box.close() }, say(model, "steps.close"))),
      make("p", { class: "wb-soft" }, say(model, "flow.glossary_lead")),
      make("label", { class: "wb-field" }, make("span", { class: "wb-label" }, say(model, "flow.glossary_find")),
        make("input", { role: "searchbox", class: "wb-input", id: "wb-glossary-find", value: asked, oninput: (event) => { asked = event.target.value; drawList(list); } })),
      list);
    drawList(list);
  }

  return {
    /** Open it, at one word's entry where a word in a text was chosen. */
    open(term = "") {
      opener = term ? `wb-term-link-${term}` : "wb-glossary-open";
      asked = "";
      draw();
      box.showModal();
      const entry = term ? box.querySelector(`#wb-term-${term}`) : null;
      (entry ?? box.querySelector("#wb-glossary-find")).focus();
      entry?.scrollIntoView({ block: "center" });
    },
    renew() { if (box.open) draw(); },
  };
}
