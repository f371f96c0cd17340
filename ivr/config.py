"""Settings: read from the environment once, checked as a whole, never changed."""

import os
from collections.abc import Mapping
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import phonenumbers
from pydantic import BaseModel, ConfigDict, Field, SecretStr, StringConstraints, ValidationError, field_validator

SHORTEST_SECRET = 32
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
Text = Annotated[str, StringConstraints(strip_whitespace=True)]


class ConfigError(Exception):
    """Settings that cannot be used. ``problems`` holds one sentence for each mistake."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Settings(BaseModel):
    """Everything the environment decides. README's settings table is checked against these fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    twilio_account_sid: Text = Field("", description="Account SID from the Twilio console (AC and 32 hex digits).")
    twilio_auth_token: SecretStr = Field(SecretStr(""), description="Primary auth token; signs every webhook.")
    twilio_api_base_url: Text = Field("", description="Only to point at an emulator; empty means the real Twilio.")
    public_base_url: Text = Field("", description="The https address at which Twilio reaches this site, without path.")
    database_url: Text = Field("sqlite:///escalation-line.db", description="SQLite file or PostgreSQL database.")
    database_synchronous: Text = Field("NORMAL", description="SQLite only: NORMAL, or FULL to survive power loss.")
    secret_key: SecretStr = Field(SecretStr(""), description="Signs cookies and links; at least 32 characters.")
    smtp_host: Text = Field("", description="Mail server; empty keeps mails queued and says so in /readyz.")
    smtp_port: int = Field(25, ge=1, le=65535, description="Port of the mail server; 465 speaks TLS from the start.")
    smtp_username: Text = Field("", description="Empty: no login.")
    smtp_password: SecretStr = Field(SecretStr(""), description="Password of the mail login.")
    smtp_starttls: bool = Field(False, description="Ask the server for STARTTLS before logging in.")
    mail_from: Text = Field("escalation-line@localhost", description="Sender address of every mail.")
    duty_number: Text = Field("", description="E.164 number dialled when the database is gone or a step fails.")
    dial_regions: Text = Field("US,CA,GB,DE,AT,CH", description="Two-letter regions whose numbers may be dialled.")
    ring_mode: Text = Field("hold", description="hold: the caller waits while phones ring beside; dial: one at a time.")
    machine_detection: bool = Field(False, description="true: the carrier guesses at mailboxes, for a fee.")
    texts: Text = Field("off", description="off; links: texts a manager asks for; all: also one as a phone rings.")
    calendar_private: bool = Field(False, description="true: duty calendars may be fetched from private addresses.")
    webhooks_private: bool = Field(False, description="true: webhooks may go to private addresses, and over http.")
    second_factor: Text = Field("required", description="required: owners and admins set one at once; optional.")
    oidc_issuer: Text = Field("", description="OpenID provider for signing in to the admin; empty: passwords only.")
    oidc_client_id: Text = Field("", description="What the provider calls this site.")
    oidc_client_secret: SecretStr = Field(SecretStr(""), description="What the provider gave to prove it.")
    oidc_name: Text = Field("your company account", description="What the sign-in button calls the provider.")
    oidc_claim: Text = Field("email", description="Which of the provider's claims is the name of a user here.")
    keep_calls_days: int = Field(365, ge=0, le=36500, description="Days until calls are forgotten; 0: never.")
    log_level: Text = Field("INFO", description="DEBUG, INFO, WARNING or ERROR.")
    host: Text = Field("127.0.0.1", description="Address `ivr serve` listens on.")
    port: int = Field(5000, ge=0, le=65535, description="Port of `ivr serve`.")

    @field_validator("log_level")
    @classmethod
    def _known_level(cls, level: str) -> str:
        if level.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
            raise ValueError("must be DEBUG, INFO, WARNING or ERROR")
        return level.upper()

    @field_validator("ring_mode")
    @classmethod
    def _known_ring_mode(cls, mode: str) -> str:
        if mode.lower() not in {"hold", "dial"}:
            raise ValueError("must be hold or dial")
        return mode.lower()

    @field_validator("texts")
    @classmethod
    def _known_texts(cls, wanted: str) -> str:
        if wanted.lower() not in {"off", "links", "all"}:
            raise ValueError("must be off, links or all")
        return wanted.lower()

    @field_validator("second_factor")
    @classmethod
    def _known_second_factor(cls, wanted: str) -> str:
        if wanted.lower() not in {"required", "optional"}:
            raise ValueError("must be required or optional")
        return wanted.lower()

    @field_validator("duty_number")
    @classmethod
    def _dialable(cls, number: str) -> str:
        if number and not _is_e164(number):
            raise ValueError("must be a valid phone number in E.164 form, such as +12025550199")
        return number

    @field_validator("database_synchronous")
    @classmethod
    def _known_mode(cls, mode: str) -> str:
        if mode.upper() not in {"NORMAL", "FULL"}:
            raise ValueError("must be NORMAL or FULL")
        return mode.upper()

    @field_validator("twilio_api_base_url", "public_base_url")
    @classmethod
    def _origin_only(cls, url: str) -> str:
        parts = urlsplit(url)
        if url and (parts.scheme not in {"http", "https"} or not parts.netloc or parts.query or parts.fragment):
            raise ValueError("must be an address such as https://line.example.com")
        return url.rstrip("/")

    @field_validator("oidc_issuer")
    @classmethod
    def _proves_itself(cls, issuer: str) -> str:
        parts = urlsplit(issuer)
        if issuer and not (parts.netloc and (parts.scheme == "https" or parts.hostname in LOOPBACK)):
            raise ValueError("must be an https address such as https://id.example.com")
        return issuer

    @property
    def keep_calls(self) -> timedelta | None:
        """For how long calls and letters are kept; None: for ever."""
        return timedelta(days=self.keep_calls_days) if self.keep_calls_days else None

    @property
    def regions(self) -> frozenset[str]:
        """The two-letter regions whose numbers may be dialled."""
        return frozenset(region.strip().upper() for region in self.dial_regions.split(",") if region.strip())


