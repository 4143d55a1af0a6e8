"""Files that people gave us or that we made of what they wrote: no browser may run or show them as a page of ours."""

from pathlib import Path

from django.http import FileResponse, HttpResponse

# Also where a browser opens the file in a tab of its own: without scripts, without our origin, loading nothing.
FILE_POLICY = "sandbox; default-src 'none'"


_HEADERS = {
    "Content-Security-Policy": FILE_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store, private",
}


def bytes_answer(content: bytes, *, name: str, content_type: str) -> HttpResponse:
    """Answer with a file of ours, under a name of ours that needs no quoting, to be saved and never shown as a page."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', **_HEADERS}
    return HttpResponse(content, content_type=content_type, headers=headers)


def file_answer(path: Path, *, name: str, content_type: str) -> FileResponse:
    """Answer with a file to be saved under a name; Django writes the name so that every browser reads it (RFC 5987)."""
    return FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=name,
        content_type=content_type,
        headers=_HEADERS,
    )
