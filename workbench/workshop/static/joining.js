// The forms that a code opens: to join, to come back, and to lead.

/**
 * A form. `fields` are its inputs, `act` sends it and may raise `Refusal`, which is said above the button; `other` leads
 * to another form. While it is sent it cannot be sent twice.
 */
function form(title, lead, fields, label, act, other = null) {
  const alert = make("p", { id: "wb-alert", class: "wb-notice wb-notice-bad", role: "alert", hidden: true });
  const sending = make("button", { id: "wb-send", class: "wb-button wb-primary" }, label);
  const made = make("form", { class: "wb-card wb-room-form", novalidate: true, onsubmit: submit }, make("h1", {}, title), lead && make("p", {}, lead), ...fields, alert, sending, other && make("p", {}, other));
  async function submit(event) {
    event.preventDefault();
    if (sending.disabled) return;
    sending.disabled = true;
    alert.hidden = true;
    try { await act(made); } catch (error) {
      alert.textContent = error instanceof Refusal && error.message ? error.message : tell("workshop.lost");
      alert.hidden = false;
      (made.querySelector("[aria-invalid=true]") ?? sending).focus();
    }
    sending.disabled = false;
  }
  return made;
}

/** A labelled line to type in; `hint` stands under it. */
function line(id, label, extra = {}, hint = "") {
  const described = hint ? { "aria-describedby": `${id}-hint` } : {};
  return make("div", { class: "wb-field" }, make("label", { class: "wb-label", for: id }, label),
    make("input", { id, class: "wb-input", autocomplete: "off", required: true, ...described, ...extra }),
    hint && make("p", { id: `${id}-hint`, class: "wb-soft wb-small" }, hint));
}

/** Mark the one line that is wrong, and what stands there instead. */
function point(id, is_wrong, value = undefined) {
  const field = document.getElementById(id);
  if (is_wrong) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
  if (value !== undefined) field.value = value;
}

/** The form to join; `entered` is called when the browser is known, `back` leads to the form of those who were here. */
function joinForm(entered, changed, back) {
  const ticket = token(); // a lost answer to the same form is no second person
  const code = { autocapitalize: "characters", spellcheck: "false", maxlength: 12, class: "wb-input wb-room-code", value: new URLSearchParams(location.search).get("code") ?? "" };
  const consent = make("label", { class: "wb-room-consent" }, make("input", { type: "checkbox", id: "wb-consent", required: true }), make("span", {}, tell("workshop.join.consent")));
  return form(tell("workshop.join.title"), tell("workshop.join.lead"), [
    line("wb-code", tell("workshop.join.code"), code, tell("workshop.join.code_hint")),
    line("wb-nickname", tell("workshop.join.nickname"), { maxlength: 24, spellcheck: "false" }, tell("workshop.join.nickname_hint")),
    languages(changed), consent,
  ], tell("workshop.join.send"), async (made) => {
    const value = (id) => made.querySelector(`#${id}`).value;
    try {
      await ask("/api/join", { id: ticket, code: value("wb-code"), nickname: value("wb-nickname"), consent: made.querySelector("#wb-consent").checked, language: document.documentElement.lang });
    } catch (error) {
      point("wb-code", error.said?.error === "workshop.code");
      point("wb-consent", error.said?.error === "workshop.consent");
      point("wb-nickname", String(error.said?.error).startsWith("workshop.nickname"), error.said?.suggestion);
      throw error;
    }
    entered();
  }, button("wb-been-here", tell("workshop.join.been_here"), back, { class: "wb-link" }));
}

/** The form of those who were here before and lost their browser; `fresh` leads to the form to join. */
function returnForm(entered, changed, fresh) {
  const mark = token(); // a lost answer to the same form is the same browser
  const code = { autocapitalize: "characters", spellcheck: "false", maxlength: 16, class: "wb-input wb-room-code" };
  return form(tell("workshop.return.title"), tell("workshop.return.lead"), [
    line("wb-return-code", tell("workshop.return.code"), code, tell("workshop.return.code_hint")), languages(changed),
  ], tell("workshop.return.send"), async (made) => {
    try {
      await ask("/api/return", { id: mark, code: made.querySelector("#wb-return-code").value });
    } catch (error) {
      point("wb-return-code", error.said?.error === "workshop.return_code");
      throw error;
    }
    entered();
  }, button("wb-fresh", tell("workshop.return.fresh"), fresh, { class: "wb-link" }));
}

/** The form for trainers. */
function trainerForm(entered) {
  return form(tell("workshop.lead.title"), tell("workshop.lead.lead"), [
    line("wb-code", tell("workshop.lead.code"), { autocapitalize: "characters", spellcheck: "false", maxlength: 20, class: "wb-input wb-room-code" }),
  ], tell("workshop.lead.send"), async (made) => {
    await ask("/api/trainer", { code: made.querySelector("#wb-code").value });
    entered();
  });
}

/** Open a trainer's page: its form first where the browser is not known, then the page itself. */
function openForTrainers(main, open) {
  ask(`/api/${PAGE}`).then(open, (error) => {
    if (error.status !== 401) return pause(1500).then(() => openForTrainers(main, open));
    const show = () => fill(main, head(languages(async (code) => { keepLocally("language", code); await speak(code); show(); })), trainerForm(open));
    show();
  });
}

/** The language this browser chose last, else that of the page. */
const firstLanguage = () => new URLSearchParams(location.search).get("language") ?? (recalled("language") || document.documentElement.lang);
