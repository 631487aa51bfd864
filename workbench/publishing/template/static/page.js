// The page around the widgets: shows them when they are drawn, and says so when their kernel has ended.
"use strict";

const CHECK_MS = 20000;
const texts = JSON.parse(document.getElementById("page-texts").textContent);
const asked = new URLSearchParams(location.search).get("language");
const language = asked in texts ? asked : document.documentElement.lang;
const loading = document.getElementById("page-loading");
const notice = document.getElementById("page-notice");

/** @param {string} key */
const say = (key) => texts[language][`serving.page.${key}`];

document.documentElement.lang = language;
for (const element of document.querySelectorAll("[data-text]")) {
  element.textContent = texts[language][element.dataset.text];
}

/** Show the widgets once the first of them has something in it, or once the page has failed. */
function watch() {
  const page = document.getElementById("rendered_cells");
  const isDrawn = () => page.querySelector(".wb-page-failed") || page.querySelector(".lm-Widget > *, .jupyter-widgets > *");
  const show = () => {
    if (!isDrawn()) return;
    observer.disconnect();
    page.classList.add("is-ready");
    loading.hidden = true;
  };
  const observer = new MutationObserver(show);
  observer.observe(page, { childList: true, subtree: true });
  show();
}

/** Say that the page has been closed on the server, with one click to go on where the address leads. */
function ended() {
  if (!notice.hidden) return;
  const button = document.createElement("button");
  button.textContent = say("resume");
  button.addEventListener("click", () => location.reload());
  notice.replaceChildren(document.createTextNode(say("ended")), button);
  notice.hidden = false;
}

/** Ask whether the kernel of this page still lives. */
async function check() {
  const config = document.getElementById("jupyter-config-data");
  if (!config || document.hidden || !notice.hidden) return;
  const kernel = JSON.parse(config.textContent).kernelId;
  try {
    const answer = await fetch(`/alive/${kernel}`, { cache: "no-store" });
    if (answer.status === 404) ended();
  } catch {
    // The server cannot be reached: it may be starting again, so ask once more later.
  }
}

watch();
setInterval(check, CHECK_MS);
document.addEventListener("visibilitychange", check);
