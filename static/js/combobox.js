/* A text field with suggestions, after the ARIA 1.2 combobox pattern. Without this file it is a plain text field. */
(() => {
  const WAIT = 200; // milliseconds after the last key
  const LEAST = 2; // characters before anything is asked
  let number = 0;

  class Combobox {
    constructor(box) {
      this.box = box;
      this.input = box.querySelector("input");
      this.value = document.getElementById(box.dataset.comboboxValue || "");
      this.strip = box.parentElement.querySelector("[data-picked]");
      this.active = -1;
      this.build();
      this.listen();
    }

    build() {
      const id = `combobox-${++number}`;
      this.list = Object.assign(document.createElement("ul"), { id, className: "combobox-list", hidden: true });
      this.list.setAttribute("role", "listbox");
      this.list.setAttribute("aria-label", this.box.dataset.listLabel);
      this.said = Object.assign(document.createElement("div"), { className: "visually-hidden" });
      this.said.setAttribute("role", "status");
      this.box.append(this.list, this.said);
      const marks = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id, autocomplete: "off" };
      this.input.removeAttribute("list"); // a plain list of choices is for pages without JavaScript
      for (const [name, mark] of Object.entries(marks)) this.input.setAttribute(name, mark);
    }

    listen() {
      this.input.addEventListener("input", (event) => { if (event.isTrusted) this.typed(); });
      this.input.addEventListener("keydown", (event) => this.key(event));
      this.input.addEventListener("blur", () => this.close());
      /* mousedown: a click would come after the blur that closes the list. */
      this.list.addEventListener("mousedown", (event) => {
        event.preventDefault();
        const option = event.target.closest("[role=option]");
        if (option) this.pick(option);
      });
    }

    typed() {
      this.take("");
      clearTimeout(this.timer);
      if (this.input.value.trim().length < LEAST) { this.close(); return; }
      this.timer = setTimeout(() => this.ask(), WAIT);
    }

    async ask() {
      this.asking?.abort();
      this.asking = new AbortController();
      const url = new URL(this.box.dataset.comboboxUrl, location.href);
      url.searchParams.set("q", this.input.value.trim());
      try {
        const answer = await fetch(url, { signal: this.asking.signal, headers: { "X-Requested-With": "XMLHttpRequest" } });
        if (answer.ok && !answer.redirected && document.activeElement === this.input) this.show(await answer.text());
      } catch (error) {
        if (error.name !== "AbortError") this.close();
      }
    }

    show(html) {
      const page = new DOMParser().parseFromString(html, "text/html");
      const options = [...page.querySelectorAll("[role=option]")];
      this.list.replaceChildren(...options.map((option) => document.adoptNode(option)), this.asTyped());
      this.options.forEach((option, index) => { option.id = `${this.list.id}-${index}`; option.setAttribute("aria-selected", "false"); });
      this.active = -1;
      this.open(true);
      const { countNone, countOne, countMany } = this.box.dataset;
      this.said.textContent = [countNone, countOne][options.length] ?? countMany.replace("%n", options.length);
    }

    asTyped() {
      const line = Object.assign(document.createElement("li"), { className: "use-as-typed", textContent: this.box.dataset.asTyped });
      line.setAttribute("role", "option");
      return line;
    }

    get options() { return [...this.list.querySelectorAll("[role=option]")]; }

    open(yes) {
      this.list.hidden = !yes;
      this.input.setAttribute("aria-expanded", String(yes));
      if (!yes) { this.active = -1; this.input.removeAttribute("aria-activedescendant"); }
    }

    close() { clearTimeout(this.timer); this.asking?.abort(); this.open(false); }

    move(step) {
      const options = this.options;
      options[this.active]?.setAttribute("aria-selected", "false");
      this.active = (this.active + step + options.length + (this.active < 0 && step < 0 ? 1 : 0)) % options.length;
      const option = options[this.active];
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      this.input.setAttribute("aria-activedescendant", option.id);
    }

    key(event) {
      const shown = !this.list.hidden;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (shown) this.move(event.key === "ArrowDown" ? 1 : -1); else if (this.input.value.trim().length >= LEAST) this.ask();
      } else if (event.key === "Enter" && shown && this.active >= 0 && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        this.pick(this.options[this.active]);
      } else if (event.key === "Escape" && (shown || this.input.value)) {
        event.preventDefault();
        if (shown) this.close(); else { this.input.value = ""; this.take(""); }
      }
    }

    pick(option) {
      if (!option.classList.contains("use-as-typed")) {
        this.input.value = option.dataset.text || option.firstChild.textContent.trim();
        this.take(option.dataset.value || "", option);
      }
      this.close();
      this.input.dispatchEvent(new Event("change", { bubbles: true }));
    }

    /* Keep the picked value and show who it is; an empty value takes both away. */
    take(value, option) {
      if (this.value && this.value.value !== value) {
        this.value.value = value;
        this.value.dispatchEvent(new Event("change", { bubbles: true }));
        this.input.dispatchEvent(new CustomEvent("combobox:take", { bubbles: true, detail: { ...option?.dataset } }));
      }
      if (!this.strip) return;
      this.strip.hidden = !value;
      if (!value) return;
      this.strip.querySelector("[data-picked-name]").textContent = this.input.value;
      this.strip.querySelector("[data-picked-more]").textContent = option.querySelector("span")?.textContent.trim() || "";
      const page = this.strip.querySelector("[data-picked-page]");
      if (page) page.href = `${page.dataset.pickedPage}${value}/`;
    }
  }

  const start = (root) => root.querySelectorAll(".combobox[data-combobox-url]:not([data-ready])").forEach((box) => {
    box.dataset.ready = "1";
    const combobox = new Combobox(box);
    combobox.strip?.querySelector("button").addEventListener("click", () => {
      combobox.take("");
      combobox.input.value = "";
      combobox.input.focus();
    });
  });
  start(document);
  document.addEventListener("htmx:load", (event) => start(event.target));
})();
