"""What was typed into the log form means: names become people, and what depends on two fields is checked."""

from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, cast
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from requests_app.forms import contact_people as people
from requests_app.forms.contact_choices import DATED_CHANNELS, LIVE_CHANNELS
from requests_app.forms.contact_fields import ContactFields
from requests_app.models import Category, Employee, ReferralCard, ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.categories import active_categories
from requests_app.selectors.complaint_intake import request_meant
from requests_app.selectors.customers import KnownCustomer, Who, read_who
from requests_app.selectors.referral_cards import cards_in_use, fitting_cards
from requests_app.services.entries import ContactOutcome

_NAME_LENGTH = 120
_PLAUSIBLE = timedelta(days=5 * 366)  # longer ago than that is a slip of the finger
_UNKNOWN_CATEGORY = gettext_lazy("No category is called “%(text)s”. Choose one, or leave it empty.")
_UNKNOWN_PERSON = gettext_lazy("“%(text)s” is not one person or topic. Choose one, or leave it empty.")
_SECOND_PHONE = gettext_lazy("“Who is it?” has a phone number already. Put the second one under best time and number.")
_SECOND_EMAIL = gettext_lazy("“Who is it?” has an e-mail address already. Keep one of them.")
_NOT_LIVE = gettext_lazy("Only a call or a visit can be answered on the spot. Log this, then log the answer.")


