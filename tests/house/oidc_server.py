"""An OpenID Connect provider for tests: a real server on this machine that signs real tokens."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT_ID, CLIENT_SECRET = "service-desk", "a-secret-between-the-two"
_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
_FOREIGN_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class CitySignIn:
    """The provider: `claims` override what its tokens say, `signs_falsely` makes it use a key it never showed."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.claims: dict[str, Any] = {}
        self.signs_falsely = False
        self.asked: dict[str, str] = {}

    def token(self) -> str:
        now = int(time.time())
        claims = {
            "iss": self.url, "aud": CLIENT_ID, "sub": "abc-123", "iat": now, "exp": now + 300,
            "nonce": self.asked.get("nonce"), "email": "alice@pinole.example", "email_verified": True, "name": "Alice",
        }  # fmt: skip
        key = _FOREIGN_KEY if self.signs_falsely else _KEY
        return jwt.encode({**claims, **self.claims}, key, algorithm="RS256", headers={"kid": "one"})

    def configuration(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
            "userinfo_endpoint": f"{self.url}/me",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def accepts(self, form: dict[str, str]) -> bool:
        """Check what a real provider checks: the secret, the code and the proof of who asked for it."""
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        return (
            form.get("client_secret") == CLIENT_SECRET
            and form.get("code") == "the-code"
            and self.asked.get("code_challenge") == challenge
        )


@contextmanager
def city_sign_in() -> Iterator[CitySignIn]:
    """Run a provider on a free port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    server.provider = CitySignIn(f"http://127.0.0.1:{server.server_port}")  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield server.provider  # type: ignore[attr-defined]
    server.shutdown()
    thread.join()
    server.server_close()


class _Handler(BaseHTTPRequestHandler):
    @property
    def provider(self) -> CitySignIn:
        return self.server.provider  # type: ignore[attr-defined, no-any-return]

    def do_GET(self) -> None:
        path = urlsplit(self.path)
        if path.path == "/authorize":
            asked = {name: values[0] for name, values in parse_qs(path.query).items()}
            self.provider.asked = asked
            self.send_response(302)
            self.send_header(
                "Location", f"{asked['redirect_uri']}?{urlencode({'code': 'the-code', 'state': asked['state']})}"
            )
            self.end_headers()
        elif path.path == "/keys":
            key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(_KEY.public_key()))
            self._answer({"keys": [{**key, "kid": "one", "alg": "RS256", "use": "sig"}]})
        elif path.path == "/.well-known/openid-configuration":
            self._answer(self.provider.configuration())
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        if urlsplit(self.path).path == "/token" and self.provider.accepts(form):
            self._answer({"access_token": "token", "token_type": "Bearer", "id_token": self.provider.token()})
        else:
            self.send_error(400)

    def _answer(self, data: dict[str, Any]) -> None:
        body = json.dumps(data).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""
