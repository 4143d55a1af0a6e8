/* A counter computer: lock with what is half typed, lock when left alone, and let the browser keep nothing. */
(() => {
  const lock = document.querySelector("[data-lock]");
  if (!lock) return;
  const PAUSE = 600; // milliseconds after the last key before a copy is sent
  const LOOK = 5000; // milliseconds between looks at whether anybody is there
  const ACTIVE = "ps-active";
  const { keep, drafts, unlock, idleMinutes } = lock.dataset;

  /* Drafts go to the server, to be shown to their writer only. */
  const texts = (form) => [...new FormData(form)].filter(([, value]) => typeof value === "string");
  let typedIn = null;
  let timer = 0;
  let sending = null;
  const send = () => {
    clearTimeout(timer);
    if (!timer || !typedIn) return;
    timer = 0;
    sending?.abort();
    sending = new AbortController();
    const body = new URLSearchParams([...texts(typedIn), ["draft", typedIn.dataset.draftKey]]);
    fetch(keep, { method: "POST", body, signal: sending.signal, keepalive: true }).catch(() => { /* the next copy may get through */ });
  };
  const stop = () => { clearTimeout(timer); timer = 0; sending?.abort(); };
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-draft-key]");
    if (!form) return;
    if (form !== typedIn) send();
    typedIn = form;
    clearTimeout(timer);
    timer = setTimeout(send, PAUSE);
  });
  document.addEventListener("submit", (event) => { if (event.target === typedIn) { stop(); typedIn = null; } });
  addEventListener("pagehide", send);

  const ticked = (field) => field.type === "checkbox" || field.type === "radio";
  const show = (form, typed) => {
    for (const field of form.elements) {
      if (!field.name || field.type === "hidden" || !(field.name in typed || ticked(field))) continue;
      const values = typed[field.name] || [];
      if (ticked(field)) field.checked = values.includes(field.value); else field.value = values[0];
    }
    form.closest("details")?.setAttribute("open", "");
  };
  const waiting = [...document.querySelectorAll("form[data-draft-key]:not([data-draft-shown])")];
  if (waiting.length && !document.getElementById("error-summary")) {
    fetch(drafts).then((answer) => (answer.redirected || !answer.ok ? {} : answer.json())).then((kept) => {
      for (const form of waiting) if (form !== typedIn && kept[form.dataset.draftKey]) show(form, kept[form.dataset.draftKey]);
    }).catch(() => { /* they are shown with the next page */ });
  }

  lock.addEventListener("submit", () => {
    stop();
    if (!typedIn) return;
    const known = new Set([...lock.elements].map((field) => field.name));
    for (const [name, value] of [...texts(typedIn), ["draft", typedIn.dataset.draftKey]]) {
      if (!known.has(name)) lock.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    }
  });

  /* Nobody there: lock. Any tab counts, so the time is kept where all tabs see it. */
  let seen = Date.now();
  const stamp = () => {
    if (Date.now() - seen < 1000) return;
    seen = Date.now();
    try { localStorage.setItem(ACTIVE, seen); } catch { /* private window: each tab for itself */ }
  };
  const last = () => { try { return Math.max(seen, Number(localStorage.getItem(ACTIVE))); } catch { return seen; } };
  for (const sign of ["pointerdown", "pointermove", "keydown", "wheel"]) addEventListener(sign, stamp, { passive: true, capture: true });
  const watch = setInterval(() => {
    if (Date.now() - last() <= idleMinutes * 60000) return;
    clearInterval(watch);
    lock.requestSubmit();
  }, LOOK);

  /* What the browser kept before this computer was registered, and other tabs when one is locked. */
  try { Object.keys(sessionStorage).filter((key) => key.startsWith("ps-draft")).forEach((key) => sessionStorage.removeItem(key)); } catch { /* nothing kept */ }
  const tabs = new BroadcastChannel("ps-counter");
  tabs.addEventListener("message", (event) => { if (event.data === "locked") location.replace(unlock); });
  tabs.postMessage("open");
})();
