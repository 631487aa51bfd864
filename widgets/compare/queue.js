/** The reader's own queue: what is still to judge, what was put off, and where the calibration stands. */
function queueOf(model) {
  const store = () => { try { return JSON.parse(sessionStorage.getItem("workbench.later") ?? "[]"); } catch { return []; } };
  let later = store();
  const isOpen = (entry) => !(entry.card in model.get("verdicts"));
  return {
    /** Open ones first, then what was put off, then what is done; the current one keeps its place. */
    entries: (current) => {
      const all = model.get("queue");
      const open = all.filter((entry) => isOpen(entry) || entry.card === current);
      const put = open.filter((entry) => later.includes(entry.card)).sort((a, b) => later.indexOf(a.card) - later.indexOf(b.card));
      return [...open.filter((entry) => !later.includes(entry.card)), ...put, ...all.filter((entry) => !open.includes(entry))];
    },
    isOpen,
    isLater: (card) => later.includes(card),
    putOff: (card) => {
      later = [...later.filter((one) => one !== card), card];
      try { sessionStorage.setItem("workbench.later", JSON.stringify(later)); } catch { /* a private window keeps nothing; it is put off for this page */ }
    },
    notices: () => [
      model.get("calibration") ? make("p", { class: "wb-notice wb-small", id: "wb-calibration" }, model.get("calibration")) : null,
      model.get("may_judge") ? null : make("p", { class: "wb-notice wb-notice-warn", role: "note", id: "wb-only-reading" }, say(model, "compare.only_reading"), " ", make("a", { href: address("start") }, say(model, "steps.start"))),
    ],
  };
}
