/* Every form: focus on what is wrong, Ctrl+Enter saves, a second press does nothing, a draft survives a reload. */
(() => {
  const DRAFT = "ps-draft:";
  const AGAIN = 8000; // milliseconds after which a form without an answer may be sent again

  const wrong = document.querySelector("[data-focus]");
  if (wrong) wrong.focus();

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    const form = event.target.closest("form[method=post]");
    if (!form || form.closest(".rail")) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector("[data-save]") || undefined);
  });

  /* The button is not disabled: its name and value must still be sent. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sent) { event.preventDefault(); event.stopImmediatePropagation(); return; }
    form.dataset.sent = "1";
    form.setAttribute("aria-busy", "true");
    setTimeout(() => release(form), AGAIN);
  }, true);
  const release = (form) => { delete form.dataset.sent; form.removeAttribute("aria-busy"); };
  addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));
  document.addEventListener("htmx:afterRequest", (event) => { if (event.target.matches("form")) release(event.target); });

  for (const opener of document.querySelectorAll("[data-dialog]")) {
    opener.addEventListener("click", (event) => {
      const dialog = document.getElementById(opener.dataset.dialog);
      if (!dialog) return;
      event.preventDefault();
      dialog.showModal();
    });
  }

  /* These drafts live in this tab only, and go with sign-out; a counter computer keeps none. See server_drafts.js for others. */
  if (document.querySelector("[data-lock]")) return;
  const store = (() => { try { return window.sessionStorage; } catch { return null; } })();
  if (!store) return;
  const forget = (test) => Object.keys(store).filter((key) => key.startsWith(DRAFT) && test(key)).forEach((key) => store.removeItem(key));
  const kept = (field) => field.name && !field.disabled && !["hidden", "password", "file", "submit", "button"].includes(field.type);
  const ticked = (field) => field.type === "checkbox" || field.type === "radio";
  const read = (form) => [...form.elements].filter(kept).map((field) => [field.name, ticked(field) ? field.value : null, ticked(field) ? field.checked : field.value]);
  const write = (form, rows) => {
    for (const [name, value, state] of rows) {
      const field = [...form.elements].find((one) => one.name === name && kept(one) && (value === null || one.value === value));
      if (!field) continue;
      if (ticked(field)) field.checked = state; else field.value = state;
    }
    form.dispatchEvent(new Event("change", { bubbles: true }));
  };

  /* Sent and answered with success: the draft has served. A page with errors, or none at all, keeps it. */
  const SENT = "ps-draft-sent";
  const sent = store.getItem(SENT);
  if (sent && document.querySelector(".message-success, [data-draft-saved]")) forget((key) => key === sent);
  store.removeItem(SENT);
  const signOut = document.querySelector("form[data-sign-out]");
  if (signOut) signOut.addEventListener("submit", () => forget(() => true));
  const afresh = document.querySelector("form[data-draft-drop]");
  if (afresh) afresh.addEventListener("submit", () => forget((key) => key === DRAFT + afresh.dataset.draftDrop));
  for (const form of document.querySelectorAll("form[data-draft-key]")) {
    const key = DRAFT + form.dataset.draftKey;
    const saved = store.getItem(key);
    /* After an error the server has sent the typed text back; it is the newer one. */
    if (saved && !document.getElementById("error-summary")) { try { write(form, JSON.parse(saved)); } catch { store.removeItem(key); } }
    form.addEventListener("submit", () => store.setItem(SENT, key));
    form.addEventListener("input", () => store.setItem(key, JSON.stringify(read(form))));
    form.addEventListener("reset", () => store.removeItem(key));
  }
})();
