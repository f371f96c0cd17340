"""Tokens by which programs use the API. Only their hash is kept: a token is shown once."""

import hashlib
import secrets
from datetime import datetime

from db.repositories.audit import Change
from db.unit_of_work import Work
from flows.rules.scopes import Scope
from ivr.line.staff import StaffParts

PREFIX = "esc_"
"""Tells people, and programs that look for leaked secrets, what it is."""
LONGEST_NAME = 60


def make_token(
    parts: StaffParts, work: Work, name: str, scopes: frozenset[Scope], by: str, expires_at: datetime | None
) -> str:
    """A new token; what to show whoever will use it. Raises StoreConflict when the name is taken."""
    token = PREFIX + secrets.token_urlsafe(32)
    at = parts.clock()
    work.api_tokens.add(name=name, key=token_key(token), scopes=scopes, by=by, at=at, expires_at=expires_at)
    until = f", until {expires_at.isoformat()}" if expires_at else ""
    parts.note(work, Change(at=at, who=by, action="made the token", subject=f"token {name}",
                            became=f"{scopes_in_words(scopes)}{until}"))
    return token


def revoke_token(parts: StaffParts, work: Work, token_id: int, by: str) -> str | None:
    """Let nobody in by it any more; its name, or None when it did not count before."""
    known, at = work.api_tokens.read(token_id), parts.clock()
    if known is None or not work.api_tokens.revoke(token_id, at):
        return None
    parts.note(work, Change(at=at, who=by, action="revoked the token", subject=f"token {known.name}",
                            was=scopes_in_words(known.scopes)))
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
