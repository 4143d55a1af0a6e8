"""A short mark of what somebody was looking at, to notice that it changed before they saved."""

import hashlib
import json


def fingerprint(value: object) -> str:
    """Give the same mark for the same JSON value, whatever the order of its keys."""
    canonical = json.dumps(value, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(canonical.encode(errors="surrogatepass")).hexdigest()[:20]
