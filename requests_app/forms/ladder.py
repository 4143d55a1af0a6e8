"""A rung of the reminder ladder, from input to cleaned values."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from requests_app.domain.stages import Anchor, Audience, Digest
from requests_app.selectors.ladder_upkeep import RungRow
from requests_app.selectors.ladder_words import ANCHOR_WORDS, AUDIENCE_WORDS, DIGEST_WORDS
from requests_app.services.ladder import RungEntry

_AMOUNTS = (Anchor.BEFORE_DUE, Anchor.DAYS_LATE)


class RungForm(forms.Form):
    """When, whom, how."""

    anchor = forms.ChoiceField(label=_("When"), choices=[(each.value, words) for each, words in ANCHOR_WORDS.items()])
    amount = forms.DecimalField(
        label=_("How many"),
        min_value=0,
        max_value=240,
        decimal_places=2,
        required=False,
        help_text=_("Open hours before it is due, or business days late; otherwise leave it empty."),
    )
    audience = forms.ChoiceField(
        label=_("Whom"), choices=[(each.value, words) for each, words in AUDIENCE_WORDS.items()]
    )
    digest = forms.ChoiceField(label=_("How"), choices=[(each.value, words) for each, words in DIGEST_WORDS.items()])
    public_only = forms.BooleanField(label=_("Only contacts of the public, and complaints"), required=False)
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def __init__(self, data: Any = None, *, row: RungRow | None = None) -> None:
        initial: dict[str, Any] = {}
        if row and row.stage:
            stage = row.stage
            hours = Decimal(stage.offset) / 60 if stage.anchor is Anchor.BEFORE_DUE else Decimal(stage.offset)
            initial = {
                "anchor": stage.anchor.value,
                "amount": f"{hours.quantize(Decimal('0.01')).normalize():f}" if stage.anchor in _AMOUNTS else None,
                "audience": stage.audience.value,
                "digest": stage.digest.value,
                "public_only": stage.public_only,
                "is_active": row.rung.is_active,
            }
        super().__init__(data, initial=initial)

    def clean(self) -> dict[str, Any]:
        """Ask for an amount where the moment needs one, and for none where it does not."""
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        anchor, amount = Anchor(cleaned["anchor"]), cleaned["amount"]
        if anchor not in _AMOUNTS:
            if amount:
                self.add_error("amount", _("Leave this empty: that moment takes no number."))
        elif not amount:
            self.add_error("amount", _("Enter how many open hours or business days."))
        elif anchor is Anchor.DAYS_LATE and (amount != int(amount) or amount > 60):
            self.add_error("amount", _("Enter whole business days, at most 60."))
        return cleaned

    def entry(self) -> RungEntry:
        """Give the rung that was typed."""
        cleaned = self.cleaned_data
        anchor, amount = Anchor(cleaned["anchor"]), cleaned["amount"] or Decimal(0)
        return RungEntry(
            anchor=anchor,
            audience=Audience(cleaned["audience"]),
            offset=int(amount * 60) if anchor is Anchor.BEFORE_DUE else int(amount),
            digest=Digest(cleaned["digest"]),
            public_only=cleaned["public_only"],
            is_active=cleaned["is_active"],
        )
