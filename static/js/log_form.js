/* Digits choose the channel while no text is being typed, and lead on to who it is; 5 shows those after it. */
(() => {
  const picker = document.querySelector("[data-channel-picker]");
  if (!picker) return;
  const TYPING = "textarea, select, [contenteditable], input:not([type=checkbox], [type=radio])";
  const shown = (fields) => [...fields].find((field) => field.offsetParent);

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !/^[0-9]$/.test(event.key)) return;
    if (event.target.closest(TYPING) || document.querySelector("dialog[open]")) return;
    const choice = picker.querySelector(`[data-digit="${event.key}"]`);
    if (!choice) return;
    event.preventDefault();
    if (choice.tagName === "SUMMARY") {
      choice.parentElement.open = true;
      picker.querySelector(".channel-more input").focus();
    } else {
      const more = choice.closest("details");
      if (more) more.open = true;
      choice.click();
      (shown(document.querySelectorAll("#id_who, #id_colleague")) || choice).focus();
    }
  });

  /* The first field has the focus, unless something is wrong or somebody was quicker. */
  if (document.activeElement === document.body) {
    (picker.querySelector("input:checked") || picker.querySelector("input")).focus({ preventScroll: true });
  }

  /* Where somebody was asked for, what became of it is chosen among radios: there the key of the tick takes the first. */
  const tick = document.getElementById("id_on_the_spot");
  const key = tick?.getAttribute("aria-keyshortcuts");
  if (key) document.querySelector('[name="outcome"][value="answered"]')?.setAttribute("aria-keyshortcuts", key);

  /* A known customer brings their language along, unless one was chosen by hand. */
  const language = document.getElementById("id_language");
  const opened = language?.value;
  let byHand = false;
  language?.addEventListener("change", (event) => { if (event.isTrusted) byHand = true; });
  document.getElementById("id_who")?.addEventListener("combobox:take", (event) => {
    if (!language || byHand) return;
    const theirs = event.detail.language;
    language.value = [...language.options].some((option) => option.value === theirs) ? theirs : opened;
  });

  /* An answer that says what stands there already is not put in again: it would be read out once more, close
     the open "Why this date?" and take the focus from "Add to this one". Nor is the sign-in page put in when the
     session has ended; saving leads there, and the draft waits. */
  let last = "";
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { target, xhr, pathInfo } = event.detail;
    if (target.id !== "promise" || xhr.status !== 200) return;
    if (xhr.responseText === last || pathInfo.responsePath !== pathInfo.requestPath) event.detail.shouldSwap = false;
    last = xhr.responseText;
  });
})();
