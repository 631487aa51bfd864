// How a page of the workshop talks: its texts, one request, and following what the server has to say.

const PAGE = document.body.dataset.page;
const ROOM = document.body.dataset.room;
const LANGUAGES = JSON.parse(document.body.dataset.texts);
const PATIENCE_MS = 40_000; // an answer that waits for news comes within 20 seconds
const AGAIN_MS = [400, 800, 1500, 3000]; // after so long a page asks again, each time a little later
let labels = {};
/** Looks like a widget's model to the functions that all parts share. */
const model = { get: (name) => (name === "labels" ? labels : undefined) };
const tell = (key, values) => say(model, key, values);

/** Load the texts of a language. */
async function speak(language) {
  const found = await fetch(LANGUAGES[language] ?? LANGUAGES.en);
  if (!found.ok) throw new Error(String(found.status));
  labels = await found.json();
  document.documentElement.lang = labels["language.code"];
  document.title = tell(`workshop.title.${PAGE}`);
}

/** What the server refused: `status`, and its sentence as message. */
class Refusal extends Error {
  constructor(status, said) {
    super(said.text ?? "");
    this.status = status;
    this.said = said;
  }
}

/** One request; with a message it changes something. Raises `Refusal`, or `TypeError` where nobody answers. */
async function ask(path, message = undefined, signal = undefined) {
  const headers = { "X-Language": document.documentElement.lang };
  if (message !== undefined) headers["Content-Type"] = "application/json";
  const found = await fetch(path, {
    method: message === undefined ? "GET" : "POST", headers, signal, cache: "no-store", credentials: "same-origin",
    body: message === undefined ? undefined : JSON.stringify(message),
  });
  const said = await found.json().catch((error) => {
    if (error instanceof SyntaxError) return {};
    throw error; // the line broke, or was broken off, while it was read
  });
  if (!found.ok) throw new Refusal(found.status, said);
  return said;
}

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
const token = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");

/**
 * Follow an address: `shown` gets every new view, `trouble` true or false as the server is lost and found again,
 * `gone` is called once, with the refusal, when the reader may see it no longer.
 */
function follow(path, { shown, trouble, gone }) {
  let seen = "";
  let failed = 0;
  let breaking = new AbortController();
  // An opened lid, a network that came back: what was waited for may never come on the old line.
  const wake = () => { if (document.visibilityState === "visible") breaking.abort(); };
  document.addEventListener("visibilitychange", wake);
  addEventListener("online", wake);
  addEventListener("pageshow", (event) => { if (event.persisted) wake(); });
  const run = async () => {
    for (;;) {
      breaking = new AbortController();
      const patience = setTimeout(() => breaking.abort(), PATIENCE_MS);
      try {
        const view = await ask(`${path}?seen=${encodeURIComponent(seen)}`, undefined, breaking.signal);
        failed = 0;
        trouble(false);
        if (view.version !== seen) shown(view);
        seen = view.version;
      } catch (error) {
        if (error.status === 401) return gone(error);
        if (error.name !== "AbortError") {
          trouble(true);
          await pause(AGAIN_MS[Math.min(failed, AGAIN_MS.length - 1)] * (0.75 + Math.random() / 2));
          failed += 1;
        }
      } finally { clearTimeout(patience); }
    }
  };
  run();
  return { again: () => { seen = ""; breaking.abort(); } };
}

/** The choice of a language. */
const languages = (chosen) =>
  choice(tell("workshop.language"), Object.keys(LANGUAGES).map((code) => [code, tell(`language.${code}`)]), document.documentElement.lang, chosen, { id: "wb-language" });

/** The name of the product and what stands beside it, at the head of each page. */
const head = (...beside) =>
  make("header", { class: "wb-room-head" }, make("p", { class: "wb-room-name" }, tell("serving.product")), ...beside);

/** A button. */
const button = (id, text, act, extra = {}) => make("button", { type: "button", id, class: "wb-button", onclick: act, ...extra }, text);
