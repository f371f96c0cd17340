"""Tokens by which programs use the API. Only their hash is kept: a token is shown once."""

import hashlib
import secrets
from datetime import datetime

from db.repositories.audit import Change
from db.unit_of_work import Work
from flows.rules.scopes import Scope

PREFIX = "esc_"
"""Tells people, and programs that look for leaked secrets, what it is."""
LONGEST_NAME = 60


def make_token(
    work: Work, key: bytes, *, name: str, scopes: frozenset[Scope], by: str, at: datetime, expires_at: datetime | None
) -> str:
    """A new token; what to show whoever will use it. ``key`` seals the audit trail. Raises StoreConflict when the name
    is taken."""
    token = PREFIX + secrets.token_urlsafe(32)
    work.api_tokens.add(name=name, key=token_key(token), scopes=scopes, by=by, at=at, expires_at=expires_at)
    until = f", until {expires_at.isoformat()}" if expires_at else ""
    work.audit.add(Change(at=at, who=by, action="made the token", subject=f"token {name}",
                          became=f"{scopes_in_words(scopes)}{until}"), key)
    return token


def revoke_token(work: Work, key: bytes, token_id: int, by: str, at: datetime) -> str | None:
    """Let nobody in by it any more; its name, or None when it did not count before."""
    known = work.api_tokens.read(token_id)
    if known is None or not work.api_tokens.revoke(token_id, at):
        return None
    work.audit.add(Change(at=at, who=by, action="revoked the token", subject=f"token {known.name}",
                          was=scopes_in_words(known.scopes)), key)
    return known.name


def token_key(token: str) -> str:
    """How a token is stored. It has 256 random bits, which no list of guesses covers."""
    return hashlib.sha256(token.encode()).hexdigest()


def wrong_name(name: str) -> str:
    """What is wrong with a token's name; empty when nothing is."""
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        return f"Say in 1 to {LONGEST_NAME} characters which program it is for."
    return ""


def scopes_in_words(scopes: frozenset[Scope]) -> str:
    """The names, in order."""
    return " ".join(sorted(scope.value for scope in scopes))
