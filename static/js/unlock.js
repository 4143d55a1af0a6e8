/* The lock page: a letter picks a name, a digit goes to the PIN, and all tabs are locked and opened together. */
(() => {
  const form = document.querySelector("[data-unlock-form]");
  const pin = form?.querySelector("input[name=pin]");
  const people = form ? [...form.querySelectorAll("input[name=person]")] : [];
  const named = (radio, letter) => radio.parentElement.textContent.trim().toLocaleLowerCase().startsWith(letter);

  for (const radio of people) {
    radio.addEventListener("click", (event) => { if (event.detail) pin.focus(); }); // by pointer, not by arrow key
    radio.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "Enter") { event.preventDefault(); radio.checked = true; pin.focus(); return; }
      if (/^\d$/.test(event.key)) { pin.focus(); return; }
      const letter = event.key.toLocaleLowerCase();
      const found = [...people.slice(people.indexOf(radio) + 1), ...people].find((one) => letter.length === 1 && letter !== " " && named(one, letter));
      if (found) { found.checked = true; found.focus(); }
    });
  }

  const tabs = new BroadcastChannel("ps-counter");
  tabs.addEventListener("message", (event) => { if (event.data === "open") location.replace(location.pathname); });
  tabs.postMessage("locked");
})();
