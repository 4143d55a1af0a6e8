"""Small files of every kind that is taken, and some that are not."""

import io
import zipfile
from collections.abc import Mapping, Sequence

from django.core.files.base import ContentFile

from requests_app.services.uploads import IncomingFile, checked_file

_OFFICE = b"<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>"
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc0000003010100c9fe92ef"
    "0000000049454e44ae426082"
)
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9"
# Also a script: "GIF89a=0;alert(1)".
GIF = b"GIF89a=0;alert(1)//" + bytes(20) + b";"
LETTER = b"From: jun@mail.example\r\nTo: service@pinole.example\r\nSubject: Light\r\n\r\nIt is <b>dark</b>.\r\n"


def package(*names: str, content: bytes = _OFFICE, packed: int = zipfile.ZIP_STORED) -> bytes:
    """Make a ZIP with these entries, in this order."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", packed) as archive:
        for name in names:
            archive.writestr(name, content)
    return file.getvalue()


DOCX = package("[Content_Types].xml", "_rels/.rels", "word/document.xml")
XLSX = package("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml")
# Ten megabytes of nothing in ten kilobytes: would be a bomb to somebody who unpacked it.
BOMB = package("word/document.xml", "[Content_Types].xml", content=bytes(10_000_000), packed=zipfile.ZIP_DEFLATED)
TAKEN: Mapping[str, bytes] = {
    "plan.pdf": PDF,
    "light.png": PNG,
    "light.jpg": JPEG,
    "light.JPEG": JPEG,
    "light.gif": GIF,
    "letter.docx": DOCX,
    "figures.xlsx": XLSX,
    "letter.eml": LETTER,
    "list.csv": b"name;street\n=1+1;Pear Street\n",
    "Unicode.txt": "Café 路燈".encode("utf-16"),
    "old.txt": "Café".encode("cp1252"),
    "bomb.docx": BOMB,
}
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"
REFUSED: Mapping[str, bytes] = {
    "drawing.svg": SVG,
    "page.html": HTML,
    "page.htm": HTML,
    "page.xhtml": HTML,
    "page.txt": HTML,
    "page.csv": b"\xef\xbb\xbf \n" + HTML,
    "drawing.txt": SVG,
    "feed.txt": b"<?xml version='1.0'?><x/>",
    "page16.txt": HTML.decode().encode("utf-16"),
    "page.eml": HTML,
    "page.pdf": HTML,
    "page-first.pdf": HTML + PDF,
    "drawing.png": SVG,
    "program.pdf": b"MZ" + bytes(200),
    "program.txt": b"\x7fELF" + bytes(200),
    "photo.jpg.exe": JPEG,
    "photo.jpg": PNG,
    "letter.docx": package("a.txt"),
    "macros.docm": DOCX,
    "archive.zip": package("a.txt"),
    "script.js": b"alert(1)",
    "no-extension": PDF,
    ".htaccess": b"Options +ExecCGI",
    "empty.pdf": b"",
}


def incoming(name: str = "light.png", content: bytes = PNG) -> IncomingFile:
    """Give a file that was judged and may be stored."""
    return checked_file(name, ContentFile(content))


def multipart(fields: Mapping[str, str], files: Sequence[tuple[str, bytes]], *, field: str) -> tuple[bytes, str]:
    """Write a form as bytes, with file names no client of ours would send; give it with its content type."""
    lines = [f'--X\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n' for key, value in fields.items()]
    body = "".join(lines).encode()
    for name, content in files:
        head = f'--X\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
        body += head.encode(errors="surrogateescape") + b"Content-Type: text/html\r\n\r\n" + content + b"\r\n"
    return body + b"--X--\r\n", "multipart/form-data; boundary=X"
