"""The rule for passwords that Django's own list of rules does not have."""

import re

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from requests_app.domain.passwords import Weakness, weakness_of


class GuessableWordsValidator:
    """Refuse what is little more than the city's words, one's own name and address, or the same over again."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError, saying what to do."""
        weakness = weakness_of(password, _words_of(user) if user else ())
        if weakness is Weakness.REPEATED:
            raise ValidationError(_("This repeats the same few characters. Take four words nobody would put together."))
        if weakness is Weakness.OWN_WORDS:
            raise ValidationError(
                _("This is little more than the city's name or your own. Take four words nobody would put together.")
            )

    def get_help_text(self) -> str:
        """Say the rule beforehand."""
        return _("Four words nobody would put together are good; the city's name or your own do not count.")


def _words_of(user: User) -> list[str]:
    employee = getattr(user, "employee", None)
    names = [user.first_name, user.last_name, user.username, user.email, employee.name if employee else ""]
    return re.findall(r"\w+", " ".join(names))
