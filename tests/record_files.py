"""Read exports as their receiver does, and every byte of them as somebody does who looks for what is not there."""

import csv
import io
import re
import subprocess
import zipfile
import zlib

from requests_app.models.record_exports import export_path

Files = dict[str, bytes]


def unpacked(key: str) -> Files:
    with zipfile.ZipFile(export_path(key)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def words_in(content: bytes) -> str:
    """Give the text of a PDF as a reader sees it."""
    return subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True
    ).stdout.decode()


def every_byte(files: Files) -> str:
    """Give all there is to read in an export, inside the streams of its PDFs too."""
    found = []
    for name, content in files.items():
        found += [name, content.decode("utf-8", "replace")]
        if name.endswith(".pdf"):
            found.append(words_in(content))
            # The packed bytes may end in a line break of their own, so their end is left to the unpacking.
            for stream in re.findall(rb"stream\r?\n(.*?)endstream", content, re.DOTALL):
                try:
                    found.append(zlib.decompressobj().decompress(stream).decode("utf-8", "replace"))
                except zlib.error:
                    found.append(stream.decode("utf-8", "replace"))
    return "\n".join(found)


def withheld(files: Files) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files["withheld.csv"].decode("utf-8-sig"))))
