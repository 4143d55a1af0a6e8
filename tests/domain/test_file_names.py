"""Names of files: whatever is given, what comes out is a plain name that fits everywhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requests_app.domain.file_names import extension_of, safe_name, unique_names


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("photo.jpg", "photo.jpg"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\system.ini", "system.ini"),
        ("C:\\fakepath\\Photo 1.JPG", "Photo 1.JPG"),
        ("/etc/", "file"),
        ("..", "file"),
        ("", "file"),
        (".htaccess", "htaccess"),
        ("a\x00b.pdf", "ab.pdf"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("line\r\nbreak.txt", "linebreak.txt"),
        ('a<b>:"c|?*.pdf', "abc.pdf"),
        ("nul.txt", "_nul.txt"),
        ("COM1.tar.gz", "_COM1.tar.gz"),
        ("  spaced   out .pdf ", "spaced out.pdf"),
        ("invoice.pdf.", "invoice.pdf"),
        ("路燈.png", "路燈.png"),
        ("cafe\u0301.txt", "café.txt"),
    ],
)
def test_a_name_is_made_harmless(given_name: str, kept: str) -> None:
    assert safe_name(given_name) == kept


def test_a_long_name_keeps_its_extension() -> None:
    kept = safe_name("路" * 300 + ".pdf")
    assert kept.endswith("路.pdf")
    assert len(kept.encode()) <= 150


@given(st.text(max_size=400))
def test_no_name_leads_out_of_its_folder(name: str) -> None:
    kept = safe_name(name)
    assert 0 < len(kept.encode()) <= 150
    assert not kept.startswith(".")
    assert not {"/", "\\", "\x00", "\u202e"} & set(kept)
    assert safe_name(kept) == kept


@given(st.lists(st.sampled_from(["a.txt", "A.TXT", "a (2).txt", "b", "../b", "\x00"]), max_size=12))
def test_names_are_told_apart_even_where_capitals_do_not_count(names: list[str]) -> None:
    kept = unique_names(names)
    assert len({name.casefold() for name in kept}) == len(names)


def test_the_extension_is_what_follows_the_last_dot() -> None:
    assert [extension_of(name) for name in ("a.tar.GZ", "a", "a.")] == ["gz", "", ""]
