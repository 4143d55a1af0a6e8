/* The bar of verbs under a list: how many rows are ticked, all of a table at once, hidden while nothing is. */
(() => {
  for (const bar of document.querySelectorAll("[data-bulk]")) {
    const form = document.getElementById(bar.dataset.bulk);
    const said = bar.querySelector("[data-bulk-count]");
    if (!form || !said) continue;
    const picks = () => [...form.elements].filter((field) => field.matches(".row-pick:not([data-pick-all])"));
    const tell = () => {
      const count = picks().filter((field) => field.checked).length;
      const { none, one, many } = said.dataset;
      said.textContent = [none, one][count] ?? many.replace("%n", count);
      bar.hidden = count === 0;
    };
    document.addEventListener("change", (event) => {
      const all = event.target.closest("[data-pick-all]");
      if (all) all.closest("table").querySelectorAll(".row-pick:not([data-pick-all])").forEach((field) => { field.checked = all.checked; });
      if (all || picks().includes(event.target)) tell();
    });
    document.addEventListener("htmx:afterSwap", tell);
    addEventListener("pageshow", tell);
    tell();
  }
})();
