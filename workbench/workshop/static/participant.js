// The participant's page: to join, to wait, to work; it comes back to where it was.

const main = document.getElementById("wb-main");
const parts = {};
let view = null;
let exercise = null; // its words, in the reader's language
let drawn = null; // the part that draws it
let is_lost = false;
let complaint = "";
const sent = {}; // item → the mark of the answer that was kept last
let refused = null;
const fold = { is_open: matchMedia("(min-width: 621px)").matches }; // on a phone the question comes first

const box = outboxOf({
  kept(said, message) {
    complaint = "";
    refused = null;
    if (message.value !== undefined && message.exercise === view?.state.exercise) sent[message.item] = message.id;
    if (said.view) see(said.view);
  },
  refused(text, message) {
    complaint = text;
    refused = { item: message.item, id: message.id, text };
    if (exercise) draw();
    else notices();
  },
  changed: () => notices(),
});

/** Send what somebody said; it waits in this browser until it is kept. */
function send({ kind, item, value, number, id }) {
  const { exercise: of, round } = view.state;
  if (kind === "answer") box.add("/api/answer", { id: id ?? token(), exercise: of, round, item, value });
  if (kind === "hint") box.add("/api/hint", { id: id ?? token(), exercise: of, item, number: number ?? (view.hints?.[item]?.length ?? 0) + 1 });
}

function enter() {
  parts.following?.again();
  parts.head = make("div");
  parts.round = make("section", { class: "wb-room-now", "aria-live": "polite" });
  parts.notices = make("div", { id: "wb-saving", role: "status" });
  parts.beside = make("div");
  parts.work = make("div", { id: "wb-work", onclick: compare }); // a click may have led to another question
  fill(main, parts.head, parts.round, parts.notices, parts.beside, parts.work);
  parts.following ??= follow("/api/me", { shown: see, trouble: (is) => { is_lost = is; notices(); }, gone });
  box.send();
}

/** Not known any more: taken out, or gone on in another browser. What waits here is nobody's now. */
function gone(error) {
  const dropped = box.count();
  parts.following = null;
  view = exercise = drawn = null;
  box.forget();
  join(error.message, dropped);
}

/** The forms to join and to come back; `why` says why this browser is out, `dropped` how much of it was not sent. */
function join(why = "", dropped = 0) {
  let makeForm = joinForm;
  const notice = () => why && make("p", { class: "wb-notice wb-notice-warn", id: "wb-out", role: "alert" }, why, dropped ? ` ${tell("workshop.saving.dropped", { count: dropped })}` : "");
  const show = () => fill(main, head(), notice(), makeForm(enter, changed, other));
  const other = () => {
    makeForm = makeForm === joinForm ? returnForm : joinForm;
    show();
    main.querySelector("form input").focus();
  };
  const changed = async (code) => {
    keepLocally("language", code);
    await speak(code);
    if (why) why = await ask("/api/me").then(() => why, (error) => error.message || why); // the same sentence in that language
    show();
  };
  show();
}

/** Draw what may be seen now. */
async function see(seen) {
  view = seen;
  if (view.me.language !== document.documentElement.lang) await speak(view.me.language);
  const { exercise: open } = view.state;
  if (!open) exercise = drawn = null;
  else if (exercise?.id !== open || parts.language !== view.me.language) {
    const wanted = view;
    let found;
    try { found = await ask(`/api/exercise?id=${encodeURIComponent(open)}`); } catch { return parts.following?.again(); }
    if (view !== wanted) return; // another came meanwhile
    exercise = found;
    drawn = null;
  }
  if (parts.language !== view.me.language || !parts.head.firstChild) heading();
  parts.language = view.me.language;
  draw();
}

function heading() {
  fill(parts.head, head(make("p", { class: "wb-soft" }, view.me.nickname), languages(async (code) => {
    keepLocally("language", code);
    await ask("/api/language", { language: code }).then((said) => see(said.view), () => notices());
  })));
}

function draw() {
  const { state } = view;
  fill(parts.round, state.exercise ? rounds(state.round) : null, make("p", { class: "wb-room-guide" }, guide(view)),
    state.paused && make("p", { class: "wb-notice wb-notice-warn", id: "wb-paused" }, tell("workshop.now.paused")));
  notices();
  if (!state.exercise || !exercise) {
    fill(parts.beside);
    fill(parts.work, make("div", { class: "wb-empty", id: "wb-waiting" }, make("h1", {}, tell(state.closed ? "workshop.closed.title" : "workshop.waiting.title")),
      make("p", {}, tell(state.closed ? "workshop.closed.text" : "workshop.waiting.text"))));
    return;
  }
  // What waits since before the page was loaded is shown as said.
  const answers = { ...view.answers };
  for (const item of exercise.items) {
    const said = box.older(exercise.id, item.id, state.round);
    if (said !== undefined) answers[item.id] = said;
  }
  const led = state.discussed || (state.round === "alone" ? "" : exercise.items.find((item) => !answers[item.id])?.id);
  const shown = { exercise, answers, sent, refused, feedback: view.feedback, hints: view.hints, overall: view.overall, state };
  // Another round begins anew, at the first question that is open in it.
  if (!drawn || parts.turn !== state.round) {
    parts.turn = state.round;
    parts.led = led;
    for (const item of Object.keys(sent)) delete sent[item];
    fill(parts.work);
    drawn = exerciseView({ host: parts.work, say: tell, view: shown, send });
    if (led) drawn.update({ ...shown, state: { ...state, item: led } });
  } else {
    if (state.discussed) parts.led = state.discussed;
    drawn.update({ ...shown, state: { ...state, item: parts.led } });
  }
  compare();
}

/** What the two said alone, to the question on the screen. */
function compare() {
  if (!view || !exercise) return;
  const at = Number(parts.work.querySelector(".wb-x-dot[aria-current]")?.id.split("-").at(-1) ?? 0);
  fill(parts.beside, together(view, exercise, fold, at));
}

function notices() {
  if (!parts.notices || !view) return;
  const count = box.count();
  const late = is_lost || box.isLate();
  fill(parts.notices,
    complaint && make("p", { class: "wb-notice wb-notice-bad" }, complaint),
    late ? make("p", { class: "wb-notice wb-notice-warn", id: "wb-lost" }, count ? tell("workshop.saving.waits", { count }) : tell("workshop.lost"))
      : view.state.exercise && make("p", { class: "wb-soft wb-small", id: "wb-saved" }, tell(count ? "workshop.saving.now" : "workshop.saving.done")));
}

await speak(firstLanguage());
try {
  await ask("/api/me");
  enter();
} catch (error) {
  if (error.said?.error === "workshop.moved") gone(error);
  else if (error.status === 401) join();
  else enter();
}
