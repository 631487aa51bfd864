/** The territory among its peers: scores with intervals, and the ranks that these allow; worked out when asked. */
function peersOf(model) {
  const { state, share, rows = [], message } = model.get("peers");
  const keys = ["rank", "territory", "score", "interval"].map((name) => `scorecard.peers_${name}`);
  const rankOf = (row) => {
    if (row.rank === null) return "–";
    const alike = rows.filter((other) => other.rank === row.rank).length;
    const among = row.rank_low === row.rank_high ? "" : ` (${row.rank_low}–${row.rank_high})`;
    return `${row.rank}${among}${alike > 1 ? ` = ${alike}` : ""}`;
  };
  const own = model.get("card").territory;
  const lines = rows.map((row) => make("tr", { class: row.id === own ? "wb-own" : "" }, make("th", { scope: "row" }, rankOf(row)),
    cellOf(model, keys[1], row.id === own ? make("b", {}, `▸ ${row.name}`) : make("a", { href: address("scorecard", { territory: row.id }) }, row.name)),
    cellOf(model, keys[2], row.index === null ? say(model, "scorecard.withheld") : number(model, row.index)),
    cellOf(model, keys[3], row.index === null ? "–" : `${number(model, row.low)} – ${number(model, row.high)}`, row.index === null ? null : scoreBar(model, row.index, [row.low, row.high]))));
  return make("section", { id: "wb-peers" }, make("h2", {}, say(model, "scorecard.peers")), make("p", { class: "wb-soft" }, say(model, "scorecard.peers_hint")),
    state === "busy" ? make("progress", { max: 1, value: share ?? 0, "aria-label": say(model, "scorecard.peers_busy") })
      : make("p", { class: "wb-noprint" }, make("button", { type: "button", class: "wb-button", id: "wb-peers-start", onclick: () => model.send({ kind: "peers" }) }, say(model, rows.length > 0 ? "scorecard.peers_again" : "scorecard.peers_start"))),
    message ? make("p", { class: "wb-notice", role: "status" }, message) : null,
    rows.length > 0 ? tableOf(model, "", keys, lines) : null);
}
