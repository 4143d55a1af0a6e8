"""This product's entry in the city's catalog of enterprise systems (SB 272, Gov. Code 7922.700 to 7922.725)."""

from collections.abc import Mapping

# In the order of Gov. Code 7922.710; the catalog is posted by the city and brought up to date every year.
CATALOG_ENTRY: Mapping[str, str] = {
    "Current system vendor": "City of Pinole",
    "Current system product": "Pinole Service",
    "System's purpose": (
        "Record of the questions, requests, complaints and compliments that residents and businesses bring to the "
        "city, of who answers them, by when, and whether the answer came in time."
    ),
    "Categories or types of data": (
        "Name, telephone numbers, e-mail addresses and language of the person who contacted the city, as far as given; "
        "place and description of the matter; correspondence, internal notes and attached files; dates received, due, "
        "answered and closed; employee and department in charge; determinations on records requests; legal holds and "
        "certificates of disposal; audit trail."
    ),
    "Department that is the prime custodian": "City Clerk",
    "How frequently data is collected": "Continuously, with every contact",
    "How frequently data is updated": "Continuously, as requests are worked on",
}


def catalog_text() -> str:
    """Write the entry out, ready to be copied into the city's catalog."""
    return "\n".join(f"{name}: {text}" for name, text in CATALOG_ENTRY.items())
