"""A visitor of the admin: a browser without the window. It follows no redirect by itself, so that each step is seen."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pyotp
from flask import Flask
from werkzeug.test import TestResponse

from db import seed
from flows.call import EscalationCall
from flows.routing import Line
from flows.rules.roles import Role
from ivr.admin.proofs import hashed_password
from ivr.app import Parts

NOW = datetime(2026, 3, 3, 15, 0, tzinfo=UTC)
PASSWORD = "correct horse battery"
HASH = hashed_password(PASSWORD)
"""Hashing takes a while on purpose; once is enough for all stories."""
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class AdminClock:
    """The clock of the stories; it moves only when told."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def advance(self, length: timedelta) -> None:
        self.now += length


class Visitor:
    """Somebody with a browser of their own."""

    def __init__(self, app: Flask, parts: Parts, clock: AdminClock) -> None:
        self.browser = app.test_client()
        self.parts = parts
        self.clock = clock

    def is_user(self, name: str, *roles: Role) -> "Visitor":
        """There is such a user, with the password of all stories."""
        with self.parts.store.writing() as work:
            work.users.add(name=name, roles=frozenset(roles), password_hash=HASH, at=self.clock())
        return self

    def signs_in(self, name: str, password: str = PASSWORD, **more: str) -> TestResponse:
        return self.sends("/admin/sign-in", "/admin/sign-in", name=name, password=password, **more)

    def sees(self, path: str, **headers: str) -> str:
        """The page at ``path``, which must be there."""
        answer = self.browser.get(path, headers=headers)
        assert answer.status_code == 200, (answer.status_code, answer.headers.get("Location"))
        return unescape(answer.text)

    def asks(self, path: str, **headers: str) -> TestResponse:
        return self.browser.get(path, headers=headers)

    def sends(self, page: str, action: str, **fields: Any) -> TestResponse:
        """Fill in the form on ``page`` that goes to ``action``."""
        return self.browser.post(action, data={"csrf_token": self.token_on(page), **fields})

    def token_on(self, page: str) -> str:
        found = TOKEN.search(self.browser.get(page).text)
        return found.group(1) if found else ""

    def sets_second_factor(self) -> pyotp.TOTP:
        page = self.sees("/admin/account/second-factor")
        found = re.search(r"Or type: <code>(\w+)</code>", page)
        assert found is not None
        app = pyotp.TOTP(found.group(1))
        code = app.at(self.clock())
        answer = self.sends("/admin/account/second-factor", "/admin/account/second-factor", code=code)
        assert answer.status_code == 200
        return app


def seeded(parts: Parts, at: datetime) -> None:
    """The demo company."""
    seed.demo(parts.store, at)


def a_state(line: Line, caller: str) -> EscalationCall:
    """A call that has just been picked up."""
    return EscalationCall(step="greeting", language="en", line=line, caller=caller)
