const NOTHING = { document: null, provision: null, page: null, place: "", link: "", note: "", reason: "" };
const TYPING_MS = 400;

/**
 * What was given and the server has not kept yet, in the order it was given; and what was begun without a level.
 * Both outlive a reload of the page: what waits is sent again under the same token, and a token counts once.
 */
function savingOf(model, changed) {
  let waiting = [];
  let begun = {};
  let sent = 0;
  const typing = new Map();
  const keyOf = (item, basis) => `${item}|${basis}`;
  const place = () => ["workbench.answers", model.get("project"), model.get("territory"), model.get("respondent")].join("|");
  const is_page = Boolean(document.body.dataset.voila);

  function store() {
    if (!is_page) return;
    try {
      if (waiting.length === 0 && Object.keys(begun).length === 0) sessionStorage.removeItem(place());
      else sessionStorage.setItem(place(), JSON.stringify({ waiting, begun }));
    } catch { /* a private window keeps nothing: what waits is lost with the page */ }
  }

  /** Send again what an earlier page of this window had not seen kept. */
  function resume() {
    let known = null;
    try { known = is_page ? JSON.parse(sessionStorage.getItem(place())) : null; } catch { /* not ours */ }
    waiting = known?.waiting ?? [];
    begun = known?.begun ?? {};
    for (const message of waiting) send(message);
  }

  function send(message) {
    sent += 1;
    message.sent = sent;
    message.round = model.get("round");
    model.send(message);
  }

  const token = () => Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const last = (item, basis) => waiting.findLast((one) => one.item === item && one.basis === basis);
  const kept = (item, basis) => model.get("answers")[item]?.[basis];
  /** What is answered: sent already or kept; undefined while nothing is. */
  const newest = (item, basis) => last(item, basis) ?? kept(item, basis);
  const shown = (item, basis) => newest(item, basis) ?? { ...NOTHING, ...begun[keyOf(item, basis)] };

  /** Take down what was chosen or typed; it is sent once there is a level, or words where words are asked. */
  function give(item, basis, changes, { is_open = false, kind = "answer" } = {}) {
    const { level, document: paper, provision, page, place: where, link, note, reason } = { ...shown(item, basis), ...changes };
    const values = { level, document: paper, provision, page, place: where, link, note, reason };
    if (is_open ? !reason.trim() : level === undefined || level === null) {
      if (!newest(item, basis)) begun[keyOf(item, basis)] = values;
      store();
      return changed();
    }
    delete begun[keyOf(item, basis)];
    const seen = last(item, basis) ? null : kept(item, basis)?.version ?? 0;
    const message = { kind, item, basis, ...values, level: is_open ? null : level, seen, token: token() };
    waiting.push(message);
    store();
    send(message);
    changed();
  }

  /** Wait until typing, or walking with the arrow keys, pauses. */
  function later(key, act) {
    clearTimeout(typing.get(key)?.timer);
    const now = () => { typing.delete(key); act(); changed(); };
    typing.set(key, { timer: setTimeout(now, TYPING_MS), now });
    changed();
  }
  const flush = () => { for (const { timer, now } of [...typing.values()]) { clearTimeout(timer); now(); } };

  model.on("msg:custom", (message) => {
    if (message.kind !== "kept") return;
    waiting = waiting.filter((one) => one.sent !== message.sent);
    store();
    changed();
  });
  model.on("change:round", () => { waiting = []; store(); });
  addEventListener("pagehide", flush);

  return { give, later, flush, resume, newest, shown, isWaiting: (key) => typing.has(key), count: () => waiting.length + typing.size };
}

/** Whether an answer is a level that asks for something that shows it, and has nothing. */
const lacksEvidence = (answer) => Number(answer?.level) >= 3 && !(answer.document || answer.link || answer.note.trim());
