"""The copy of a request that may be released, with a reason of the law for all that is missing from it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from requests_app.domain.contact_details import contact_details
from requests_app.domain.exemptions import EXEMPTIONS
from requests_app.domain.record_copies import CopyOptions, RecordCopy, Withheld
from requests_app.domain.redaction import Cut, Passage, mark_text, passages_of_name, redact_text
from requests_app.domain.text import digits_of
from requests_app.domain.vocabulary import Direction
from requests_app.models import Attachment, Customer, Department, Employee, Interaction, Redaction, ServiceRequest
from requests_app.selectors.customer_traces import names_of, ways_to_reach
from requests_app.selectors.record_copies import Copying, points_of, request_to_copy
from requests_app.selectors.redactions import standing_redactions

PRIVACY, DRAFT = "personal_privacy", "draft"
# Their bytes can be searched for what is withheld; a picture cannot.
_READABLE = ("text/", "message/")


def city_contacts() -> frozenset[str]:
    """Give the telephones and addresses of the city itself, which are nobody's private matter."""
    emails = Employee.objects.exclude(email="").values_list("email", flat=True)
    phones = Department.objects.exclude(phone="").values_list("phone", flat=True)
    return frozenset(email.lower() for email in emails) | frozenset(digits_of(phone) for phone in phones)


def withheld_whole(service_request: ServiceRequest) -> Withheld:
    """Say that a restricted request is left out of a copy of many."""
    return _withheld(service_request.number, "The whole request", PRIVACY)


def released_copy(request_id: int, *, options: CopyOptions, city: frozenset[str]) -> RecordCopy:
    """Give what may be released of a request: stored redactions stay, and what the options withhold goes too."""
    return _Release(request_to_copy(request_id), options, city).copy()


def _withheld(number: str, what: str, code: str) -> Withheld:
    reason = EXEMPTIONS[code]
    return Withheld(number, what, code, reason.label, reason.citation)


@dataclass
class _Release(Copying):
    """The copy for the public."""

    options: CopyOptions
    city: frozenset[str]
    _log: list[Withheld] = field(default_factory=list)
    _cuts: list[Cut] = field(init=False)
    _redactions: list[Redaction] = field(init=False)

    def __post_init__(self) -> None:
        self._redactions = list(standing_redactions(self.service_request))
        # Stored texts carry their marks already; what is kept nowhere else, such as names of people, is cut here.
        self._cuts = [cut for redaction in self._redactions for cut in redaction.cuts]
        for redaction in self._redactions:
            self._note(f"Redacted: {redaction.get_kind_display()}", redaction.code)
        customer, mark = self.service_request.customer, EXEMPTIONS[PRIVACY].mark
        if customer and self.options.withholds_name:
            is_person = customer.kind == Customer.Kind.PERSON
            called = [each for name in names_of(customer) for each in passages_of_name(name, is_person=is_person)]
            self._cuts += [Cut(passage, mark) for passage in called]
        if self.service_request.place and self.options.withholds_place:
            self._cuts.append(Cut(Passage(self.service_request.place), mark))
        if customer and self.options.withholds_contact:
            self._cuts += [Cut(Passage(text), mark) for text in ways_to_reach(customer)]

    def words(self, text: str) -> str:
        """Take out what is redacted, and private telephones and addresses wherever they stand."""
        text = redact_text(text, self._cuts)
        if not self.options.withholds_contact:
            return text
        found = list(dict.fromkeys(contact_details(text, besides=self.city)))
        if found:
            self._note("Telephone numbers and e-mail addresses in texts", PRIVACY)
        return redact_text(text, [Cut(Passage(each), EXEMPTIONS[PRIVACY].mark) for each in found])

    def withheld(self) -> list[Withheld]:
        return self._log

    def customer_name(self) -> str:
        name = self.service_request.customer_line
        if not self.options.withholds_name or not self.service_request.customer:
            return name
        self._note("Name of the customer", PRIVACY)
        return mark_text(EXEMPTIONS[PRIVACY].mark)

    def contacts(self) -> str:
        points = points_of(self.service_request.customer) if self.service_request.customer else []
        points += [self.service_request.best_time_to_reach] if self.service_request.best_time_to_reach else []
        if not points or not self.options.withholds_contact:
            return "; ".join(points)
        self._note("Contact details of the customer", PRIVACY)
        return mark_text(EXEMPTIONS[PRIVACY].mark)

    def place(self, found: ServiceRequest) -> str:
        if not found.place or not self.options.withholds_place:
            return found.place
        self._note("The place", PRIVACY)
        return mark_text(EXEMPTIONS[PRIVACY].mark)

    def event_text(self, text: str) -> str:
        """Leave out remarks that colleagues write to each other, unless notes are released."""
        if text and not self.options.includes_notes:
            self._note("Remarks on events", DRAFT)
            return ""
        return self.words(text)

    def interactions(self) -> Iterator[Interaction]:
        for row in super().interactions():
            if row.direction == Direction.NOTE and not self.options.includes_notes:
                self._note("Internal notes", DRAFT)
            else:
                yield row

    def attachments(self) -> Iterator[Attachment]:
        for row in super().attachments():
            code = self._reason_to_withhold(row)
            if code:
                self._log.append(_withheld(self.service_request.number, f"File: {self.words(row.name)}", code))
            else:
                yield row

    def _reason_to_withhold(self, row: Attachment) -> str:
        """Say why a file stays here; nobody can take words out of a file, so it goes whole or not at all."""
        if row.is_internal and not self.options.includes_notes:
            return DRAFT
        if self._redactions:
            return self._redactions[0].code
        if not self.options.includes_files or not row.path.is_file():
            return PRIVACY
        if row.content_type.startswith(_READABLE):
            text = row.path.read_bytes().decode(errors="replace")
            return PRIVACY if self.words(text) != text else ""
        return ""

    def _note(self, what: str, code: str) -> None:
        entry = _withheld(self.service_request.number, what, code)
        if entry not in self._log or what.startswith("Redacted"):
            self._log.append(entry)
