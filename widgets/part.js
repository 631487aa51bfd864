// Functions that all parts share; each part's own module follows this text.

/** The message of a key in the reader's language, its {values} filled in. */
function say(model, key, values = {}) {
  const text = model.get("labels")[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/**
 * An element with attributes and children. Text is always set as text, never as markup.
 * `on` + name adds a listener; true sets a bare attribute; false, null and undefined leave it out.
 */
function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "style") made.style.cssText = value;
    else made.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children.flat()) {
    if (child !== null && child !== undefined && child !== false) made.append(child);
  }
  return made;
}

/** An element of a drawing, with attributes and children. */
const svg = (tag, attributes = {}, ...children) => {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return made;
};

/** A labelled choice. `options` is a list of [value, text]; `change` gets the chosen value. */
function choice(label, options, value, change, extra = {}) {
  const select = make("select", { class: "wb-input", onchange: (event) => change(event.target.value), ...extra });
  for (const [key, text] of options) select.append(make("option", { value: key, selected: key === value }, text));
  return make("label", { class: "wb-field" }, make("span", { class: "wb-label" }, label), select);
}

/** Text with the given [start, end] spans marked, counted in whole signs as Python does; overlapping ones are merged. */
function marked(text, spans, kind = "wb-mark") {
  const signs = Array.from(text);
  return layered(signs.length, spans, kind, (from, to) => [signs.slice(from, to).join("")]);
}

/** What `part(from, to)` makes of the pieces of a text so many signs long, those in the spans as marks of a kind. */
function layered(length, spans, kind, part) {
  const pieces = [];
  let done = 0;
  for (const [start, end] of [...(spans ?? [])].sort((a, b) => a[0] - b[0])) {
    if (end <= done) continue;
    const from = Math.max(start, done);
    pieces.push(...part(done, from), make("mark", { class: kind }, part(from, end)));
    done = end;
  }
  pieces.push(...part(done, length));
  return pieces;
}

/** The address of another app, keeping project, territory and language. */
function address(page, values = {}) {
  const query = new URLSearchParams(location.search);
  const kept = new URLSearchParams();
  for (const name of ["project", "territory", "language"]) if (query.get(name)) kept.set(name, query.get(name));
  for (const [name, value] of Object.entries(values)) if (value) kept.set(name, value);
  const folder = location.pathname.replace(/[^/]*$/, "");
  const ending = location.pathname.endsWith(".ipynb") ? ".ipynb" : "";
  return `${folder}${page}${ending}?${kept}`;
}

/**
 * Put values into the address of this page without loading it again; in JupyterLab the address is not ours.
 * With `is_step` the browser's way back leads to the address before.
 */
function remember(values, is_step = false) {
  if (!document.body.dataset.voila) return;
  queueMicrotask(() => window.dispatchEvent(new Event("wb-moved")));
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(values)) {
    if (value) query.set(name, value);
    else query.delete(name);
  }
  history[is_step ? "pushState" : "replaceState"](history.state, "", `${location.pathname}?${query}`);
}

/**
 * Replace what an element holds. Where an element of the same id is drawn again, the keyboard's place
 * and what is being typed there are kept.
 */
function fill(host, ...children) {
  const active = host.contains(document.activeElement) ? document.activeElement : null;
  const typed = active?.matches("input:not([type=checkbox], [type=radio], [type=file]), textarea") ? [active.value, active.selectionStart] : null;
  host.replaceChildren(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  const again = active?.id ? document.getElementById(active.id) : null;
  if (!again) return;
  again.focus({ preventScroll: true });
  if (typed) {
    again.value = typed[0];
    if (typed[1] !== null) again.setSelectionRange(typed[1], typed[1]); // a number has no place for the cursor
  }
}

/** The name of a language in the reader's one; where the catalogues lack it, as the browser calls it. */
function languageName(model, code) {
  const texts = model.get("labels");
  return texts[`language.${code}`] ?? new Intl.DisplayNames([texts["language.code"] ?? "en"], { type: "language", fallback: "code" }).of(code);
}

/** A number with the reader's decimal sign. */
function number(model, value, digits = 1) {
  if (value === null || value === undefined) return "–";
  const language = model.get("labels")["language.code"] ?? "en";
  if (Number(value.toFixed(digits)) === 0) value = 0; // not "-0.00"
  return value.toLocaleString(language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** A value that this browser keeps between visits; "" where it keeps nothing, as in a private window. */
function recalled(key) {
  try { return localStorage.getItem(`workbench.${key}`) ?? ""; } catch { return ""; }
}

/** Keep a value in this browser, "" to forget it; a private window keeps nothing, and what was chosen lasts for the page. */
function keepLocally(key, value) {
  try {
    if (value) localStorage.setItem(`workbench.${key}`, value);
    else localStorage.removeItem(`workbench.${key}`);
  } catch { /* nothing is kept */ }
}
