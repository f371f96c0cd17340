"""Who the browser of this request is signed in as."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import cast

from flask import Flask, session
from flask_login import LoginManager, current_user

from db.repositories.sign_ins import StoredSignIn
from db.repositories.users import StoredUser
from flows.rules.roles import Right, Role, allowed
from ivr.admin.parts import AdminParts

IDLE, AT_MOST = timedelta(minutes=30), timedelta(hours=12)
"""A sign-in ends by itself: unused, and at the latest."""
SEEN_EVERY = timedelta(minutes=1)
"""Polled pages would else write at each glance."""
VOUCHED = "vouched"
"""Where the cookie says that an identity provider or a passkey looked after the second factor of this sign-in. The
cookie is signed, and new with each."""
PRIVILEGED = frozenset({Role.OWNER, Role.ADMIN})


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """A user in one browser; what the login library wants to know about one. ``token`` is what the browser holds."""

    user: StoredUser
    token: str
    whole: bool
    second_factor_wanted: bool
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        """What the cookie holds."""
        return self.token

    @property
    def key(self) -> str:
        """Under what the sign-in is stored."""
        return key_of(self.token)

    @property
    def must_set_second_factor(self) -> bool:
        """Whether nothing else is to be seen until a second factor is set."""
        return self.second_factor_wanted and self.user.totp_secret is None and bool(self.user.roles & PRIVILEGED)

    def may(self, needs: Right) -> bool:
        """Whether this user has the right."""
        return allowed(self.user.roles, needs)


def new_token() -> str:
    """What a browser holds while it is signed in: 256 random bits."""
    return secrets.token_urlsafe(32)


def key_of(token: str) -> str:
    """The token as stored. It is random, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def signed_in() -> SignedIn | None:
    """Who is signed in, wholly or with the second step still to come; None: nobody."""
    return cast(SignedIn, current_user._get_current_object()) if current_user.is_authenticated else None


def remember_sign_ins(app: Flask, parts: AdminParts) -> None:
    """Let the login library find sign-ins in our database, where they can be ended."""
    library = LoginManager(app)
    library.session_protection = None    # it would tie a sign-in to a network address, which telephones change

    library.user_loader(partial(_found, parts))


def _found(parts: AdminParts, token: str) -> SignedIn | None:
    now = parts.clock()
    with parts.store.reading() as work:
        stored = work.sign_ins.read(key_of(token))
        user = work.users.read(stored.user_id) if stored else None
    if stored is None or user is None or user.disabled_at is not None:
        return None
    if now - stored.seen_at > IDLE or now - stored.began_at > AT_MOST:
        return None
    _seen(parts, stored)
    wanted = parts.second_factor and VOUCHED not in session
    return SignedIn(user=user, token=token, whole=stored.whole, second_factor_wanted=wanted)


def _seen(parts: AdminParts, stored: StoredSignIn) -> None:
    now = parts.clock()
    if now - stored.seen_at > SEEN_EVERY:
        with parts.store.writing() as work:
            work.sign_ins.seen(stored.key, now)
