
// What each stop of the tour points at: the first of these that is found.
const TARGETS = {
  steps: [".wb-steps-bar"],
  places: [".wb-places"],
  documents: [".wb-documents .wb-table"],
  compare: [".wb-panes", ".wb-compare"],
  judge: [".wb-judge", ".wb-questions"],
  assess: [".wb-questionnaire"],
  scorecard: [".wb-headline"],
  report: [".wb-report"],
};
const SAMPLE = { project: "sample", territory: "ph-naga-city" };
const TOUR_KEY = "tour";

/** The address of a stop, counted from 1. */
function addressOf(model, number) {
  const stop = model.get("stops")[number - 1];
  return stop ? address(stop[1], { ...SAMPLE, tour: String(number) }) : "";
}

/**
 * A small panel that points at one thing after the other. It lies beside the page and blocks nothing; its place is in
 * the address, so a reload, the way back and another day lead to the same stop.
 */
function tour(model, host) {
  const box = make("aside", { class: "wb wb-tour wb-noprint", id: "wb-tour", hidden: true });
  host.append(box);
  let watch = null;

  function at() {
    return Number(new URLSearchParams(location.search).get("tour")) || 0;
  }

  function unpoint() {
    watch?.disconnect();
    watch = null;
    for (const marked of document.querySelectorAll(".wb-pointed")) marked.classList.remove("wb-pointed");
  }

  /** Point at the first thing found, as soon as it is there. */
  function point(selectors) {
    unpoint();
    const look = () => {
      const target = selectors.map((one) => document.querySelector(one)).find(Boolean);
      if (!target) return false;
      if (target.classList.contains("wb-pointed")) return true;
      for (const marked of document.querySelectorAll(".wb-pointed")) marked.classList.remove("wb-pointed");
      target.classList.add("wb-pointed");
      target.scrollIntoView({ block: "nearest" });
      return true;
    };
    look();
    // Parts are drawn again while one works on the page: what is pointed at then is the new one.
    watch = new MutationObserver(look);
    watch.observe(document.body, { childList: true, subtree: true });
  }

  /** Put the keyboard's place on the stop's title, as soon as the page around it is shown. */
  function take(frames = 600) {
    const title = box.querySelector("h2");
    title?.focus({ preventScroll: true });
    if (title && frames > 0 && document.activeElement !== title && !box.contains(document.activeElement)) requestAnimationFrame(() => take(frames - 1));
  }

  function leave() {
    remember({ tour: "" });
    unpoint();
    box.hidden = true;
    window.dispatchEvent(new Event("wb-tour-left"));
    document.getElementById("wb-main")?.focus({ preventScroll: true });
  }

  function go(number) {
    const stops = model.get("stops");
    if (stops[number - 1][1] !== model.get("page")) { location.assign(addressOf(model, number)); return; }
    remember({ tour: String(number) });
    draw(true);
  }

  function draw(is_moved = false) {
    const stops = model.get("stops");
    const number = at();
    const stop = stops[number - 1];
    if (!stop || stop[1] !== model.get("page")) { unpoint(); box.hidden = true; return; }
    const is_last = number === stops.length;
    keepLocally(TOUR_KEY, is_last ? "" : String(number));
    box.hidden = false;
    box.setAttribute("aria-label", say(model, "tour.title"));
    fill(box,
      make("p", { class: "wb-soft wb-small" }, say(model, "tour.stop", { number, count: stops.length })),
      make("h2", { id: "wb-tour-title", tabindex: "-1" }, say(model, `tour.${stop[0]}.title`)),
      make("p", { "aria-live": "polite" }, say(model, `tour.${stop[0]}.text`)),
      number === 1 ? make("p", { class: "wb-soft wb-small" }, say(model, "tour.keys")) : null,
      make("div", { class: "wb-row" },
        make("button", { type: "button", class: "wb-button wb-primary", id: "wb-tour-next", onclick: () => (is_last ? leave() : go(number + 1)) }, say(model, is_last ? "tour.end" : "tour.next")),
        number > 1 ? make("button", { type: "button", class: "wb-button", id: "wb-tour-back", onclick: () => go(number - 1) }, say(model, "tour.back")) : null,
        is_last ? null : make("button", { type: "button", class: "wb-link", id: "wb-tour-leave", onclick: leave }, say(model, "tour.leave"))));
    point(TARGETS[stop[0]] ?? []);
    if (is_moved) take();
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !box.hidden && !document.querySelector("dialog[open]")) leave();
  });
  return { draw, arrived() { draw(at() > 0); } };
}
