"""The log form: from what was typed to a contact, and to what can already be said of it."""

from uuid import UUID, uuid4

from django.utils.translation import ngettext

from requests_app.domain.sensitive_text import has_card_or_social_security_number
from requests_app.domain.vocabulary import Channel, Disposition, RequestKind
from requests_app.forms.contact_choices import CHANNEL_CHOICES, LANGUAGE_CHOICES
from requests_app.forms.contact_meaning import ContactMeaning
from requests_app.models.labels import LANGUAGES
from requests_app.selectors.customers import contact_values, names_reached_by
from requests_app.selectors.duplicates import Evidence
from requests_app.selectors.preview import Question
from requests_app.selectors.routing import Wanted
from requests_app.services.customers import CustomerEntry
from requests_app.services.entries import ContactEntry, DangerEntry, InboundEntry

_FOLDED = ("phone", "email", "best_time", "kind", "needs_interpreter", "is_business", "text")
_TEXTS = ("title", "text", "outcome_note", "who", "place", "best_time")


class ContactForm(ContactMeaning):
    """The log form as views use it."""

    @property
    def key(self) -> UUID:
        """Give the submission key that came in, or a new one: one key for each form that is shown."""
        given = self.fields["submission_key"].clean(self["submission_key"].value())
        return self._new_key or (given if isinstance(given, UUID) else uuid4())

    def renew_key(self) -> None:
        """Show the form with a new key, because the one that came in is used up."""
        self._new_key = uuid4()

    @property
    def picked_more(self) -> str:
        """Say what tells the picked customer from a namesake."""
        if self.customer is None:
            return ""
        n = self.customer.open_requests
        open_requests = ngettext("%(n)s open request", "%(n)s open requests", n) % {"n": n}
        language = "" if self.customer.language == "en" else str(LANGUAGES.get(self.customer.language, ""))
        return ", ".join(text for text in (self.customer.contact, open_requests, language) if text)

    @property
    def has_more(self) -> bool:
        """Say whether anything stands in the folded part, or is wrong with it."""
        return any(self[name].value() or self[name].errors for name in _FOLDED)

    @property
    def initial_channel(self) -> Channel | None:
        """Give the channel the page was opened with."""
        given = self.initial.get("channel", "")
        return Channel(given) if given in dict(CHANNEL_CHOICES) else None

    def entry(self) -> ContactEntry:
        """Give the contact of a valid form."""
        typed, card = self.cleaned_data, self.card_meant
        return ContactEntry(
            channel=Channel(typed["channel"]),
            title=typed["title"],
            text=typed["text"],
            received_at=self.reached_city_at,
            category_id=self.category_meant.pk if self.category_meant else None,
            kind=RequestKind(typed["kind"]) if typed["kind"] else None,
            customer=self._customer_entry(),
            is_from_colleague=typed["is_from_colleague"],
            colleague_id=self.colleague_meant.pk if self.colleague_meant else None,
            for_employee_id=self.asked_for.pk if self.asked_for else None,
            department_id=typed["department"],
            outcome=self.outcome_meant,
            disposition=Disposition.REFERRED if card else Disposition(typed["disposition"] or Disposition.ANSWERED),
            outcome_note=typed["outcome_note"],
            referral_card_id=card.pk if card else None,
            incident_id=typed["incident"],
            is_reply_wanted=not typed["no_reply_wanted"],
            place=typed["place"],
            language=typed["language"] or "en",
            needs_interpreter=typed["needs_interpreter"],
            best_time_to_reach=typed["best_time"],
            danger=DangerEntry(told=typed["told"], told_at=typed["told_at"]) if self.danger_meant else None,
            about_request_id=self.about_meant.pk if self.about_meant else None,
            leave_with_id=self.wanted().leave_with_id,
            submission_key=typed["submission_key"],
        )

    def inbound(self) -> InboundEntry | None:
        """Give the contact as a further one on a known request, or None while channel or time are not usable."""
        typed = self.cleaned_data
        if "channel" not in typed or "received_at" not in typed:
            return None
        return InboundEntry(
            channel=Channel(typed["channel"]),
            text="\n".join(text for text in (typed.get("title"), typed.get("text")) if text),
            occurred_at=self.reached_city_at,
            submission_key=typed.get("submission_key"),
        )

    def question(self) -> Question:
        """Give what bears on date and owner, from a form that may be half typed."""
        typed = self.cleaned_data
        return Question(
            channel=Channel(typed["channel"]) if typed.get("channel") else None,
            received_at=self.reached_city_at,
            wanted=self.wanted(),
            is_from_colleague=typed.get("is_from_colleague", False),
            is_answered=self.outcome_meant.is_answered,
            is_reply_wanted=not typed.get("no_reply_wanted", False),
            has_contact=bool(self._contact_values() or (self.customer and self.customer.contact)),
        )

    def known_by_contact(self) -> list[str]:
        """Name known customers whose number or address was typed without picking them: suggestions, never a link."""
        return [] if self.customer else names_reached_by(self._contact_values(), actor=self.actor)

    def wanted(self) -> Wanted:
        """Give whom or what it is for, as far as it is known."""
        return Wanted(
            category_id=self.category_meant.pk if self.category_meant else None,
            for_employee_id=self.asked_for.pk if self.asked_for else None,
            about_request_id=self.about_meant.pk if self.about_meant else None,
            department_id=self.cleaned_data.get("department") if self.is_bound else self.initial.get("department"),
            leave_with_id=self.cleaned_data.get("leave_with") if self.is_bound else None,
        )

    def evidence(self) -> Evidence:
        """Give what may tell that the matter is known already."""
        return Evidence(
            customer_id=self.customer.pk if self.customer else None,
            contact_values=tuple(self._contact_values()),
            category_id=self.category_meant.pk if self.category_meant else None,
            place=self.cleaned_data.get("place", ""),
            title=self.cleaned_data.get("title", ""),
        )

    @property
    def has_forbidden_number(self) -> bool:
        """Say whether a card or social-security number seems to have been typed."""
        texts = (str(self.cleaned_data.get(name, "")) for name in _TEXTS)
        return any(has_card_or_social_security_number(text) for text in texts)

    def as_typed(self) -> "ContactForm":
        """Give the same form with the same text and no errors: for the page between typing and saving."""
        shown = ContactForm(initial={name: self[name].data for name in self.fields}, actor=self.actor, now=self.now)
        shown.choices = {name: choices for name, choices in self.choices.items() if name == "who"}
        shown.about_meant = self.about_meant
        if self.customer:
            shown.customer = self.customer
            shown.initial.update({"who": self.customer.label, "customer_id": self.customer.pk})
            if not self["customer_id"].data and self.customer.language in dict(LANGUAGE_CHOICES):
                shown.initial["language"] = self.customer.language  # chosen just now, on a page without JavaScript
        return shown

    def let_go_of_customer(self) -> None:
        """Empty the customer's box: it was not this person."""
        self.customer = None
        self.initial.update({"who": "", "customer_id": None})

    def keep_errors(self, *names: str) -> None:
        """Forget the errors of other fields, which do not matter to what was asked."""
        self.full_clean()
        for name in set(self.errors) - set(names):
            del self.errors[name]

    def _customer_entry(self) -> CustomerEntry:
        typed, who = self.cleaned_data, self.who_typed
        if typed["is_from_colleague"]:
            return CustomerEntry()
        return CustomerEntry(
            customer_id=self.customer.pk if self.customer else None,
            name=who.name,
            phone=who.phone or typed["phone"],
            email=who.email or typed["email"],
            is_business=typed["is_business"],
            language=typed["language"] or "en",
        )

    def _contact_values(self) -> list[str]:
        typed, who = self.cleaned_data, self.who_typed
        return contact_values(phone=who.phone or typed.get("phone", ""), email=who.email or typed.get("email", ""))
