/* Copy buttons: "data-copy" names the field whose text is copied. Without this file the field is selected by hand. */
(() => {
  const BACK = 3000; // milliseconds until the button says again what it does
  const copy = async (field) => {
    try { await navigator.clipboard.writeText(field.value); return true; } catch { /* no secure page: the old way */ }
    field.select();
    return document.execCommand("copy");
  };
  for (const button of document.querySelectorAll("[data-copy]")) {
    const field = document.getElementById(button.dataset.copy);
    const label = button.querySelector("[data-copy-label]");
    if (!field || !label) continue;
    const says = label.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      label.textContent = await copy(field) ? button.dataset.copied : button.dataset.failed;
      setTimeout(() => { label.textContent = says; }, BACK);
    });
  }
})();