REQUIRED = {
    "twilio_account_sid": "TWILIO_ACCOUNT_SID: missing; copy it from the Twilio console",
    "twilio_auth_token": "TWILIO_AUTH_TOKEN: missing; without it no webhook could be verified",
    "public_base_url": "PUBLIC_BASE_URL: missing; set the https address at which Twilio reaches this site",
    "secret_key": "SECRET_KEY: missing; set 32 random characters, for instance from `openssl rand -hex 32`",
}

SECRETS = ("twilio_auth_token", "secret_key")
OIDC = ("oidc_issuer", "oidc_client_id", "oidc_client_secret")


def load(environ: Mapping[str, str] | None = None) -> Settings:
    """Read settings from ``environ`` (default: the process's). Raises ConfigError that lists every mistake.

    NAME_FILE names a file that holds the value of NAME, as container platforms hand over secrets.
    """
    source = os.environ if environ is None else environ
    values, problems = _given(source)
    problems += _missing_or_short(values) + _half_a_provider(values)
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        raise ConfigError([*problems, *(line for each in error.errors() for line in _sentences(each))]) from None
    if problems:
        raise ConfigError(problems)
    return settings


def _given(source: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    values, problems = {}, []
    for name in Settings.model_fields:
        variable, in_file = name.upper(), f"{name.upper()}_FILE"
        if variable in source:
            values[name] = source[variable]
        elif in_file in source:
            try:
                values[name] = Path(source[in_file]).read_text(encoding="utf-8").strip()
            except (OSError, UnicodeDecodeError) as error:
                problems.append(f"{in_file}: cannot be read ({type(error).__name__}); name a readable text file")
    return values, problems


def _missing_or_short(values: Mapping[str, str]) -> list[str]:
    """What must be there; told together with every other mistake, so that nobody mends them one by one."""
    given = {name: values.get(name, "").strip() for name in REQUIRED}
    return [REQUIRED[name] for name, text in given.items() if not text] + [
        f"{name.upper()}: must have at least {SHORTEST_SECRET} characters"
        for name in SECRETS
        if 0 < len(given[name]) < SHORTEST_SECRET
    ]


def _half_a_provider(values: Mapping[str, str]) -> list[str]:
    """What an OpenID provider still needs, when there is to be one."""
    missing = [name.upper() for name in OIDC if not values.get(name, "").strip()]
    if len(missing) == len(OIDC):
        return []
    problems = [f"{name}: missing; signing in by OpenID Connect needs all of OIDC_ISSUER, OIDC_CLIENT_ID and "
                "OIDC_CLIENT_SECRET" for name in missing]
    if find_spec("authlib") is None:
        problems.append("OIDC_ISSUER: needs the extra sso; install it with `pip install '.[sso]'`")
    return problems


def _sentences(problem: Any) -> list[str]:
    message = problem["msg"].removeprefix("Value error, ")
    place = ".".join(str(part) for part in problem["loc"]).upper()
    return [f"{place}: {message}"] if place else message.split("\n")


def _is_e164(number: str) -> bool:
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_valid_number(parsed) and phonenumbers.format_number(parsed, 0) == number
