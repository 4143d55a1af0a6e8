"""A square code for a phone's camera, as the path of an SVG: no image of its own, no style."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class QrCode:
    """`path` draws the dark squares on a field of `size` by `size`, the quiet border included."""

    size: int
    path: str


def qr_code(text: str) -> QrCode:
    """Draw a text; it stays readable with some of it smudged."""
    import qrcode

    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=4)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    squares = [f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark]
    return QrCode(len(rows), "".join(squares))
