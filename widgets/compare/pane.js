const onlyLetters = (text) => text.normalize("NFKD").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();

/** The row that a typed number or name means: "12", "Art. 12 bis", the beginning of a name. */
function rowNamed(rows, typed) {
  const asked = onlyLetters(typed);
  if (!asked) return undefined;
  const last = asked.split(" ").filter((word) => /\p{N}/u.test(word)).join(" ");
  const named = rows.map((row) => [row, onlyLetters(row.number)]);
  const first = (test) => named.find(([, number]) => test(number))?.[0];
  return first((number) => number === asked) ?? (last ? first((number) => number === last || number.endsWith(` ${last}`)) : undefined)
    ?? named.find(([row, number]) => `${number} ${onlyLetters(row.heading)}`.includes(asked))?.[0];
}

/** One side: its documents, ways to find a place in them, the list of provisions, and the matches of the other side's. */
function paneOf(app, side) {
  const { model, view, book, queue } = app;
  const host = make("section", { class: "wb-pane", "data-side": side });
  const head = make("div", { class: "wb-pane-head" });
  const documents = make("div");
  const nav = make("div", { class: "wb-pane-nav" });
  const tools = make("div", { class: "wb-pane-tools wb-noprint", id: `wb-tools-${side}` }, documents, nav);
  const reading = make("div", { class: "wb-scroller", tabindex: "0", role: "region" });
  const matches = make("div", { class: "wb-scroller wb-scroller-matches", tabindex: "0", role: "region" });
  const audit = make("div");
  host.append(head, tools, audit, reading, matches);
  const keyOf = (row) => (row.audit ? `${row.id}|audit` : row.id);
  const isHere = (row) => app.chosen().side === side && row.id === app.chosen().id && (!row.entry || Boolean(row.audit) === app.isAudit());
  const isReading = () => app.chosen().side === side;
  const showsList = () => isReading() || view.tab === "document" || app.isAudit();

  function rowOf(row) {
    const here = isHere(row);
    const open = here || (!isReading() && view.opened.has(row.id));
    const marks = app.marks();
    const now = app.judging.now();
    const carries = !isReading() && app.cardOf(app.chosen().id) && (now.carried_by ?? []).includes(row.id);
    const turn = () => {
      if (isReading()) return app.choose(side, row.id, row.audit);
      if (!view.opened.delete(row.id)) view.opened.add(row.id);
      drawList();
    };
    const known = side === "national" ? app.cardOf(row.id) : undefined;
    const words = app.words(side);
    const found = words.length > 0 && !open && view.found[side] ? book.text(row.id) : null;
    return make("li", { class: here ? "wb-item wb-chosen" : open ? "wb-item wb-open" : "wb-item" },
      make("button", { type: "button", id: `wb-${side}-${row.order}${row.audit ? "-audit" : ""}`, "aria-expanded": String(open), class: "wb-title", onclick: turn }, titleOf(model, row, words)),
      make("div", { class: "wb-chips" }, known || row.entry ? chipsOf(model, row, known, app.verdictOf(row.id, row.audit), queue) : null,
        row.id === app.current() ? make("span", { class: "wb-chip" }, say(model, "compare.looked_at")) : null,
        carries ? make("span", { class: "wb-chip wb-chip-good" }, `✓ ${say(model, "compare.carries")}`) : null),
      open ? bodyOf(row, book.text(row.id), here ? marks?.here ?? [] : marks?.there?.[row.id] ?? [], here ? "" : now.evidence, words) : null,
      found ? passageOf(row, found, words) : null,
      here && side === "national" ? statements(model, row.id, { find: (id) => book.find("national", id), text: book.text, title: (one) => titleOf(model, one), choose: app.choose }) : null,
      open && !here ? inPlace(row) : null);
  }
  /** What can be done with a provision of the other side that is read in place. */
  function inPlace(row) {
    const button = (id, key, act) => make("button", { type: "button", class: "wb-button wb-quiet", id: `wb-${id}-${row.order}`, onclick: act }, say(model, key));
    const judged = app.chosen().side === "national" && app.cardOf(app.chosen().id);
    return make("div", { class: "wb-row wb-noprint" }, judged ? app.carrying(row.id) : null,
      app.isAudit() ? null : button("with", "compare.beside_this", () => { view.tab = "matches"; app.look(row.id); }),
      button("counterparts", side === "local" ? "compare.counterparts" : "compare.counterparts_local", () => app.choose(side, row.id)));
  }
  let timer = 0;
  const list = virtualList(reading, { keyOf, rowOf, moved: (is_own) => { if (!is_own) app.follow(side); clearTimeout(timer); timer = setTimeout(tellPlace, 120); app.ribbons.again(); } });
  matches.addEventListener("scroll", () => app.ribbons.again(), { passive: true });

  function drawHead() {
    const tab = (name) => make("button", { type: "button", id: `wb-tab-${side}-${name}`, class: "wb-tab", "aria-pressed": String(view.tab === name), onclick: () => { view.tab = name; app.place.write(true); app.drawPanes(); } }, say(model, `compare.tab.${name}`));
    const all = book.of(side).documents;
    const shows = showsList();
    fill(head,
      make("div", { class: "wb-pane-title" }, make("h2", {}, say(model, `compare.${side}`)), make("bdi", { class: "wb-small wb-soft" }, book.of(side).title), shows || all.length > 1 ? foldOfPane(shows) : null),
      all.length === 1 ? make("p", { class: "wb-small" }, make("bdi", {}, all[0].title)) : null,
      isReading() || app.isAudit() ? null : make("div", { class: "wb-tabs wb-noprint" }, tab("matches"), tab("document")));
  }
  /** How many of the documents of this side are shown. */
  function documentsShown() {
    const all = book.of(side).documents.length;
    return say(model, "compare.documents_shown", { label: say(model, `compare.${side}_document`), count: view.documents[side].size || all, all });
  }
  /** The button of this side's tools: beside matches there is only the choice of documents. */
  function foldOfPane(shows) {
    const query = view.search[side].trim();
    const held = [query && say(model, "compare.quoted", { words: query }), view.documents[side].size > 0 && documentsShown()];
    return foldOf(app, side, { label: say(model, shows ? "compare.find" : "compare.documents"), held, tools: tools.id, draw: () => { drawHead(); drawTools(); } });
  }
  function drawTools() {
    const all = book.of(side).documents;
    const chosen = view.documents[side];
    const turn = (place, is_on) => { if (is_on) chosen.add(place); else chosen.delete(place); app.change({}, true); };
    const was_open = documents.querySelector("details")?.open;
    fill(documents, all.length > 1 ? severalOf(`wb-documents-${side}`, documentsShown(), all.map((row, place) => [place, row.title, chosen.size === 0 || chosen.has(place)]), (place, is_on) => {
      if (chosen.size === 0) all.forEach((_, one) => chosen.add(one));
      turn(place, is_on);
    }) : null);
    if (was_open) documents.querySelector("details").open = true;
    tools.hidden = !view.unfolded.has(side) || !(showsList() || all.length > 1);
  }

  let parts = [];
  function drawNav() {
    const rows = list.rows();
    const pages = [...new Map(rows.filter((row) => row.page).map((row) => [row.page, row])).entries()];
    parts = [];
    for (const row of rows) {
      const name = [row.of, row.part].filter(Boolean).join(" > ");
      if (name !== (parts.at(-1)?.name ?? "")) parts.push({ name, row });
    }
    const shown = (name) => { const [last, ...above] = name.split(" > ").reverse(); return `${"\u2003".repeat(above.length)}${last}`; };
    const jump = (key) => list.show(key, true);
    const seek = (event) => {
      event.preventDefault();
      const typed = nav.querySelector(`#wb-go-${side}`).value;
      const row = rowNamed(rows, typed) ?? rowNamed(book.of(side).rows, typed);
      if (!row) return fill(nav.querySelector(".wb-go-said"), typed ? say(model, "compare.not_found", { query: typed }) : "");
      if (list.placeOf(keyOf(row)) === undefined) { view.documents[side].clear(); view.found[side] = null; view.search[side] = ""; app.change({ filter: "all", sector: "" }); }
      jump(keyOf(row));
      list.focus(list.placeOf(keyOf(row)));
    };
    const search = (event) => {
      const is_begun = !view.search[side].trim();
      view.search[side] = event.target.value;
      app.place.write(is_begun);
      app.search(side);
      drawHead();
    };
    fill(nav,
      make("label", { class: "wb-field wb-search" }, make("span", { class: "wb-label" }, say(model, "compare.search_here")),
        make("input", { type: "search", "aria-label": say(model, `compare.search_${side}`), class: "wb-input", id: `wb-search-${side}`, maxlength: 200, value: view.search[side], oninput: search })),
      parts.length > 1 ? choice(say(model, "compare.contents"), parts.map(({ name, row }) => [keyOf(row), shown(name) || say(model, "compare.contents.start")]), "", jump, { id: `wb-contents-${side}` }) : null,
      pages.length > 1 ? choice(say(model, "compare.go_page"), pages.map(([page, row]) => [keyOf(row), String(page)]), "", jump, { id: `wb-page-${side}`, class: "wb-input wb-pages" }) : null,
      make("form", { class: "wb-go", onsubmit: seek }, make("label", { class: "wb-field" }, make("span", { class: "wb-label" }, say(model, "compare.go_article")),
        make("input", { class: "wb-input", id: `wb-go-${side}`, maxlength: 80, autocomplete: "off" })), make("button", { type: "submit", class: "wb-button" }, say(model, "compare.go"))),
      make("p", { class: "wb-small wb-soft wb-go-said", role: "status" }, view.search[side] && view.found[side] ? say(model, "compare.hits", { count: rows.length, all: book.of(side).rows.length }) : ""));
    tellPlace();
  }
  /** The choices of part and page say where the reader is. */
  function tellPlace() {
    if (!showsList()) return;
    const { index } = list.top();
    const at = list.rows()[index];
    if (!at) return;
    const part = parts.findLast(({ row }) => list.placeOf(keyOf(row)) <= index);
    const contents = nav.querySelector(`#wb-contents-${side}`), page = nav.querySelector(`#wb-page-${side}`);
    if (contents && part && document.activeElement !== contents) contents.value = keyOf(part.row);
    if (page && document.activeElement !== page) page.selectedIndex = Math.max(0, [...page.options].findLastIndex((option) => Number(option.textContent) <= at.page));
  }
  function drawList() {
    list.set(listed(app, side));
    reading.dataset.empty = String(list.rows().length === 0);
    reading.setAttribute("data-nothing", say(model, "compare.nothing"));
    app.ribbons.again();
  }
  return {
    host, list, keyOf, isHere,
    scroller: () => (showsList() ? reading : matches),
    element: (id, place) => (showsList() ? list.node(id) : matches.querySelector(`#wb-match-card-${place}`)),
    /** Where a match is that cannot be seen: up, down. */
    where: (id, place) => {
      if (host.offsetParent === null) return ""; // on a small screen one side is shown at a time
      if (showsList()) { const row = list.placeOf(id); return row === undefined ? "gone" : row < list.top().index ? "up" : "down"; }
      const element = matches.querySelector(`#wb-match-card-${place}`);
      return !element ? "gone" : element.getBoundingClientRect().top < matches.getBoundingClientRect().top ? "up" : "down";
    },
    showMatch: (id, place) => {
      if (showsList()) { view.opened.add(id); drawList(); list.show(id, true); } else {
        const card = matches.querySelector(`#wb-match-card-${place}`);
        if (!card) return;
        matches.scrollTop += card.getBoundingClientRect().top - matches.getBoundingClientRect().top - 8;
        card.querySelector(".wb-title").scrollIntoView({ block: "nearest" }); // the page too, on a small screen
      }
    },
    toTop: () => { matches.scrollTop = 0; },
    drawNav, drawList,
    /** Draw what depends on what is chosen and said: not the ways to a place, which a reader may be using. */
    draw: (only_marks = false) => {
      if (only_marks && isReading()) return list.renew(list.rows().filter(isHere).map(keyOf));
      host.setAttribute("aria-label", say(model, `compare.${side}`));
      [reading, matches].forEach((one) => one.setAttribute("aria-label", say(model, `compare.${side}`)));
      if (!only_marks) { drawHead(); drawTools(); }
      const shows = showsList();
      [reading.hidden, nav.hidden, matches.hidden] = [!shows, !shows, shows];
      if (shows) {
        matches.replaceChildren(); // nothing stands twice in the page
        drawList();
        fill(audit, app.isAudit() && !isReading() ? make("p", { class: "wb-notice wb-small", role: "note" }, say(model, "compare.audit_how")) : null);
        if (nav.childElementCount === 0 || nav.dataset.rows !== String(list.rows().length)) { nav.dataset.rows = String(list.rows().length); drawNav(); }
      } else fill(matches, ...[drawMatches(app, side)].flat());
    },
  };
}
