/**
 * A list of any length of which only the rows near those in sight are in the page. `keyOf` names a row, `rowOf` makes
 * its <li>, whose heights are measured as they appear. `moved` is told after each scroll: whether a person did it.
 * Arrow keys, Home, End, Page up and Page down reach every row; its place in the list is told to screen readers.
 */
function virtualList(scroller, { keyOf, rowOf, moved }) {
  const OVER = 6; // rows drawn beyond those in sight
  const list = make("ol", { class: "wb-list", role: "list" });
  scroller.append(list);
  const heights = new Map();
  const drawn = new Map();
  const keys = new WeakMap();
  let rows = [], places = new Map(), tops = [0], usual = 0, pinned = null, expected = 0, frame = 0, stop = null, range = [];

  const keyAt = (index) => keyOf(rows[index]);
  function layOut() {
    tops = new Array(rows.length + 1);
    tops[0] = 0;
    for (let index = 0; index < rows.length; index++) tops[index + 1] = tops[index] + (heights.get(keyAt(index)) ?? (usual || 60));
  }
  /** The row at a height, by halving. */
  function indexAt(y) {
    let low = 0, high = Math.max(rows.length - 1, 0);
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (tops[middle] <= y) low = middle;
      else high = middle - 1;
    }
    return low;
  }
  function scrollTo(y) {
    const most = Math.max(0, tops[rows.length] - scroller.clientHeight);
    expected = Math.round(Math.min(Math.max(0, y), most));
    if (Math.abs(scroller.scrollTop - expected) >= 1) scroller.scrollTop = expected;
  }
  function drop(key, node) {
    seen.unobserve(node);
    if (node.contains(document.activeElement)) scroller.focus({ preventScroll: true });
    node.remove();
    drawn.delete(key);
  }
  function draw(anew = true) {
    const top = scroller.scrollTop;
    const from = Math.max(0, indexAt(top) - OVER), to = Math.min(rows.length, indexAt(top + (scroller.clientHeight || 600)) + OVER + 1);
    if (!anew && from === range[0] && to === range[1]) return;
    range = [from, to];
    for (const [key, node] of [...drawn]) {
      const place = places.get(key);
      if (place === undefined || place < from || place >= to) drop(key, node);
    }
    list.style.paddingTop = `${tops[from]}px`;
    list.style.paddingBottom = `${tops[rows.length] - tops[to]}px`;
    let next = list.firstChild;
    for (let index = from; index < to; index++) {
      const key = keyAt(index);
      let node = drawn.get(key);
      if (!node) {
        node = rowOf(rows[index], index);
        node.setAttribute("role", "listitem");
        keys.set(node, key);
        drawn.set(key, node);
        node.setAttribute("aria-setsize", rows.length);
        node.setAttribute("aria-posinset", index + 1);
        seen.observe(node);
      }
      if (node === next) next = next.nextSibling;
      else list.insertBefore(node, next);
    }
    // One stop for the Tab key in the whole list, where the reader was last; arrows lead on from there.
    const home = drawn.has(stop) ? stop : rows.length > 0 ? keyAt(Math.min(indexAt(top + 4), to - 1)) : null;
    for (const [key, node] of drawn) node.querySelector(".wb-title")?.setAttribute("tabindex", key === home ? "0" : "-1");
  }
  const anchor = () => {
    if (pinned && places.has(pinned.key)) return pinned;
    const index = indexAt(scroller.scrollTop);
    return rows.length > 0 ? { key: keyAt(index), offset: scroller.scrollTop - tops[index] } : null;
  };
  /** Take the heights of the rows drawn; tell whether one was not known. */
  function measure() {
    let is_new = false;
    for (const [key, node] of drawn) {
      const { height } = node.getBoundingClientRect();
      if (height === 0 || Math.abs((heights.get(key) ?? 0) - height) < 0.5) continue;
      heights.set(key, height);
      usual ||= height;
      is_new = true;
    }
    return is_new;
  }
  /** Draw with one row kept where it is, until the heights are known of all that is drawn then. */
  function hold(held) {
    for (let turn = 0; turn < 5; turn++) {
      layOut();
      list.style.paddingBottom = `${tops[rows.length]}px`; // room to scroll to
      if (held && places.has(held.key)) scrollTo(tops[places.get(held.key)] + held.offset);
      draw();
      if (!measure()) break;
    }
  }
  const seen = new ResizeObserver(() => {
    const held = anchor();
    if (!measure()) return;
    hold(held);
    moved(true);
  });
  scroller.addEventListener("scroll", () => {
    const is_end = scroller.scrollTop < expected && scroller.scrollTop > scroller.scrollHeight - scroller.clientHeight - 2;
    const is_own = is_end || Math.abs(scroller.scrollTop - expected) < 2;
    if (!is_own) { pinned = null; expected = -9; }
    if (frame) return;
    frame = requestAnimationFrame(() => { frame = 0; draw(false); moved(is_own); });
  }, { passive: true });
  new ResizeObserver(() => { if (scroller.clientHeight > 0) hold(anchor()); }).observe(scroller);

  const here = {
    /** Show other rows, or the same anew. The place read and the keyboard's place are kept. */
    set: (changed) => {
      const held = anchor();
      const focused = list.contains(document.activeElement) ? document.activeElement.id : "";
      rows = changed;
      places = new Map(rows.map((row, index) => [keyOf(row), index]));
      for (const [key, node] of [...drawn]) { seen.unobserve(node); node.remove(); drawn.delete(key); }
      hold(held);
      if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    },
    /** Make single rows anew. */
    renew: (some) => {
      const held = anchor();
      const focused = list.contains(document.activeElement) ? document.activeElement.id : "";
      for (const key of some) { const node = drawn.get(key); if (node) { seen.unobserve(node); node.remove(); drawn.delete(key); } }
      hold(held);
      if (focused && document.activeElement.id !== focused) document.getElementById(focused)?.focus({ preventScroll: true });
    },
    rows: () => rows,
    node: (key) => drawn.get(key),
    placeOf: (key) => places.get(key),
    /** Where the reader is: the row at the top, and how much of it is passed. */
    top: () => {
      const index = indexAt(scroller.scrollTop);
      return { index, part: (scroller.scrollTop - tops[index]) / Math.max(tops[index + 1] - tops[index], 1) };
    },
    go: ({ index, part }) => {
      if (rows.length === 0) return;
      pinned = null;
      scrollTo(tops[index] + part * (tops[index + 1] - tops[index]));
    },
    /** Bring a row into sight; `always` puts it at the top even where it can be seen. */
    show: (key, always = false) => {
      const index = places.get(key);
      stop = key;
      if (index === undefined) return;
      const is_seen = tops[index] >= scroller.scrollTop && tops[index + 1] <= scroller.scrollTop + scroller.clientHeight;
      if (is_seen && !always) return;
      pinned = { key, offset: -8 };
      hold(pinned);
    },
    focus: (index) => {
      const place = Math.min(Math.max(index, 0), rows.length - 1);
      if (place < 0) return;
      here.show(keyAt(place));
      drawn.get(keyAt(place))?.querySelector(".wb-title")?.focus();
    },
  };
  list.addEventListener("focusin", (event) => { stop = keys.get(event.target.closest("li.wb-item")) ?? stop; });
  list.addEventListener("keydown", (event) => {
    if (!event.target.matches(".wb-title") || event.altKey || event.ctrlKey || event.metaKey) return;
    const at = places.get(keys.get(event.target.closest("li.wb-item")));
    const page = Math.max(1, Math.floor(scroller.clientHeight / (usual || 60)) - 1);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1, PageDown: at + page, PageUp: at - page }[event.key];
    if (at === undefined || to === undefined) return;
    event.preventDefault();
    here.focus(to);
  });
  return here;
}
