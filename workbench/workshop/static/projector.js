// What the wall shows: how to join, how far the room is, and after the reveal what it answered. Never who.

const main = document.getElementById("wb-main");
const parts = {};

function entrance(room) {
  if (room.closed) return make("p", { class: "wb-room-big" }, tell("workshop.closed.title"));
  if (room.expired) return null;
  return make("dl", { class: "wb-room-entrance" },
    make("div", {}, make("dt", {}, tell("workshop.projector.go")), make("dd", {}, room.address)),
    make("div", {}, make("dt", {}, tell("workshop.join.code")), make("dd", { class: "wb-room-code", id: "wb-join-code" }, room.join_code)));
}

function progress(view) {
  return make("div", { id: "wb-progress" }, make("p", { class: "wb-room-big" }, tell("workshop.projector.progress", { through: view.progress.through, people: view.people })),
    make("progress", { max: 1, value: view.progress.share, "aria-label": tell("workshop.board.progress_label") }));
}

function discussion(view) {
  const item = view.exercise.items.find((one) => one.id === view.state.discussed);
  if (!item) return make("section", {}, make("h2", {}, tell("workshop.agreement.title")), agreement(view.agreement, true));
  const panel = view.panel[item.id];
  return make("section", { id: "wb-discussed" }, make("h2", { dir: "auto" }, item.question),
    item.fields.filter((field) => field.kind !== "words").map((field) => distribution(item, field, view.distribution, TURNS, panelValue(panel, field))),
    panel.reason && make("div", { class: "wb-notice" }, make("h3", {}, tell("workshop.projector.reason")), prose(panel.reason)));
}

function draw(view) {
  const { state, room } = view;
  const is_waiting = !state.exercise || room.closed;
  fill(parts.body,
    is_waiting ? make("div", { class: "wb-room-hall" }, make("h1", {}, tell("workshop.projector.title")), entrance(room), !room.closed && make("p", { class: "wb-room-big", id: "wb-count" }, tell("workshop.projector.people", { count: view.people })))
      : make("div", {}, make("h1", { dir: "auto" }, view.exercise.title), rounds(state.round),
        state.paused && make("p", { class: "wb-notice wb-notice-warn wb-room-big" }, tell("workshop.now.paused")),
        state.revealed ? discussion(view) : [make("p", { class: "wb-room-big" }, tell(`workshop.projector.now.${state.round}`)), progress(view)]),
    !is_waiting && make("footer", {}, entrance(room)));
}

function open() {
  parts.body = make("div");
  parts.lost = make("div", { role: "status" });
  fill(main, parts.lost, parts.body);
  parts.following = follow("/api/projector", {
    shown: draw,
    trouble: (is) => fill(parts.lost, is && make("p", { class: "wb-notice wb-notice-warn", id: "wb-lost" }, tell("workshop.board.lost"))),
    gone: () => openForTrainers(main, open),
  });
}

await speak(firstLanguage());
openForTrainers(main, open);
