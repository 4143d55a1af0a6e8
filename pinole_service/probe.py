"""`python -m pinole_service.probe live`: ask this machine's own web process how it is, for container health checks."""

import http.client
import os
import sys

_SECONDS = 4.0


def answer(page: str, *, host: str, port: int) -> int:
    """Return the status of a health page, asked under a host name that the product accepts."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_SECONDS)
    try:
        connection.request("GET", f"/health/{page}", headers={"Host": host})
        return connection.getresponse().status
    finally:
        connection.close()


def main() -> int:
    """Exit 0 for a 200, 1 for anything else."""
    page = sys.argv[1] if len(sys.argv) > 1 else "live"
    host = os.environ.get("ALLOWED_HOSTS", "localhost").partition(",")[0].lstrip(".")
    try:
        return 0 if answer(page, host=host, port=int(os.environ.get("PORT", "8000"))) == http.client.OK else 1
    except OSError as error:
        print(f"no answer: {error}", file=sys.stderr)  # noqa: T201  # a program's own words
        return 1


if __name__ == "__main__":
    sys.exit(main())
