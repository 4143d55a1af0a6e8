"""Files the pages load: what templates name exists, what others made is unchanged."""

import hashlib
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SYMBOLS = set(re.findall(r'<symbol id="([^"]+)"', (ROOT / "static/img/icons.svg").read_text()))
_ICON = re.compile(r'{% icon "([^"]+)"|icon_name="([^"]+)"')
_STATIC = re.compile(r"{% static '([^']+)' %}")


def test_every_icon_named_in_a_template_is_in_the_sprite() -> None:
    named = {a or b for page in TEMPLATES for a, b in _ICON.findall(page.read_text())}
    assert named
    assert named - SYMBOLS == set()


def test_every_icon_named_in_python_is_in_the_sprite() -> None:
    from requests_app.context_processors import _RAIL
    from requests_app.selectors.duties import DUTIES
    from requests_app.templatetags import look

    named = {icon for _, _, icon, _ in _RAIL} | {duty.icon for duty in DUTIES}
    for icons in (look._CHANNEL_ICONS, look._DUE_ICONS, look._MESSAGE_ICONS):
        named |= set(icons.values())
    assert named - SYMBOLS == set()


def test_every_static_file_named_in_a_template_exists() -> None:
    named = {name for page in TEMPLATES for name in _STATIC.findall(page.read_text())}
    assert named
    assert [name for name in named if not (ROOT / "static" / name).is_file()] == []


def test_files_of_others_are_those_we_recorded() -> None:
    rows = re.findall(
        r"^\| `([^`]+)` \|.*\| `([0-9a-f]{64})` \|$", (ROOT / "static/vendor/VENDOR.md").read_text(), re.M
    )
    assert len(rows) == 3
    for name, recorded in rows:
        assert hashlib.sha256((ROOT / "static/vendor" / name).read_bytes()).hexdigest() == recorded, name


def test_our_own_files_ask_for_nothing_the_policy_refuses() -> None:
    for path in [*(ROOT / "static/css").iterdir(), *(ROOT / "static/js").iterdir(), *(ROOT / "static/img").iterdir()]:
        text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S)
        assert "data:" not in text, path
        assert not re.search(r"https?://(?!www\.w3\.org/)", text), path
        assert not re.search(r"\beval\(|innerHTML|\.style\b", text), path
