// The page around the widgets: shows them when they are drawn, and says so when they do not come or their kernel ends.
"use strict";

const CHECK_MS = 20000;
// Somebody at work is told at once that a click has nobody to answer it.
const CHECK_AT_WORK_MS = 3000;
const SLOW_MS = 25000;
const texts = JSON.parse(document.getElementById("page-texts").textContent);
const asked = new URLSearchParams(location.search).get("language");
const language = asked in texts ? asked : document.documentElement.lang;
const loading = document.getElementById("page-loading");
const notice = document.getElementById("page-notice");

/** A text in the language the page speaks now: it may have changed since it was opened. @param {string} key */
const say = (key) => (texts[document.documentElement.lang] ?? texts[language])[`serving.page.${key}`];
const page = () => document.getElementById("rendered_cells");
const isReady = () => page()?.classList.contains("is-ready") ?? false;

/** Put the reader's language in place of the server's. */
function translate() {
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll("[data-text]")) {
    element.textContent = texts[language][element.dataset.text];
  }
}

/** Show the page once its first widget has something in it, or once it has failed. */
function show() {
  if (!page()?.querySelector(".wb-page-failed, .wb-part > *, .lm-Widget .lm-Widget > *, .jupyter-widgets > *")) return;
  arrivals.disconnect();
  page().classList.add("is-ready");
  loading.hidden = true;
}

/** Say something above the page, with one click to open it again where the address leads. */
function offer(key) {
  if (!notice.hidden) return;
  const button = document.createElement("button");
  button.textContent = say("resume");
  button.addEventListener("click", () => location.reload());
  notice.replaceChildren(document.createTextNode(say(key)), button);
  notice.hidden = false;
}

let checked = 0;

/** Ask whether the kernel of this page still lives. */
async function check() {
  const config = document.getElementById("jupyter-config-data");
  if (!config || document.hidden || !notice.hidden) return;
  checked = Date.now();
  const kernel = JSON.parse(config.textContent).kernelId;
  try {
    const answer = await fetch(`/alive/${kernel}`, { cache: "no-store" });
    if (answer.status === 404) offer("ended");
    if (answer.status === 410) offer("stopped");
  } catch {
    // The server cannot be reached: it may be starting again, so ask once more later.
  }
}

// Voilà calls this while a page takes long.
window.voila_heartbeat = () => {};
translate();
const arrivals = new MutationObserver(show);
arrivals.observe(document.body, { childList: true, subtree: true });
document.addEventListener("DOMContentLoaded", () => {
  translate();
  show();
  // An answer cut off in the middle has no cell: the kernel could not be started.
  if (!document.querySelector(".wb-page-cell")) offer("failed");
  setTimeout(() => isReady() || offer("slow"), SLOW_MS);
});
setInterval(check, CHECK_MS);
document.addEventListener("visibilitychange", check);
for (const kind of ["pointerdown", "keydown"]) {
  document.addEventListener(kind, () => Date.now() - checked > CHECK_AT_WORK_MS && check(), { passive: true });
}
