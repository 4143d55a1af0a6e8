"""Files that people gave us or that we made of what they wrote: no browser may run or show them as a page of ours."""

from pathlib import Path

from django.http import FileResponse

# Also where a browser opens the file in a tab of its own: without scripts, without our origin, loading nothing.
FILE_POLICY = "sandbox; default-src 'none'"


def file_answer(path: Path, *, name: str, content_type: str) -> FileResponse:
    """Answer with a file to be saved under a name; Django writes the name so that every browser reads it (RFC 5987)."""
    return FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=name,
        content_type=content_type,
        headers={
            "Content-Security-Policy": FILE_POLICY,
            "X-Content-Type-Options": "nosniff",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Cache-Control": "no-store, private",
        },
    )
