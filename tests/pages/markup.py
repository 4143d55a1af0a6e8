"""What makes a page valid HTML, as far as its tags tell: each closed, where it may stand, and every id only once."""

from html.parser import HTMLParser

_VOID = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = _HEADINGS | {
    "article", "aside", "blockquote", "details", "dialog", "div", "dl", "fieldset", "footer", "form", "header", "hr",
    "main", "nav", "ol", "p", "pre", "section", "table", "ul",
}  # fmt: skip
_LINES = _HEADINGS | {"button", "code", "del", "em", "ins", "label", "p", "s", "small", "span", "strong", "time"}
_WITH_HEADINGS = frozenset({"legend", "summary"})  # a line, or a heading
_PARTS = {
    "ul": {"li"}, "ol": {"li"}, "dl": {"dt", "dd", "div"}, "picture": {"source", "img"},
    "table": {"caption", "thead", "tbody", "tfoot"}, "thead": {"tr"}, "tbody": {"tr"}, "tfoot": {"tr"},
    "tr": {"th", "td"}, "select": {"option", "optgroup"},
}  # fmt: skip
# One click would be for two.
_CLICKED = {"a": {"a", "button"}, "button": {"a", "button"}, "input": {"a", "button"}, "select": {"a", "button"}}
_POINTERS = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "popovertarget", "list")


class Markup(HTMLParser):
    """Reads a page, and lists what a browser makes the best of and a validator refuses."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.faults: list[str] = []
        self._open: list[str] = []
        self._ids: set[str] = set()
        self._pointers: set[tuple[str, str]] = set()
        self.feed(text)
        self.faults += [f"not closed: <{tag}>" for tag in self._open]
        if "<html" in text:  # what a part points at may stand on the page it comes into
            lost = {(name, target) for name, target in self._pointers if target not in self._ids}
            self.faults += [f"{name} to {target}, which is not there" for name, target in sorted(lost)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Judge where an element begins, and what it names."""
        given = dict(attrs)
        if len(given) < len(attrs):
            self.faults.append(f"an attribute twice on <{tag}>")
        if (name := given.get("id")) is not None:
            if name in self._ids or not name:
                self.faults.append(f"the id {name!r} twice, or empty")
            self._ids.add(name)
        for pointer in _POINTERS:
            self._pointers.update((pointer, target) for target in (given.get(pointer) or "").split())
        self._judge_place(tag)
        if tag not in _VOID:
            self._open.append(tag)

    def _judge_place(self, tag: str) -> None:
        inside = self._open[-1] if self._open else ""
        is_part = tag in _PARTS.get(inside, {tag})
        is_block = tag in _BLOCKS and (inside in _LINES or (inside in _WITH_HEADINGS and tag not in _HEADINGS))
        clicked = _CLICKED.get(tag, set()) & set(self._open) or (tag in ("form", "label") and tag in self._open)
        if not is_part or is_block or clicked:
            self.faults.append(f"<{tag}> in <{inside}>")

    def handle_endtag(self, tag: str) -> None:
        """Hold each end to the beginning that is open."""
        if tag in _VOID:
            return
        if not self._open or self._open[-1] != tag:
            self.faults.append(f"</{tag}> where {self._open[-1:]} is open")
        if tag in self._open:
            while self._open.pop() != tag:
                pass
