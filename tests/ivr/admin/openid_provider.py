"""An OpenID provider on a socket of its own: discovery, authorization with PKCE, tokens signed with a key made here.

What it says can be spoiled: ``claims`` are put over what is right, ``key`` signs, and a key that ``keys`` does not
publish is a stranger's.
"""

import base64
import hashlib
import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from secrets import token_urlsafe
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import requests
from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "escalation-line", "what the provider gave"
KEY, STRANGERS_KEY = (RSAKey.generate_key(2048, {"kid": "key-1"}, private=True) for _ in range(2))


class OpenIdProviderSite(ThreadingHTTPServer):
    """Signs in whoever comes, as the person in ``claims``, after a press on one link."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Desk)
        self.issuer = f"http://localhost:{self.server_port}"
        """Another site than 127.0.0.1, to a browser: cookies must stand that."""
        self.claims: dict[str, Any] = {"email": "Olga@Northwind.example", "email_verified": True}
        self.key: RSAKey | None = KEY
        """None: tokens are not signed at all."""
        self.is_thin = False
        """Whether tokens leave out what the userinfo endpoint tells."""
        self.is_ill = False
        self._grants: dict[str, dict[str, str]] = {}

    @property
    def settings(self) -> dict[str, str]:
        return {
            "OIDC_ISSUER": self.issuer, "OIDC_CLIENT_ID": CLIENT, "OIDC_CLIENT_SECRET": SECRET,
            "OIDC_NAME": "Northwind account",
        }  # fmt: skip

    def discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/keys",
            "id_token_signing_alg_values_supported": ["RS256", "none"],
        }

    def way_back(self, asked: Mapping[str, str]) -> str:
        """The address to which the browser returns; the code is good for one token."""
        assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
        code = token_urlsafe(16)
        self._grants[code] = dict(asked)
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, form: Mapping[str, str], login: str) -> dict[str, Any] | None:
        grant = self._grants.pop(form["code"], None)
        proof = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).decode().rstrip("=")
        known = login == "Basic " + base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if grant is None or not known or (proof, form["redirect_uri"]) != (
            grant["code_challenge"], grant["redirect_uri"]
        ):
            return None
        now = int(time.time())
        claims = {"iss": self.issuer, "sub": "u-1", "aud": CLIENT, "iat": now, "exp": now + 300}
        claims |= {"nonce": grant["nonce"]} | ({} if self.is_thin else self.claims)
        return {"access_token": "t", "token_type": "Bearer", "id_token": self.signed(claims)}

    def signed(self, claims: dict[str, Any]) -> str:
        if self.key is None:
            return f"{_plain({'alg': 'none'})}.{_plain(claims)}."
        return jwt.encode({"alg": "RS256", "kid": "key-1"}, claims, self.key)


def _plain(said: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(said).encode()).decode().rstrip("=")


class _Desk(BaseHTTPRequestHandler):
    server: OpenIdProviderSite

    def do_GET(self) -> None:
        address, site = urlsplit(self.path), self.server
        match address.path:
            case "/.well-known/openid-configuration":
                self._answer(site.discovery())
            case "/keys":
                self._answer({"keys": [KEY.as_dict(private=False)]})
            case "/userinfo":
                self._answer({"sub": "u-1", **site.claims})
            case "/authorize":
                back = site.way_back({name: each[0] for name, each in parse_qs(address.query).items()})
                head = '<!doctype html><html lang="en"><title>Northwind</title><link rel="icon" href="data:,">'
                page = f'{head}<a href="{escape(back)}">Yes, me</a>'
                self._answer(page, "text/html")
            case _:
                self.send_error(404)

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        token = self.server.token({name: each[0] for name, each in form.items()}, self.headers["Authorization"])
        self._answer(token or {"error": "invalid_grant"}, status=200 if token else 400)

    def _answer(self, said: Any, kind: str = "application/json", status: int = 200) -> None:
        status = 500 if self.server.is_ill else status
        body = (said if isinstance(said, str) else json.dumps(said)).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def openid_provider() -> Iterator[OpenIdProviderSite]:
    """Open it, and close it afterwards."""
    site = OpenIdProviderSite()
    serving = Thread(target=site.serve_forever, kwargs={"poll_interval": 0.02}, name="openid provider")
    serving.start()
    try:
        yield site
    finally:
        site.shutdown()
        site.server_close()
        serving.join()


def presses_yes(address: str) -> str:
    """What a person does at the provider; the path and query of the way back."""
    page = requests.get(address, timeout=30).text
    back = urlsplit(page.split('<a href="')[1].split('"')[0].replace("&amp;", "&"))
    return f"{back.path}?{back.query}"
