// The trainer's board: it follows the room and leads it.

const main = document.getElementById("wb-main");
const opened = new Set(); // what the trainer opened stays open as the board is drawn again
const parts = {};
let view = null;
let is_lost = false;
let complaint = "";

/** Do what the trainer asks, and say what was refused. */
async function trying(act) {
  try {
    await act();
    complaint = "";
  } catch (error) {
    complaint = error instanceof Refusal ? error.message : tell("workshop.lost");
    if (error.status === 401) return openForTrainers(main, open);
  }
  notices();
  parts.following.again();
}

const lead = (message) => trying(() => ask("/api/move", message));

/** Make a code by which somebody comes back to their place, and show it. */
const bringBack = (one) => trying(async () => wayBack(one, await ask("/api/way-back", { person: one.person }), view.room.address));

function notices() {
  fill(parts.notices,
    complaint && make("p", { class: "wb-notice wb-notice-bad" }, complaint),
    is_lost && make("p", { class: "wb-notice wb-notice-warn", id: "wb-lost" }, tell("workshop.board.lost")),
    view?.room.closed && make("p", { class: "wb-notice", id: "wb-closed" }, tell("workshop.board.closed")));
}

function draw() {
  fill(parts.head, head(make("h1", {}, tell("workshop.title.board")), languages(async (code) => { keepLocally("language", code); await speak(code); parts.following.again(); })));
  notices();
  fill(parts.left, steering(view, lead), entrance(view, lead), roll(view, lead, bringBack));
  fill(parts.right, items(view, lead, opened) ?? make("div", { class: "wb-empty" }, make("p", {}, tell("workshop.board.choose"))));
}

function open() {
  for (const name of ["head", "notices", "left", "right"]) parts[name] = make("div");
  parts.notices.setAttribute("role", "status");
  fill(main, parts.head, parts.notices, make("div", { class: "wb-room-panes" }, parts.left, parts.right));
  parts.following = follow("/api/board", {
    shown: (seen) => { view = seen; draw(); },
    trouble: (is) => { if (is !== is_lost) { is_lost = is; notices(); } },
    gone: () => openForTrainers(main, open),
  });
}

await speak(firstLanguage());
openForTrainers(main, open);
