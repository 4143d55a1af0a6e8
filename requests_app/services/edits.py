"""What every edit of a setting keeps to: whoever saves second is told of the first, and types nothing twice."""


class ChangedMeanwhile(ValueError):
    """Somebody else saved what a form shows after the form was opened."""


def require_unchanged(*, seen: str, now: str) -> None:
    """Raise ChangedMeanwhile unless a row still bears the mark it had when the form was opened."""
    if seen != now:
        raise ChangedMeanwhile
