/* Single-letter keys. Never inside a text field; off for this computer when the tick in the dialog is taken away. */
(() => {
  const STORE = "ps-keys";
  const PAUSE = 1000; // milliseconds between the first of two keys and the second
  const FIRST = { g: "data-go", i: "data-insert" }; // "go to" and "insert", each with a key after it
  const dialog = document.getElementById("keys");
  const tick = document.getElementById("keys-on");
  const TYPING = "textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=button], [type=submit])";
  let first = "";
  let firstAt = 0;

  const read = () => { try { return localStorage.getItem(STORE) !== "off"; } catch { return true; } };
  const write = (on) => { try { on ? localStorage.removeItem(STORE) : localStorage.setItem(STORE, "off"); } catch { /* private window: the choice lasts for this page */ } };
  let on = read();

  const follow = (selector) => { const link = document.querySelector(selector); if (link) link.click(); return Boolean(link); };
  const search = () => {
    const field = document.querySelector("main input[type=search]");
    if (field) { field.focus(); field.select(); return true; }
    return follow("[data-go=a]");
  };
  const move = (step) => {
    const titles = [...document.querySelectorAll("main .row-title")];
    if (!titles.length) return false;
    const here = titles.indexOf(document.activeElement);
    const next = here < 0 ? (step > 0 ? 0 : titles.length - 1) : Math.min(titles.length - 1, Math.max(0, here + step));
    titles[next].focus();
    return true;
  };
  const show = () => { if (dialog) dialog.showModal(); return Boolean(dialog); };
  const acts = { n: () => follow("[data-key=n]"), "/": search, j: () => move(1), k: () => move(-1), "?": show };

  document.addEventListener("keydown", (event) => {
    if (!on || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest(TYPING) || document.querySelector("dialog[open]")) return;
    const before = Date.now() - firstAt < PAUSE ? first : "";
    first = "";
    if (before && /^[0-9a-z]$/.test(event.key)) { if (follow(`[${FIRST[before]}="${event.key}"]`)) event.preventDefault(); return; }
    if (Object.hasOwn(FIRST, event.key) && document.querySelector(`[${FIRST[event.key]}]`)) { first = event.key; firstAt = Date.now(); return; }
    if (/^[0-9a-z]$/.test(event.key) && follow(`main [data-press="${event.key}"]`)) { event.preventDefault(); return; }
    if (Object.hasOwn(acts, event.key) && acts[event.key]()) event.preventDefault();
  });

  /* Function keys press what names them in aria-keyshortcuts, from inside a text field too; they print nothing. */
  document.addEventListener("keydown", (event) => {
    if (!/^F\d+$/.test(event.key) || event.repeat || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (document.querySelector("dialog[open]")) return;
    const target = [...document.querySelectorAll(`main [aria-keyshortcuts="${event.key}"]`)].find((each) => each.offsetParent);
    if (!target) return;
    event.preventDefault();
    target.click();
    const unfolded = target.tagName === "SUMMARY" && target.parentElement.open;
    if (unfolded) target.parentElement.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  });

  for (const button of document.querySelectorAll("[data-keys-open]")) { button.hidden = false; button.addEventListener("click", show); }
  if (tick) {
    tick.checked = on;
    tick.addEventListener("change", () => { on = tick.checked; write(on); });
  }
})();
