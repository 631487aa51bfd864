const DRAWING = "http://www.w3.org/2000/svg";

/** Ribbons between the chosen provision and its matches, through the list of matches; `host` lies between the panes. */
function ribbonsOf(host) {
  const layer = document.createElementNS(DRAWING, "svg");
  layer.setAttribute("class", "wb-ribbons wb-noprint");
  layer.setAttribute("aria-hidden", "true");
  host.append(layer);
  let frame = 0;
  let drawn = "";

  /** The height at which a ribbon meets an element that stands in a scroller, or null where it is out of sight. */
  function meets(element, scroller) {
    if (!element?.isConnected || !scroller) return null;
    const [box, frame_] = [element.getBoundingClientRect(), scroller.getBoundingClientRect()];
    const [top, bottom] = [Math.max(box.top, frame_.top), Math.min(box.bottom, frame_.bottom)];
    return bottom - top < 8 ? null : Math.min(top + 24, (top + bottom) / 2);
  }
  function band(from, to, score, kind) {
    const path = document.createElementNS(DRAWING, "path");
    const middle = (from[0] + to[0]) / 2;
    path.setAttribute("d", `M${from[0]} ${from[1]} C${middle} ${from[1]} ${middle} ${to[1]} ${to[0]} ${to[1]}`);
    path.setAttribute("class", `wb-ribbon ${kind}`);
    path.setAttribute("stroke-width", (2 + 10 * score).toFixed(1));
    path.setAttribute("stroke-opacity", (0.4 + 0.5 * score).toFixed(2));
    return path;
  }
  /** `lines`: {chip, element, scroller, score, kind, place} each; `start`: the chosen one's element and scroller. */
  function draw(side, start, lines) {
    const all = host.getBoundingClientRect();
    const at = meets(start.element, start.scroller);
    const bands = [];
    for (const { chip, element, scroller, score, kind, place } of lines) {
      const own = chip.getBoundingClientRect();
      const to = meets(element, scroller);
      const where = to !== null ? "" : place();
      if (chip.dataset.where !== where) chip.dataset.where = where;
      if (own.width === 0) continue;
      const y = own.top + own.height / 2 - all.top;
      const edges = side === "national" ? [own.left, own.right] : [own.right, own.left];
      const [from_x, to_x] = side === "national" ? [0, all.width] : [all.width, 0];
      if (at !== null) bands.push([[from_x, at - all.top], [edges[0] - all.left, y], score, kind]);
      if (to !== null) bands.push([[edges[1] - all.left, y], [to_x, to - all.top], score, kind]);
    }
    const now = JSON.stringify(bands);
    if (now === drawn) return;
    drawn = now;
    layer.replaceChildren(...bands.map((one) => band(...one)));
  }
  let last = null;
  const later = () => { frame ||= requestAnimationFrame(() => { frame = 0; if (last) draw(...last()); }); };
  new ResizeObserver(later).observe(host);
  return { /** Draw soon; `what` gives side, start and lines at that moment. */ draw: (what) => { last = what; later(); }, again: later };
}
