const PAGES = ["start", "documents", "compare", "panel", "assess", "scorecard"];

/** The header: name, steps, choices, and the place where messages to the reader appear. */
function render({ model, el }) {
  const root = make("div", { class: "wb wb-steps" });
  const toast = make("div", { class: "wb-toast", role: "status", "aria-live": "polite" });
  el.append(root, toast);

  function draw() {
    document.documentElement.lang = model.get("language");
    document.title = `${say(model, `steps.${model.get("page")}`)} · ${say(model, "steps.product")}`;
    const skip = make("a", { class: "wb-skip", href: "#wb-main" }, say(model, "steps.skip"));
    const links = PAGES.map((page, index) => {
      const here = page === model.get("page");
      const text = [make("span", { class: "wb-steps-number", "aria-hidden": "true" }, String(index + 1)), say(model, `steps.${page}`)];
      return make("li", {}, make("a", { href: address(page), "aria-current": here ? "step" : null }, text));
    });
    const languages = Object.entries(model.get("languages"));
    const language = choice(say(model, "steps.language"), languages, model.get("language"), (value) => {
      remember({ language: value });
      model.send({ kind: "language", value });
    }, { id: "wb-language" });
    const places = model.get("territories").map((place) => [place.id, place.name]);
    const territory = places.length > 0 && model.get("page") !== "documents"
      ? choice(say(model, "steps.territory"), places, model.get("territory"), (value) => {
          remember({ territory: value, provision: "" });
          model.send({ kind: "territory", value });
        }, { id: "wb-territory" })
      : null;
    fill(
      root,
      skip,
      make("div", { class: "wb-steps-top" },
        make("a", { class: "wb-steps-name", href: address("start") }, say(model, "steps.product")),
        make("span", { class: "wb-steps-project" }, model.get("project") ? say(model, "steps.project", { name: model.get("project") }) : "")),
      make("div", { class: "wb-steps-bar" },
        make("nav", { "aria-label": say(model, "steps.nav") }, make("ol", {}, links)),
        make("div", { class: "wb-steps-choices wb-noprint" }, territory, language)),
      model.get("is_illustrative") ? make("p", { class: "wb-notice wb-small" }, say(model, "steps.illustrative")) : null,
      model.get("is_busy") ? make("p", { class: "wb-soft", role: "status" }, say(model, "steps.opening")) : null,
      make("div", { id: "wb-main", tabindex: "-1" }),
    );
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

  model.on("change:labels change:languages change:project change:territories change:territory change:is_illustrative change:is_busy", draw);
  model.on("change:notice", tell);
  draw();
  const stored = (() => { try { return localStorage.getItem("workbench.rater") ?? ""; } catch { return ""; } })();
  model.send({ kind: "arrive", search: location.search, rater: stored });
}
export default { render };
