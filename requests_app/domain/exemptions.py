"""Why words are withheld: reason codes with the law behind each; the code is stored, the rest is looked up here."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Exemption:
    """One reason of the law. `mark` is what stands in place of the words that were taken out."""

    code: str
    label: str
    mark: str
    citation: str


# Sections of the California Public Records Act as recodified in 2023 (Gov. Code 7920.000 and following).
_EXEMPTIONS = (
    Exemption(
        "personal_privacy",
        "Personal privacy: personnel, medical or similar files",
        "personal privacy",
        "Gov. Code 7927.700",
    ),
    Exemption("medical", "Medical information", "medical", "Gov. Code 7927.705; Civ. Code 56.10"),
    Exemption(
        "attorney_client",
        "Attorney-client communication or attorney work product",
        "attorney-client",
        "Gov. Code 7927.705; Evid. Code 954",
    ),
    Exemption(
        "pending_litigation", "Pending litigation or claim against the city", "pending litigation", "Gov. Code 7927.200"
    ),
    Exemption(
        "investigative", "Records of complaints to and investigations by police", "investigation", "Gov. Code 7923.600"
    ),
    Exemption(
        "official_information",
        "Official information received in confidence, or identity of an informer",
        "received in confidence",
        "Gov. Code 7927.705; Evid. Code 1040, 1041",
    ),
    Exemption(
        "trade_secret",
        "Third party's trade secret or confidential business information",
        "third-party confidential",
        "Gov. Code 7927.705; Evid. Code 1060",
    ),
    Exemption(
        "draft",
        "Preliminary draft, note or memorandum not kept in ordinary business",
        "draft",
        "Gov. Code 7927.500",
    ),
    Exemption("social_security", "Social security number", "social security number", "Gov. Code 7922.200"),
    Exemption(
        "utility_customer",
        "Name, address or usage data of a utility customer",
        "utility customer",
        "Gov. Code 7927.410",
    ),
    Exemption(
        "employee_home",
        "Home address, home telephone or personal e-mail of a public employee",
        "employee's home details",
        "Gov. Code 7928.300",
    ),
    Exemption(
        "safe_at_home",
        "Address of a participant in Safe at Home",
        "protected address",
        "Gov. Code 6205 and following",
    ),
    Exemption(
        "other_law", "Disclosure forbidden by another federal or state law", "exempt by law", "Gov. Code 7927.705"
    ),
    Exemption(
        "public_interest",
        "Public interest in withholding clearly outweighs that in disclosure",
        "public interest",
        "Gov. Code 7922.000",
    ),
)  # fmt: skip
EXEMPTIONS: dict[str, Exemption] = {exemption.code: exemption for exemption in _EXEMPTIONS}
