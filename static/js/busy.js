/* While htmx waits: the old content stays, its place is marked busy, and after 300 ms a thin bar shows. */
(() => {
  const SLOW = 300; // milliseconds
  let waiting = 0;
  let timer = 0;
  const bar = Object.assign(document.createElement("div"), { className: "busy-bar", hidden: true });
  document.body.append(bar);

  document.addEventListener("htmx:beforeRequest", (event) => {
    event.detail.target?.setAttribute("aria-busy", "true");
    if (waiting++ === 0) timer = setTimeout(() => { bar.hidden = false; }, SLOW);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    event.detail.target?.removeAttribute("aria-busy");
    waiting = Math.max(0, waiting - 1);
    if (waiting === 0) { clearTimeout(timer); bar.hidden = true; }
  });

  const toasts = document.getElementById("toasts");
  const tell = (text) => {
    if (!toasts || !text) return;
    const message = Object.assign(document.createElement("div"), { className: "message message-error" });
    message.append(Object.assign(document.createElement("div"), { textContent: text }));
    toasts.replaceChildren(message);
  };
  document.addEventListener("htmx:sendError", () => tell(toasts?.dataset.unreachable));
  document.addEventListener("htmx:responseError", () => tell(toasts?.dataset.refused));
})();
