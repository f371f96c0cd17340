"""OpenID Connect: authorization code with PKCE, state and nonce. The only module that knows Authlib (extra ``sso``).

State, nonce and verifier wait in our own cookie, which is SameSite=Lax: the way back is a plain GET of the top window,
so browsers send it along; a strict cookie would stay away, and every sign-in would look forged.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import FlaskIntegration, FlaskOAuth2App
from flask import request, session
from joserfc.errors import JoseError
from requests import RequestException

from ivr.admin.provider import Arrival, NotVouched, ProviderSilent, Trip

NAME = "oidc"
ON_THE_WAY = f"_state_{NAME}_"
"""How the library begins the names under which it keeps states in the cookie."""
AT_MOST = timedelta(minutes=10)
"""To sign in at the provider; then the state in the browser is worth nothing."""
PATIENCE, DRIFT = 5, 60
"""Seconds to wait for the provider, and by which its clock may differ."""
LONGEST_WORD = 60
"""Characters of an error that anybody may put into the address of the way back."""
SIGNATURES = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""What only the provider can sign. None at all, or one made with our own secret, proves nothing."""
NONSENSE = (AttributeError, LookupError, RuntimeError, TypeError, ValueError)
"""What the library runs into when a provider answers something else than the specification says."""


class OpenIdProvider:
    """The provider at ``issuer``; ``claim`` is what it says that names a user here, ``site`` our own address."""

    def __init__(
        self, *, label: str, issuer: str, client_id: str, client_secret: str, claim: str, site: str
    ) -> None:
        self.label = label
        self._issuer, self._client_id, self._claim = issuer.rstrip("/"), client_id, claim
        self._back = f"{site}/admin/sign-in/oidc/callback"
        self._client: Any = FlaskOAuth2App(
            FlaskIntegration(NAME),
            name=NAME,
            client_id=client_id,
            client_secret=client_secret,
            server_metadata_url=f"{self._issuer}/.well-known/openid-configuration",
            client_kwargs={
                "scope": "openid email profile", "code_challenge_method": "S256", "default_timeout": PATIENCE,
            },
        )  # fmt: skip

    def send_off(self, trip: Trip, at: datetime) -> str:
        """See IdentityProvider. A browser has one sign-in under way: cookies are small."""
        with _translated():
            self._facts()
            made = self._client.create_authorization_url(self._back)
            for left in [key for key in session if key.startswith(ON_THE_WAY)]:
                del session[left]
            self._client.save_authorize_data(
                redirect_uri=self._back, state=made["state"], nonce=made["nonce"], code_verifier=made["code_verifier"],
                wanted=trip.wanted, form_waits=trip.form_waits, at=at.timestamp(),
            )  # fmt: skip
            return str(made["url"])

    def welcome(self, at: datetime) -> Arrival:
        """See IdentityProvider. A state is good for one try."""
        with _translated():
            kept = self._client.framework.get_state_data(session, request.args.get("state"))
            if kept is None or at.timestamp() - kept["at"] > AT_MOST.total_seconds():
                raise NotVouched("no such sign-in is under way in this browser")
            facts = self._facts()
            token = self._client.authorize_access_token(leeway=DRIFT, claims_options={
                "iss": {"essential": True, "value": facts["issuer"]},
                "aud": {"essential": True, "value": self._client_id},
            })  # fmt: skip
            name = self._named(token, facts)
        return Arrival(name=name, trip=Trip(wanted=kept["wanted"], form_waits=kept["form_waits"]))

    def _facts(self) -> Mapping[str, Any]:
        """What the provider publishes about itself, asked once."""
        facts: dict[str, Any] = self._client.load_server_metadata()
        if str(facts.get("issuer")).rstrip("/") != self._issuer:
            del facts["_loaded_at"]    # asked again next time: it may be mended by then
            raise ProviderSilent(f"the provider calls itself {facts.get('issuer')}, not {self._issuer}")
        facts["id_token_signing_alg_values_supported"] = list(SIGNATURES)
        return facts

    def _named(self, token: Mapping[str, Any], facts: Mapping[str, Any]) -> str:
        """The user's name. Some providers leave it out of the token, and tell it only when asked."""
        said: Mapping[str, Any] = token.get("userinfo") or {}
        if "sub" not in said:
            raise NotVouched("the provider sent no identity")
        if self._claim not in said and "userinfo_endpoint" in facts:
            asked: Mapping[str, Any] = self._client.userinfo(token=token)
            said = asked if asked.get("sub") == said["sub"] else said
        if self._claim == "email" and str(said.get("email_verified", True)).lower() == "false":
            raise NotVouched("the provider has not verified the mail address")
        name = said.get(self._claim)
        if not isinstance(name, str) or not name.strip():
            raise NotVouched(f"the provider says no {self._claim}")
        return name.strip().lower()


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except RequestException as unreachable:
        raise ProviderSilent(type(unreachable).__name__) from unreachable
    except (AuthlibBaseError, JoseError) as refused:
        raise NotVouched(f"{type(refused).__name__}: {str(refused.error)[:LONGEST_WORD]}") from refused
    except NONSENSE as nonsense:
        raise ProviderSilent(f"{type(nonsense).__name__}: {nonsense}") from nonsense
