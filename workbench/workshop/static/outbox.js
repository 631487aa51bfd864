// What was said and the server has not kept yet: it waits in this browser and is sent again under the same mark.

/**
 * `kept` gets what the server says to a message it kept, `refused` a sentence; `changed` is called as the number of
 * those that wait changes. A closed lid, a lost network or a server that starts again loses nothing.
 */
function outboxOf({ kept, refused, changed }) {
  const place = `workbench.workshop.${ROOM}`;
  let waiting = [];
  let is_sending = false;
  let failed = 0;
  try { waiting = JSON.parse(localStorage.getItem(place)) ?? []; } catch { /* nothing of ours */ }
  for (const one of waiting) one.is_older = true;

  function store() {
    try {
      if (waiting.length) localStorage.setItem(place, JSON.stringify(waiting));
      else localStorage.removeItem(place);
    } catch { /* a private window keeps nothing: what waits lasts as long as the page */ }
    changed();
  }

  async function send() {
    if (is_sending) return;
    is_sending = true;
    while (waiting.length) {
      const { path, message } = waiting[0];
      try {
        const said = await ask(path, message, AbortSignal.timeout?.(15_000));
        failed = 0;
        waiting.shift();
        store();
        kept(said, message);
      } catch (error) {
        // Told to wait, not let in for now, or nobody there: that passes. All else would be refused again.
        if (error instanceof Refusal && error.status < 500 && ![401, 408, 429].includes(error.status)) {
          waiting.shift();
          store();
          refused(error.message, message);
          continue;
        }
        if (error.status === 401) break;
        failed += 1;
        changed();
        await pause(AGAIN_MS[Math.min(failed, AGAIN_MS.length - 1)] * (0.75 + Math.random() / 2));
      }
    }
    is_sending = false;
    changed();
  }

  addEventListener("online", send);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") send(); });
  return {
    add(path, message) {
      if (waiting.some((one) => one.message.id === message.id)) return;
      waiting.push({ path, message });
      store();
      send();
    },
    send,
    forget() { waiting = []; store(); },
    count: () => waiting.length,
    isLate: () => failed > 0,
    /** What was said to an item before this page was loaded, undefined where nothing of it waits. */
    older: (exercise, item, round) =>
      waiting.findLast(({ is_older, message }) => is_older && message.value !== undefined && message.exercise === exercise && message.item === item && message.round === round)?.message.value,
  };
}
