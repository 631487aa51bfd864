const KEYS = "workbench.keys";

/** The questionnaire: one screen at a time, a list of all questions beside it. */
function render({ model, el }) {
  const title = make("h1", {});
  const main = make("div", { class: "wb-q-main" });
  const side = make("div", { class: "wb-q-side" });
  const status = make("p", { class: "wb-soft wb-small wb-q-status", id: "wb-q-status", role: "status" });
  const root = make("div", { class: "wb wb-questionnaire" }, title, make("div", { class: "wb-q-columns" }, main, side));
  el.append(root);
  const opened = new Map();
  const is_page = Boolean(document.body.dataset.voila);
  let use_keys = (() => { try { return localStorage.getItem(KEYS) !== "off"; } catch { return true; } })();
  let screen = null;
  let focus_next = null;

  const saving = savingOf(model, () => refresh());
  const text = (name, values) => say(model, `assess.${name}`, values);
  const steps = () => model.get("questions").flatMap((row) => ["practice", ...(row.paper ? ["paper"] : [])].map((basis) => ({ item: row.item, basis, row })));
  /** The question shown, or undefined on the opening page and the last one. What an address names wrongly is the opening page. */
  function here(all = steps()) {
    const own = all.filter((step) => step.item === model.get("item"));
    return own.find((step) => step.basis === model.get("basis")) ?? own[0];
  }

  /** Lead to a screen; the browser's own way back leads here again. `focus` is what then has the keyboard. */
  function go(item, basis = "practice", focus = "wb-q-question") {
    saving.flush();
    remember({ item, basis: item && item !== "review" && basis === "paper" ? basis : "" }, true);
    show(item, basis, focus);
  }
  function show(item, basis, focus) {
    focus_next = focus;
    // Else the field of the same name on the next screen would get the keyboard, and what was typed here.
    if (main.contains(document.activeElement)) document.activeElement.blur();
    model.set("item", item);
    model.set("basis", basis);
    model.save_changes();
    draw();
  }
  function move(by) {
    const all = steps();
    const next = by + (model.get("item") === "review" ? all.length : all.indexOf(here(all)));
    if (next >= all.length) return go("review");
    if (next < 0) return go("");
    return go(all[next].item, all[next].basis);
  }

  function keysHelp() {
    const box = make("input", { type: "checkbox", id: "wb-q-keys", checked: use_keys, onchange: () => {
      use_keys = box.checked;
      try { localStorage.setItem(KEYS, use_keys ? "on" : "off"); } catch { /* lasts for this page */ }
    } });
    return make("div", { class: "wb-q-keys wb-small wb-noprint" }, make("p", {}, text("keys")), make("label", { class: "wb-check" }, box, text("keys_on")));
  }

  function draw() {
    fill(title, text("title"));
    if (!model.get("is_ready")) return fill(main, make("p", { class: "wb-soft" }, text("loading")));
    if (model.get("questions").length === 0) return fill(main);
    const all = steps();
    const own = { steps: all, saving, go, move, status, keys: keysHelp() };
    const step = here(all);
    screen = model.get("item") === "review" ? reviewScreen(model, own) : !step ? openingScreen(model, own)
      : questionScreen(model, { ...own, step, number: model.get("questions").indexOf(step.row) + 1, count: model.get("questions").length });
    fill(main, screen.node);
    refresh();
    if (focus_next) document.getElementById(focus_next)?.focus();
    if (focus_next === "wb-q-question") root.scrollIntoView({ block: "start" });
    focus_next = null;
  }

  function refresh() {
    root.dataset.unsaved = saving.count();
    if (!screen) return;
    screen.refresh();
    const step = here();
    fill(side, step ? jumpList(model, { steps: steps(), here: step.item, saving, go, opened }) : null);
    root.classList.toggle("wb-q-wide", !step);
    const state = saving.count() > 0 ? "saving" : step && model.get("may_answer") ? (saving.newest(step.item, step.basis) ? "saved" : "unsaid") : "";
    const words = state ? text(state) : "";
    if (status.textContent !== words) status.textContent = words;
  }

  function press(event) {
    const is_ours = root.contains(event.target) || (is_page && event.target === document.body);
    if (!use_keys || !is_ours || !root.isConnected || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.target.closest("input:not([type=checkbox]):not([type=radio]), select, textarea")) return;
    const digit = /^(?:Digit|Numpad)([0-4])$/.exec(event.code)?.[1];
    const value = event.key === "-" ? "not_applicable" : event.key === "?" ? "do_not_know" : !event.shiftKey && digit;
    if (value) { if (!screen?.press?.(value)) return; }
    else if (event.key === "n") move(1);
    else if (event.key === "p") move(-1);
    else if (event.key === "r") go("review");
    else return;
    event.preventDefault();
  }
  function travel() {
    const query = new URLSearchParams(location.search);
    saving.flush();
    remember({ language: model.get("labels")["language.code"], territory: model.get("territory") });
    show(query.get("item") ?? "", query.get("basis") === "paper" ? "paper" : "practice", "wb-q-question");
  }
  document.addEventListener("keydown", press);
  if (is_page) addEventListener("popstate", travel);

  model.on("change:is_ready change:territory", () => { if (model.get("is_ready")) saving.resume(); });
  // Several of these come at once: one drawing does for all.
  let is_due = false;
  function drawSoon() {
    if (is_due) return;
    is_due = true;
    queueMicrotask(() => { is_due = false; saving.flush(); draw(); });
  }
  model.on("change:labels change:questions change:words change:counts change:is_ready change:may_answer change:respondent change:item change:basis change:side change:documents change:round", drawSoon);
  model.on("change:answers", refresh);
  model.on("change:suggestions", () => screen?.drawSuggestions?.());
  model.on("change:hits", () => screen?.drawHits?.());
  if (model.get("is_ready")) saving.resume();
  draw();
  return () => { document.removeEventListener("keydown", press); removeEventListener("popstate", travel); };
}
export default { render };
