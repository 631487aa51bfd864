/** One corridor's square and stages; the dialogue and the system of the chosen territory. */
function render({ model, el }) {
  const root = make("div", { class: "wb wb-corridor", "data-unsaved": "0" });
  el.append(root);
  let sent = 0;
  const waiting = new Set();
  const send = (message) => {
    waiting.add(++sent);
    root.dataset.unsaved = waiting.size;
    model.send({ ...message, sent });
  };
  const entries = entriesOf(model, send, () => draw());
  const picture = make("div");
  const evidence = make("div");
  const stages = make("div");
  let chosen = -1; // the cell shown; -1: all together

  const cells = () => model.get("square").cells ?? [];
  function choose(index, isAsked = true) {
    chosen = index;
    drawCell();
    if (isAsked && index >= 0) evidence.querySelector("#wb-corridor-evidence").focus();
  }
  function drawCell() {
    const cell = cells()[chosen];
    const options = [["-1", say(model, "corridor.all_cells")], ...cells().map((one, index) => [String(index), cellName(model, one)])];
    fill(picture, choice(say(model, "corridor.cell_shown"), options, String(chosen), (value) => choose(Number(value), false), { id: "wb-corridor-cell" }), squarePicture(model, cell));
    fill(evidence, cell ? evidenceOf(model, cell) : make("p", { class: "wb-soft" }, say(model, "corridor.choose_cell")));
  }
  function missing() {
    const square = model.get("square");
    const said = (name) => CORNERS.filter((corner) => square.cells[0]?.states[corner] === name);
    return ["missing", "no_text"].flatMap((name) => said(name).map((corner) => make("p", { class: "wb-notice wb-notice-warn" }, say(model, `corridor.${name}`, { corner: say(model, `corner.${corner}`), name: square.places[corner] ?? "" }))));
  }
  function squareSection() {
    const corridors = model.get("corridors");
    if (corridors.length === 0) return null;
    const square = model.get("square");
    drawCell();
    fill(stages, stagesOf(model));
    return make("section", {}, make("h2", {}, say(model, "corridor.square")), make("p", { class: "wb-soft" }, say(model, "corridor.square_hint")),
      choice(say(model, "corridor.chosen"), corridors.map((one) => [one.id, one.name]), square.id, (id) => { chosen = -1; model.send({ kind: "corridor", id }); remember({ corridor: id }); }, { id: "wb-corridor" }), changingOf(model, entries),
      missing(), make("div", { class: "wb-beside wb-beside-table" }, picture, squareTable(model, choose)), evidence, sidesTable(model), mapOf(model), stages);
  }
  function draw() {
    // What was unfolded stays so when the page is drawn again.
    const isUnfolded = root.querySelector("#wb-mechanisms")?.open;
    drawAll();
    if (isUnfolded && root.querySelector("#wb-mechanisms")) root.querySelector("#wb-mechanisms").open = true;
  }
  function drawAll() {
    if (!model.get("is_ready")) return fill(root, make("h1", {}, say(model, "corridor.title")), make("p", { class: "wb-soft", role: "status" }, say(model, "corridor.loading")));
    const adding = addingOf(model, entries);
    const isFirst = model.get("corridors").length === 0;
    fill(root, make("h1", {}, say(model, "corridor.title")), make("p", { class: "wb-soft" }, say(model, "corridor.lead")), isFirst ? adding : squareSection(), isFirst ? null : adding, dialogueOf(model), mechanismsOf(model, entries), systemOf(model), entries.left());
  }
  model.on("msg:custom", (said) => {
    if (said.kind !== "kept") return;
    waiting.delete(said.sent);
    if (said.is_kept) {
      if (said.corridor !== undefined) remember({ corridor: said.corridor });
      chosen = -1;
    }
    entries.heard(said);
    root.dataset.unsaved = waiting.size;
  });
  // What changes together is drawn once.
  let isDue = false;
  model.on("change:labels change:is_ready change:square change:corridors change:dialogue change:system change:options change:mechanisms change:cited change:may_enter", () => {
    if (isDue) return;
    isDue = true;
    queueMicrotask(() => { isDue = false; draw(); });
  });
  draw();
}
export default { render };
