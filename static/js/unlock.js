/* The lock page: a letter picks a name, a digit goes to the PIN, and all tabs are locked and opened together. */
(() => {
  const form = document.querySelector("[data-unlock-form]");
  const pin = form?.querySelector("input[name=pin]");
  const people = form ? [...form.querySelectorAll("input[name=person]")] : [];
  const named = (radio, letter) => radio.parentElement.textContent.trim().toLocaleLowerCase().startsWith(letter);

  for (const radio of people) {
    radio.addEventListener("click", (event) => { if (event.detail) pin.focus(); }); // by pointer, not by arrow key
  }
  /* Keys count from the first moment: the browser moves the focus to the first name only after the page is there. */
  if (people.length) addEventListener("keydown", (event) => {
    const at = people.indexOf(event.target);
    if ((at < 0 && event.target !== document.body) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" && at >= 0) { event.preventDefault(); people[at].checked = true; pin.focus(); return; }
    if (/^\d$/.test(event.key)) { pin.focus(); return; }
    const letter = event.key.toLocaleLowerCase();
    const found = [...people.slice(at + 1), ...people].find((one) => letter.length === 1 && letter !== " " && named(one, letter));
    if (found) { found.checked = true; found.focus(); }
  });

  const tabs = new BroadcastChannel("ps-counter");
  tabs.addEventListener("message", (event) => { if (event.data === "open") location.replace(location.pathname); });
  tabs.postMessage("locked");
})();
