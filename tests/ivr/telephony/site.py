"""The application as the carrier sees it: webhooks signed as the carrier signs them, posted to Flask's own client."""

from collections.abc import Mapping
from typing import Any

from flask import Flask
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict
from werkzeug.routing import Map
from werkzeug.test import TestResponse

from ivr.app import create_app, join
from ivr.config import Settings, load

BASE_URL = "https://line.example.com"
NOBODY = "http://127.0.0.1:9"
"""No carrier is there, and the real one is never asked from a test."""
TOKEN = "0123456789abcdef0123456789abcdef"
DUTY = "+12025550199"
CALLER_SID = "CA" + "1" * 32
MANAGER_SID = "CA" + "2" * 32
INCOMING = {"CallSid": CALLER_SID, "From": "+12025550123", "To": "+12025550150", "CallStatus": "ringing"}

Fields = Mapping[str, str] | list[tuple[str, str]]


def settings(database_url: str, **others: str) -> Settings:
    """Settings of a line at ``BASE_URL``; ``others`` are environment variables."""
    return load(
        {
            "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
            "TWILIO_AUTH_TOKEN": TOKEN,
            "TWILIO_API_BASE_URL": NOBODY,
            "PUBLIC_BASE_URL": BASE_URL,
            "DATABASE_URL": database_url,
            "SECRET_KEY": "s" * 32,
            "DUTY_NUMBER": DUTY,
            "DIAL_REGIONS": "US",
            **others,
        }
    )


def signature(url: str, fields: Fields, token: str = TOKEN) -> str:
    """What the carrier writes into the header for this request."""
    return str(RequestValidator(token).compute_signature(url, MultiDict(fields)))


def post(app: Flask, path: str, fields: Fields = INCOMING, **environ: Any) -> TestResponse:
    """A webhook of the carrier's; ``environ`` changes what a server in between would."""
    signed = {"X-Twilio-Signature": signature(BASE_URL + path, fields)}
    return app.test_client().post(path, data=MultiDict(fields), headers=signed, environ_overrides=environ)


def voice_paths() -> dict[str, str]:
    """A path of every webhook by its endpoint; every number in it is 1. The application's database is never opened."""
    unused = settings("sqlite:///never-opened.db")
    parts = join(unused)
    try:
        urls: Map = create_app(unused, parts).extensions["voice"].url_map
    finally:
        parts.close()
    adapter = urls.bind("line.example.com")
    return {
        rule.endpoint: adapter.build(rule.endpoint, dict.fromkeys(rule.arguments, 1)) for rule in urls.iter_rules()
    }
