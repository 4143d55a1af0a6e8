"""Is the broker there? Asked at start and by the ready page, never by a page that people use."""

import os
from urllib.parse import unquote, urlsplit

_SECONDS = 2.0


def broker_fault(url: str) -> str:
    """Return what is wrong with the broker in a few words, or nothing when it answers."""
    parts = urlsplit(url)
    if parts.scheme == "filesystem":
        return "" if os.access(unquote(parts.path), os.W_OK) else "folder cannot be written"
    import redis

    client = redis.Redis.from_url(url, socket_timeout=_SECONDS, socket_connect_timeout=_SECONDS)
    try:
        client.ping()
    except redis.AuthenticationError:
        return "refuses the password"
    except redis.RedisError:
        return "does not answer"
    finally:
        client.close()
    return ""