class ContactMeaning(ContactFields):
    """A contact as typed; cleaning resolves `customer`, `colleague_meant`, `asked_for` and `category_meant`."""

    def __init__(self, *args: Any, actor: Actor, now: datetime, **kwargs: Any) -> None:
        self.actor, self.now = actor, now
        self.customer: KnownCustomer | None = None
        self.colleague_meant: Employee | None = None
        self.asked_for: Employee | None = None
        self.category_meant: Category | None = None
        self.about_meant: ServiceRequest | None = None
        self.choices: dict[str, people.Choices] = {}
        self._new_key: UUID | None = None
        super().__init__(*args, **kwargs)
        cards = [(str(card.pk), card.agency) for card in self.cards]
        cast("forms.ChoiceField", self.fields["referral"]).choices = [("", _("No other agency")), *cards]

    @cached_property
    def categories(self) -> list[Category]:
        """Give the categories in use, read once."""
        return active_categories()

    @cached_property
    def cards(self) -> list[ReferralCard]:
        """Give the cards of other agencies in use, read once."""
        return cards_in_use()

    @property
    def cards_fitting(self) -> list[ReferralCard]:
        """Give the cards of other agencies that fit what was typed so far; of what nothing is kept, none."""
        text = self.cleaned_data.get("title", "") if self.is_bound else ""
        return [] if self.is_handed_over else fitting_cards(text, self.category_meant, self.cards)

    @property
    def may_refer(self) -> bool:
        """Say whether somebody is there to be sent to another agency at once."""
        return (self.cleaned_data.get("channel") if self.is_bound else None) in LIVE_CHANNELS

    @property
    def is_refer_pressed(self) -> bool:
        """Say whether it was saved by the button of a card."""
        return bool(self.data.get("refer_to"))

    @property
    def card_meant(self) -> ReferralCard | None:
        """Give the card of the agency they were sent to: of the button, or chosen beside how it ended."""
        if not self.outcome_meant.is_answered:
            return None
        picked = self.data.get("refer_to") or self.cleaned_data.get("referral")
        return next((card for card in self.cards if str(card.pk) == picked), None)

    @property
    def reached_city_at(self) -> datetime:
        """Give when it reached the city: as typed, else now."""
        typed = self.cleaned_data.get("received_at")
        return typed if isinstance(typed, datetime) else self.now

    @property
    def outcome_meant(self) -> ContactOutcome:
        """Give what became of it: by the radios where somebody was asked for, else by the tick."""
        if self.is_refer_pressed:
            return ContactOutcome.ANSWERED
        if self.cleaned_data.get("for_whom"):
            return ContactOutcome(self.cleaned_data.get("outcome") or ContactOutcome.MESSAGE_TAKEN)
        on_the_spot = self.cleaned_data.get("on_the_spot")
        return ContactOutcome.ANSWERED if on_the_spot else ContactOutcome.MESSAGE_TAKEN

    @property
    def danger_meant(self) -> bool:
        """Say whether somebody must be told at once: ticked, or because of the category."""
        is_hazard = self.category_meant is not None and self.category_meant.is_hazard
        return bool(self.cleaned_data.get("is_danger")) or is_hazard

    @property
    def is_handed_over(self) -> bool:
        """Say whether the contact goes to the police department and nothing of it is kept (DOMAIN 4)."""
        return self.category_meant is not None and self.category_meant.is_handed_over

    @property
    def who_typed(self) -> Who:
        """Give what the box says of somebody who is not a known customer."""
        typed = self.cleaned_data
        skip = self.customer is not None or typed.get("is_from_colleague") or typed.get("is_anonymous")
        return Who("", "", "") if skip else read_who(typed.get("who", ""))

    def clean(self) -> dict[str, Any]:
        """Resolve names, then check what depends on more than one field."""
        # A number they may not see is ignored like one nobody knows.
        self.about_meant = request_meant(self.cleaned_data.get("about", ""), actor=self.actor)
        self._resolve_category()
        self._resolve_for()
        self._resolve_colleague()
        self._resolve_customer()
        self._check_outcome()
        self._check_referral()
        self._check_received()
        self._check_danger()
        self._complete_line()
        return self.cleaned_data

    def _complete_line(self) -> None:
        """Let the category be the line of what was answered at once: as quick as a tap (III.b.iii.2)."""
        is_empty = not str(self["title"].data or "").strip()
        if self.is_handed_over:  # nothing typed is kept, so nothing need be typed
            self.errors.pop("title", None)
            self.cleaned_data.setdefault("title", "")
        elif is_empty and self.category_meant and self.outcome_meant.is_answered:
            self.errors.pop("title", None)
            self.cleaned_data["title"] = self.category_meant.name

    def _resolve_category(self) -> None:
        text = self.cleaned_data.get("category", "")
        if not text:
            return
        self.category_meant = people.category_meant(text, self.categories, data=self.data)
        if self.category_meant is None:
            self.choices["category"] = people.category_choices(text, self.categories)
            self.add_error("category", _UNKNOWN_CATEGORY % {"text": text})

    def _resolve_for(self) -> None:
        text = self.cleaned_data.get("for_whom", "")
        if not text:
            return
        picked = self.cleaned_data.get("for_whom_id")
        self.asked_for = people.person_meant(text, picked=picked, data=self.data, name="for_whom")
        if self.asked_for:
            return
        topic = people.category_meant(text, self.categories, data={})
        if topic:
            self.category_meant = self.category_meant or topic
            return
        self.choices["for_whom"] = people.people_choices("for_whom", text, at=self.now)
        self.add_error("for_whom", _UNKNOWN_PERSON % {"text": text})

    def _resolve_colleague(self) -> None:
        text = self.cleaned_data.get("colleague", "")
        if not self.cleaned_data.get("is_from_colleague"):
            return
        if text:
            picked = self.cleaned_data.get("colleague_id")
            self.colleague_meant = people.person_meant(text, picked=picked, data=self.data, name="colleague")
        if self.colleague_meant is None and "colleague" in self.cleaned_data:
            self.choices["colleague"] = people.people_choices("colleague", text, at=self.now)
            self.add_error("colleague", _("Choose which colleague it is from"))

    def _resolve_customer(self) -> None:
        typed = self.cleaned_data
        text = typed.get("who", "")
        if not text or typed.get("is_from_colleague"):
            return
        if typed.get("is_anonymous"):
            self.add_error("is_anonymous", _("A name is typed: take it out, or untick Anonymous"))
            return
        self.customer = people.customer_meant(text, picked=typed.get("customer_id"), data=self.data, actor=self.actor)
        if self.customer is None:
            self._check_who(self.who_typed)

    def _check_who(self, who: Who) -> None:
        if len(who.name) > _NAME_LENGTH:
            self.add_error("who", _("A name has at most 120 characters; the rest belongs into the longer note."))
        if who.email:
            try:
                validate_email(who.email)
            except ValidationError:
                self.add_error("who", _("This e-mail address is not complete: %(email)s") % {"email": who.email})
        if who.phone and self.cleaned_data.get("phone"):
            self.add_error("phone", _SECOND_PHONE)
        if who.email and self.cleaned_data.get("email"):
            self.add_error("email", _SECOND_EMAIL)

    def _check_outcome(self) -> None:
        channel = self.cleaned_data.get("channel")
        # III.b.ii.3, III.b.ii.4: an answer counts from when it was given, and a message left cannot be answered yet.
        if channel and channel not in LIVE_CHANNELS and self.outcome_meant.is_answered:
            field = "outcome" if self.cleaned_data.get("for_whom") else "on_the_spot"
            self.add_error(field, _NOT_LIVE)

    def _check_referral(self) -> None:
        if self.is_refer_pressed and self.card_meant is None:
            self.add_error("referral", _("That card is not in use any more. Choose another one."))

    def _check_received(self) -> None:
        if "received_at" not in self.cleaned_data:
            return
        typed = self.cleaned_data["received_at"]
        if typed and typed > self.now:
            self.add_error("received_at", _("That time is still to come. Enter when it reached the city."))
        elif typed and self.now - typed > _PLAUSIBLE:
            self.add_error("received_at", _("That is more than five years ago. Check the year."))
        elif typed is None and self.cleaned_data.get("channel") in DATED_CHANNELS:
            self.add_error("received_at", _("Enter when it came in: the answer-by date counts from then"))

    def _check_danger(self) -> None:
        if not self.danger_meant:
            return
        if not self.cleaned_data.get("told") and "told" not in self.errors:
            self.add_error("told", _("Write who was told of the danger. If nobody was, call 911 now."))
        if "told_at" not in self.cleaned_data:
            return
        told_at = self.cleaned_data["told_at"]
        if told_at is None:
            self.add_error("told_at", _("Enter when they were told"))
        elif told_at > self.now:
            self.add_error("told_at", _("That time is still to come. Enter when they were told."))
