/* A counter computer: lock when left alone, and let the browser keep nothing; server_drafts.js keeps what is half typed. */
(() => {
  const lock = document.querySelector("[data-lock]");
  if (!lock) return;
  const LOOK = 5000; // milliseconds between looks at whether anybody is there
  const ACTIVE = "ps-active";
  const { unlock, idleMinutes } = lock.dataset;

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
