"""The receipt a customer may have of a contact: what it says, sentence by sentence (III.a.iii)."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from requests_app.domain.notice_texts import TextCode
from requests_app.domain.placeholders import fill


class ReceiptRoute(StrEnum):
    """How a receipt reaches the customer."""

    MAIL = "mail"
    SLIP = "slip"


def receipt_lines(
    *, received: str, read_back: Sequence[str], holidays_address: str, phone: str, texts: Mapping[TextCode, str]
) -> list[str]:
    """Give the sentences of a receipt: when it came, number and promise as read back, holidays, how to reach us.

    `received` is an instant in words. A sentence without its address or number is left out; nothing of what the
    customer said stands in it.
    """
    holidays = fill(texts[TextCode.RECEIPT_HOLIDAYS], {"address": holidays_address}) if holidays_address else ""
    reach = fill(texts[TextCode.RECEIPT_REACH], {"phone": phone}) if phone else ""
    lines = [fill(texts[TextCode.RECEIPT_LEAD], {"received": received}), *read_back, holidays, reach]
    return [line for line in lines if line]
