"""How users prove who they are: passwords, six-digit codes that change every 30 seconds, and recovery codes."""

import hashlib
import secrets
from collections.abc import Iterable

import pyotp
import segno
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 256
STEP_SECONDS = 30
RECOVERY_CODES = 10
ISSUER = "Escalation line"

_HASHER = PasswordHasher()
_NOBODYS_HASH = _HASHER.hash(secrets.token_hex(16))
"""Checked when there is no such user, so that the answer takes as long."""


class UnusablePassword(ValueError):
    """A password nobody should have. The message says what is wanted."""


def hashed_password(password: str, name: str = "") -> str:
    """An argon2id hash. Raises UnusablePassword."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise UnusablePassword(f"A password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters.")
    if len(set(password)) < 5 or (name and name.lower() in password.lower()):
        raise UnusablePassword("Choose a password that is harder to guess: not the name, not one letter repeated.")
    return _HASHER.hash(password)


def password_fits(password: str, password_hash: str | None) -> bool:
    """Whether the password belongs to the hash; takes about 0.2 s, also without a hash. Keep no transaction open."""
    try:
        _HASHER.verify(password_hash or _NOBODYS_HASH, password[:LONGEST_PASSWORD])
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def new_totp_secret() -> str:
    """A secret for an authenticator app."""
    return pyotp.random_base32()


def totp_picture(secret: str, name: str) -> str:
    """The secret as a QR code for the app's camera: the address of an SVG picture."""
    address = pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER)
    return segno.make(address).svg_data_uri(scale=5, border=2, dark="black", light="white")


def totp_step(secret: str, code: str, at: float) -> int | None:
    """The time step (30 s, counted from 1970) whose code this is; one step of clock drift is forgiven. None: wrong."""
    totp, now = pyotp.TOTP(secret), int(at) // STEP_SECONDS
    digits = "".join(code.split())
    return next((step for step in (now, now - 1, now + 1) if secrets.compare_digest(
        totp.at(step * STEP_SECONDS).encode(), digits.encode())), None)


def new_recovery_codes() -> tuple[str, ...]:
    """Codes that replace a lost telephone, each once. Shown once, stored as hashes."""
    return tuple(f"{secrets.token_hex(3)}-{secrets.token_hex(3)}" for _ in range(RECOVERY_CODES))


def hashed_recovery(code: str) -> str:
    """How a recovery code is stored. It has 48 random bits, which no list of guesses covers."""
    return hashlib.sha256(code.strip().lower().encode()).hexdigest()


def hashed_recoveries(codes: Iterable[str]) -> tuple[str, ...]:
    """How several are stored."""
    return tuple(hashed_recovery(code) for code in codes)
