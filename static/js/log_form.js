/* Digits choose the channel while no text is being typed; 5 opens the rest. */
(() => {
  const picker = document.querySelector("[data-channel-picker]");
  if (!picker) return;
  const TYPING = "textarea, select, [contenteditable], input:not([type=checkbox], [type=radio])";

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !/^[1-5]$/.test(event.key)) return;
    if (event.target.closest(TYPING) || document.querySelector("dialog[open]")) return;
    const choice = picker.querySelector(`[data-digit="${event.key}"]`);
    if (!choice) return;
    event.preventDefault();
    if (choice.tagName === "SUMMARY") {
      choice.parentElement.open = true;
      picker.querySelector(".channel-more input").focus();
    } else {
      choice.focus();
      choice.click();
    }
  });
})();
