"""What all drawings of the report share: size, colours in light and dark, and an SVG without scripts."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

_COLOURS = {  # surface, ink, second ink, line, accent, target
    "light": ("#ffffff", "#14222a", "#4a575e", "#d8d4c9", "#0a5676", "#774900"),
    "dark": ("#1a2327", "#edf1f1", "#adbac0", "#36444a", "#74c6e6", "#f3c164"),
}
SIZES = {"wide": (720, 340), "narrow": (360, 280)}
_LINE_SIZES = SIZES | {"wide": (720, 440)}  # as tall as the table of a year that stands beside it
_MOST_LABELS = {"wide": 12, "narrow": 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """Two lines over the same labels, told apart by dash; `scale` holds the lines of the scale, lowest first."""

    labels: Sequence[str]
    solid: Sequence[float | None]
    dashed: Sequence[float | None]
    scale: Sequence[int]


def draw_lines(lines: Lines, *, look: str, size: str) -> bytes:
    """Draw two lines: the first solid with dots, the second dashed."""
    pygal = load_pygal()
    width, height = _LINE_SIZES[size]
    chart = pygal.Line(
        js=[], style=chart_style(look), width=width, height=height, show_legend=False,
        range=(lines.scale[0], lines.scale[-1]), margin=8, show_y_guides=True, dots_size=4,
        disable_xml_declaration=True, explicit_size=True, y_labels=list(lines.scale), show_minor_x_labels=False,
        truncate_label=-1,
    )  # fmt: skip
    step = -(-len(lines.labels) // _MOST_LABELS[size])
    chart.x_labels = list(lines.labels)
    chart.x_labels_major = list(lines.labels[step - 1 :: step]) if lines.labels else []
    chart.value_formatter = lambda value: f"{value:g}"
    chart.add("solid", list(lines.solid), dots_size=4)
    chart.add("dashed", list(lines.dashed), show_dots=False, stroke_style={"dasharray": "7, 5"})
    return drawn_svg(chart)


def picture_sources(url_of: Callable[[str, str], str], look: str) -> list[dict[str, str]]:
    """List the sources of a drawing in the order a browser tries them; the last fits everything else.

    `url_of` gives the address for a look and a size; `look` is the one the reader chose, or empty.
    """
    narrow, dark = "(max-width: 575.98px)", "(prefers-color-scheme: dark)"
    wanted = [("print", "light", "wide")]
    if not look:
        wanted += [(f"{dark} and {narrow}", "dark", "narrow"), (dark, "dark", "wide")]
    shown = look or "light"
    wanted += [(narrow, shown, "narrow"), ("", shown, "wide")]
    return [{"media": media, "url": url_of(each_look, size)} for media, each_look, size in wanted]


def draw_bars(labels: Sequence[str], values: Sequence[int], *, look: str, size: str) -> bytes:
    """Draw numbers as bars, each with its number above it."""
    pygal = load_pygal()
    width, height = SIZES[size]
    style = chart_style(look, label_size=14 if size == "wide" else 11)  # or the longest labels touch
    chart = pygal.Bar(
        js=[], style=style, width=width, height=height, show_legend=False, margin=8, truncate_label=-1,
        disable_xml_declaration=True, explicit_size=True, show_y_guides=False, show_y_labels=False, print_values=True,
        print_values_position="top", rounded_bars=2, spacing=12,
    )  # fmt: skip
    chart.x_labels = list(labels)
    chart.value_formatter = lambda value: f"{value:g}"
    chart.add("", list(values))
    return drawn_svg(chart)


def chart_style(look: str, *, label_size: int = 14) -> Any:
    """Give the colours of a light or dark page."""
    pygal = load_pygal()
    surface, ink, ink_2, line, accent, target_colour = _COLOURS[look]
    return pygal.style.Style(
        background=surface, plot_background=surface, foreground=ink_2, foreground_strong=ink, foreground_subtle=line,
        guide_stroke_color=line, major_guide_stroke_color=line, guide_stroke_dasharray="none",
        major_guide_stroke_dasharray="none", colors=(accent, target_colour), opacity="1", stroke_opacity="1",
        stroke_width="2.5", label_font_size=label_size, major_label_font_size=label_size,
        font_family="system-ui, sans-serif", value_font_size=13, value_colors=(ink, ink), transition="none",
    )  # fmt: skip


def load_pygal() -> Any:
    """Import pygal, which is slow to load, without the finder for plugins it puts into every later import."""
    import pygal
    import pygal.style

    sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__module__ != pygal.__name__]
    return pygal


def drawn_svg(chart: Any) -> bytes:
    """Write a drawing without the scripts pygal adds even when told to add none."""
    from pygal.etree import etree

    root = chart.render_tree()
    for parent in list(root.iter()):
        for child in [each for each in parent if str(each.tag).endswith("script")]:
            parent.remove(child)
    drawn: bytes = etree.tostring(root)
    return drawn
