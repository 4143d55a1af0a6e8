"""The rungs of the reminder ladder as sentences."""

from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from requests_app.domain.stages import Anchor, Audience, Digest, LadderStage

ANCHOR_WORDS: dict[Anchor, str | Promise] = {
    Anchor.DUE_DAY: _("at the start of the day it is due"),
    Anchor.BEFORE_DUE: _("open hours before it is due"),
    Anchor.BECAME_LATE: _("when it has become late"),
    Anchor.DAYS_LATE: _("business days late"),
    Anchor.EACH_FURTHER_DAY: _("on each further business day it is late"),
}
AUDIENCE_WORDS: dict[Audience, str | Promise] = {
    Audience.OWNER: _("the owner"),
    Audience.SUPERVISOR: _("the supervisor"),
    Audience.DEPARTMENT_HEAD: _("the department head"),
    Audience.CITY_MANAGER: _("the city manager"),
}
DIGEST_WORDS: dict[Digest, str | Promise] = {
    Digest.NONE: _("at once"),
    Digest.DAILY: _("in one mail a day"),
    Digest.WEEKLY: _("in one mail a week"),
}


def stage_words(stage: LadderStage) -> str:
    """Say a rung: 2 open hours before it is due: the owner, at once."""
    words = gettext("%(when)s: %(whom)s, %(how)s") % {
        "when": when_words(stage),
        "whom": AUDIENCE_WORDS[stage.audience],
        "how": DIGEST_WORDS[stage.digest],
    }
    words = words[:1].upper() + words[1:]
    return (
        gettext("%(words)s, of the public's contacts and complaints only") % {"words": words}
        if stage.public_only
        else words
    )


def when_words(stage: LadderStage) -> str:
    """Say when a rung comes."""
    if stage.anchor is Anchor.BEFORE_DUE:
        hours = (Decimal(stage.offset) / 60).quantize(Decimal("0.01")).normalize()
        return ngettext("%(n)s open hour before it is due", "%(n)s open hours before it is due", int(hours)) % {
            "n": f"{hours:f}"
        }
    if stage.anchor is Anchor.DAYS_LATE:
        n = stage.offset
        return ngettext("once it is %(n)s business day late", "once it is %(n)s business days late", n) % {"n": n}
    return str(ANCHOR_WORDS[stage.anchor])
