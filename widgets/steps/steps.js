const MOVED_MS = 1200; // after the last move, before the place is sent

/** The header: name, steps, what is missing, choices, and the place where messages to the reader appear. */
function render({ model, el }) {
  const root = make("header", { class: "wb wb-steps" });
  const toast = make("div", { class: "wb-toast", role: "status", "aria-live": "polite" });
  el.append(root, toast);
  const words = glossary(model, el);
  const guide = tour(model, el);
  linkTerms(model, words.open);
  const wide = matchMedia("(min-width: 1001px)");
  let is_unfolded = false; // the menu of a narrow screen
  const page = () => model.get("page");
  const name = (one) => say(model, `steps.${one}`);

  function contrast(is_more) {
    document.documentElement.dataset.contrast = is_more ? "more" : "";
  }

  function drawStep(one, index) {
    const here = one === page();
    const found = model.get("todo").find((row) => row.page === one);
    const state = found?.is_done ? say(model, "flow.done") : found?.text ?? "";
    const mark = make("span", { class: found?.is_done ? "wb-steps-number wb-steps-done" : "wb-steps-number", "aria-hidden": "true" }, found?.is_done ? "✓" : String(index + 1));
    return make("li", {}, make("a", { id: `wb-to-${one}`, href: address(one), "aria-current": here ? "step" : null, title: state || null },
      mark, name(one), found?.is_done ? make("span", { class: "wb-hidden" }, ` (${state})`) : null));
  }

  function drawNav() {
    const steps = model.get("pages");
    const beside = model.get("beside");
    const others = beside.map((one) => make("a", { id: `wb-to-${one}`, href: address(one), "aria-current": one === page() ? "page" : null }, name(one)));
    return make("nav", { "aria-label": say(model, "steps.nav") }, make("ol", {}, steps.map(drawStep)),
      others.length > 0 ? make("p", { class: "wb-steps-beside" }, make("span", { class: "wb-soft" }, say(model, "flow.beside"), " "), others) : null);
  }

  /** On a narrow screen: where one is, as the button of a menu that holds the rest, and the ways back and on as arrows. */
  function drawFolded(inside) {
    const steps = model.get("pages");
    const at = steps.indexOf(page());
    const summary = at < 0 ? say(model, "flow.beside_path", { name: name(page()) }) : say(model, "flow.here", { number: at + 1, count: steps.length, name: name(page()) });
    const place = model.get("territories").find((one) => one.id === model.get("territory"));
    const arrow = (one, key, sign) => (one ? make("a", { class: "wb-button", id: `wb-way-${key}`, href: address(one), "aria-label": say(model, `flow.${key}`, { name: name(one) }), title: name(one) }, sign) : null);
    return make("div", { class: "wb-steps-bar wb-steps-folded" },
      make("details", { class: "wb-steps-menu", open: is_unfolded, ontoggle: (event) => { is_unfolded = event.target.open; } },
        make("summary", { id: "wb-steps-here" }, summary, place && page() !== "documents" ? make("bdi", { class: "wb-soft wb-small wb-steps-place" }, place.name) : null),
        ...inside),
      make("div", { class: "wb-steps-turn wb-noprint" }, at > 0 ? arrow(steps[at - 1], "back", "←") : null, at >= 0 ? arrow(steps[at + 1], "next", "→") : null));
  }

  /** What is missing in all, each with the way there. */
  function drawMissing() {
    const todo = model.get("todo");
    const open = todo.filter((row) => !row.is_done);
    return make("p", { class: "wb-small", id: "wb-missing" }, todo.length === 0 ? null
      : open.length === 0 ? make("span", {}, `✓ ${say(model, "flow.nothing_missing")}`)
      : [make("b", {}, say(model, "flow.missing"), " "), ...open.flatMap((row, index) => [index > 0 ? " · " : null, make("a", { id: `wb-missing-${row.page}`, href: address(row.page) }, row.text)])]);
  }
  /** That texts were written for training: in full where one comes in, in few words where one works. */
  function drawIllustrative(is_short) {
    return model.get("is_illustrative") ? make("p", { class: "wb-steps-illustrative wb-small" }, say(model, is_short ? "steps.illustrative_short" : "steps.illustrative")) : null;
  }
  /** What is missing, and the steps before and after this one; `between` stands between them. */
  function drawWay(between) {
    const steps = model.get("pages");
    const at = steps.indexOf(page());
    const link = (one, key) => (one ? make("a", { class: "wb-button wb-small", id: `wb-way-${key}`, href: address(one) }, say(model, `flow.${key}`, { name: name(one) })) : null);
    return make("div", { class: "wb-steps-way" }, drawMissing(), between,
      make("div", { class: "wb-steps-turn wb-noprint" }, at > 0 ? link(steps[at - 1], "back") : null, at >= 0 ? link(steps[at + 1], "next") : null));
  }

  function draw() {
    document.documentElement.lang = model.get("language");
    document.title = `${name(page())} · ${say(model, "steps.product")}`;
    const languages = Object.entries(model.get("languages"));
    const language = choice(say(model, "steps.language"), languages, model.get("language"), (value) => {
      remember({ language: value });
      model.send({ kind: "language", value });
    }, { id: "wb-language" });
    const places = model.get("territories").map((place) => [place.id, place.name]);
    const territory = places.length > 0 && page() !== "documents"
      ? choice(say(model, "steps.territory"), places, model.get("territory"), (value) => {
          remember({ territory: value, provision: "" });
          model.send({ kind: "territory", value });
        }, { id: "wb-territory" })
      : null;
    const is_more = document.documentElement.dataset.contrast === "more";
    const tool = (id, label, act, extra = {}) => make("button", { type: "button", class: "wb-link", id, onclick: act, ...extra }, label);
    const project = make("span", { class: "wb-steps-project" }, model.get("project") ? say(model, "steps.project", { name: model.get("project") }) : "");
    const tools = make("div", { class: "wb-steps-tools wb-noprint" },
      tool("wb-glossary-open", say(model, "flow.glossary"), () => words.open(), { "aria-haspopup": "dialog" }),
      tool("wb-contrast", say(model, "flow.contrast"), () => { contrast(!is_more); keepLocally("contrast", is_more ? "" : "more"); draw(); }, { "aria-pressed": String(is_more) }));
    const choices = make("div", { class: "wb-steps-choices wb-noprint" }, territory, language);
    const is_short = !wide.matches || page() !== "start";
    const first = make("a", { class: "wb-steps-name", id: "wb-to-first", href: address("start") }, say(model, "steps.product"));
    fill(
      root,
      make("a", { class: "wb-skip", id: "wb-skip", href: "#wb-main" }, say(model, "steps.skip")),
      wide.matches
        ? [make("div", { class: "wb-steps-top" }, first, project, tools), make("div", { class: "wb-steps-bar" }, drawNav(), choices), drawWay(is_short ? drawIllustrative(true) : null)]
        : [make("div", { class: "wb-steps-top" }, first), drawFolded([drawNav(), choices, project, drawMissing(), tools])],
      wide.matches && is_short ? null : drawIllustrative(is_short),
      model.get("is_busy") ? make("p", { class: "wb-soft", role: "status" }, say(model, "steps.opening")) : null,
      make("div", { id: "wb-main", tabindex: "-1" }),
    );
    words.renew();
    guide.draw();
  }

  let timer;
  function tell() {
    const notice = model.get("notice");
    clearTimeout(timer);
    if (!notice.text) return fill(toast);
    const kind = notice.kind === "bad" ? "wb-notice-bad" : notice.kind === "warn" ? "wb-notice-warn" : "";
    const undo = notice.undo
      ? make("button", { class: "wb-button", type: "button", onclick: () => model.send({ kind: "undo" }) }, say(model, "steps.undo"))
      : null;
    const close = make("button", { class: "wb-button", type: "button", onclick: () => fill(toast) }, say(model, "steps.close"));
    fill(toast, make("div", { class: `wb-notice ${kind}` }, make("span", {}, notice.text), " ", undo, " ", close));
    // An error stays until it is closed; a confirmation goes by itself.
    if (notice.kind !== "bad") timer = setTimeout(() => fill(toast), 8000);
  }

  // Where the reader is: kept by the project under their name, by the browser for those without one.
  let moving;
  function moved() {
    clearTimeout(moving);
    moving = setTimeout(() => {
      if (model.get("is_busy") || !model.get("project")) return;
      if (page() !== "start") keepLocally("place", JSON.stringify({ page: page(), territory: model.get("territory"), search: location.search, day: new Date().toISOString().slice(0, 10) }));
      model.send({ kind: "place", search: location.search });
    }, MOVED_MS);
  }

  contrast(recalled("contrast") === "more");
  window.addEventListener("wb-moved", moved);
  wide.addEventListener("change", draw);
  model.on("change:labels change:languages change:project change:territories change:territory change:is_illustrative change:is_busy change:todo", draw);
  model.on("change:is_busy change:territory", moved);
  model.on("change:notice", tell);
  draw();
  guide.arrived();
  model.send({ kind: "arrive", search: location.search, rater: recalled("rater"), role: recalled("role") });
}
export default { render };
