/* Copies on the server of what is half typed, for their writer alone: of every form on a counter computer, where the
   browser keeps nothing, and elsewhere of forms that say where to keep them, so that they outlast the sign-in. */
(() => {
  const lock = document.querySelector("[data-lock]");
  const keep = (lock || document.querySelector("form[data-keep]"))?.dataset.keep;
  if (!keep) return;
  const DRAFTED = lock ? "form[data-draft-key]" : "form[data-draft-key][data-keep]";
  const PAUSE = 600; // milliseconds after the last key before a copy is sent
  const PATIENCE = 2000; // milliseconds a sign-out waits for the last copy
  const UNTYPED = new Set(["hidden", "radio", "checkbox", "submit", "button", "select-one"]);

  const texts = (form) => [...new FormData(form)].filter(([, value]) => typeof value === "string");
  /* A channel chosen in passing is no draft; what was begun is kept until it is saved, or emptied. */
  const begun = (form) => form.dataset.begun || [...form.elements].some((field) => !UNTYPED.has(field.type) && field.value);
  let typedIn = null;
  let timer = 0;
  let sending = null;
  let sent = Promise.resolve();
  const send = () => {
    clearTimeout(timer);
    if (!timer || !typedIn) return sent;
    timer = 0;
    if (!begun(typedIn)) return sent;
    typedIn.dataset.begun = "1";
    sending?.abort();
    sending = new AbortController();
    const body = new URLSearchParams([...texts(typedIn), ["draft", typedIn.dataset.draftKey]]);
    sent = fetch(keep, { method: "POST", body, signal: sending.signal, keepalive: true }).catch(() => { /* the next copy may get through */ });
    return sent;
  };
  const stop = () => { clearTimeout(timer); timer = 0; sending?.abort(); };
  const typed = (event) => {
    const form = event.target.closest(DRAFTED);
    if (!form) return;
    if (form !== typedIn) send();
    typedIn = form;
    clearTimeout(timer);
    timer = setTimeout(send, PAUSE);
  };
  document.addEventListener("input", typed);
  document.addEventListener("change", typed); // a suggestion that was picked is no input
  addEventListener("pagehide", send);

  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    if (event.target === typedIn || event.target.matches("[data-draft-drop]")) { stop(); typedIn = null; }
  });
  lock?.addEventListener("submit", () => {
    stop();
    if (!typedIn) return;
    const known = new Set([...lock.elements].map((field) => field.name));
    for (const [name, value] of [...texts(typedIn), ["draft", typedIn.dataset.draftKey]]) {
      if (!known.has(name)) lock.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    }
  });
  /* The last words arrive before the sign-in has ended. */
  document.querySelector("form[data-sign-out]")?.addEventListener("submit", (event) => {
    if (!typedIn) return;
    event.preventDefault();
    const waited = new Promise((go) => { setTimeout(go, PATIENCE); });
    Promise.race([send(), waited]).then(() => { typedIn = null; event.target.submit(); });
  });

  const ticked = (field) => field.type === "checkbox" || field.type === "radio";
  const show = (form, kept) => {
    for (const field of form.elements) {
      if (!field.name || field.type === "hidden" || !(field.name in kept || ticked(field))) continue;
      const values = kept[field.name] || [];
      if (ticked(field)) field.checked = values.includes(field.value); else field.value = values[0];
    }
    form.closest("details")?.setAttribute("open", "");
  };
  const waiting = lock ? [...document.querySelectorAll("form[data-draft-key]:not([data-draft-shown])")] : [];
  if (waiting.length && !document.getElementById("error-summary")) {
    fetch(lock.dataset.drafts).then((answer) => (answer.redirected || !answer.ok ? {} : answer.json())).then((kept) => {
      for (const form of waiting) if (form !== typedIn && kept[form.dataset.draftKey]) show(form, kept[form.dataset.draftKey]);
    }).catch(() => { /* they are shown with the next page */ });
  }
})();
