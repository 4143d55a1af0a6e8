/* Shared answers: the button puts its text where the cursor stands in the reply. Without this file the server does. */
(() => {
  for (const button of document.querySelectorAll("button[data-insert]")) {
    button.addEventListener("click", (event) => {
      const form = button.form;
      const field = form && form.elements.text;
      const used = form && form.elements.shared_answers;
      if (!field || !used) return;
      event.preventDefault();
      form.closest("details").open = true;
      const before = field.value.slice(0, field.selectionStart);
      const after = field.value.slice(field.selectionEnd);
      const gap = before.trim() ? "\n\n" : "";
      const put = before.trimEnd() + gap + button.dataset.text;
      field.value = put + after;
      used.value = `${used.value} ${button.value}`.trim();
      field.focus();
      field.setSelectionRange(put.length, put.length);
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
})();
