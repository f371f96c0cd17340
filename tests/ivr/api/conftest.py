"""The API on a database of its own, with the demo company, and programs that use it."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from apiflask import APIFlask
from flask import Flask
from werkzeug.test import TestResponse

from db import migrate
from flows.rules.scopes import Scope
from ivr.app import Parts, create_app, join, staff_parts
from ivr.config import Settings
from ivr.line.staff import StaffParts, audit_key
from ivr.line.tokens import make_token
from tests.ivr.admin.visitor import AdminClock, seeded
from tests.ivr.drill.theatre import Theatre, opened
from tests.ivr.telephony.site import settings


class Program:
    """Something that uses the API with a token of its own."""

    def __init__(self, app: Flask, token: str) -> None:
        self.client = app.test_client()
        self.token = token

    def asks(self, path: str, **headers: str) -> TestResponse:
        return self.sends("GET", path, **headers)

    def sends(self, method: str, path: str, json: Any = None, **headers: str) -> TestResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        authorization = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return self.client.open(f"/api/v1{path}", method=method, json=json, headers={**authorization, **named})

    def reads(self, path: str) -> Any:
        """What is answered at ``path``, which must be there."""
        answer = self.asks(path)
        assert answer.status_code == 200, (answer.status_code, answer.text)
        return answer.json


def refused(answer: TestResponse, status: int, kind: str) -> Any:
    """The problem that was answered."""
    assert answer.status_code == status, answer.text
    assert answer.content_type == "application/problem+json"
    assert answer.json is not None
    assert answer.json["type"].rpartition(":")[2] == kind
    return answer.json


@pytest.fixture
def clock() -> AdminClock:
    return AdminClock()


@pytest.fixture
def settled(sqlite_url: str) -> Settings:
    return settings(sqlite_url)


@pytest.fixture
def parts(settled: Settings, clock: AdminClock) -> Iterator[Parts]:
    migrate.upgrade(settled.database_url)
    joined = join(settled, clock)
    seeded(joined, clock())
    yield joined
    joined.close()


@pytest.fixture
def theatre(monkeypatch: pytest.MonkeyPatch) -> Theatre:
    return opened(monkeypatch)


@pytest.fixture
def app(settled: Settings, parts: Parts, theatre: Theatre) -> Flask:
    return create_app(settled, parts)


@pytest.fixture
def api(app: Flask) -> APIFlask:
    found = app.extensions["api"]
    assert isinstance(found, APIFlask)
    return found


@pytest.fixture
def staff(settled: Settings, parts: Parts) -> StaffParts:
    return staff_parts(settled, parts)


@pytest.fixture
def program(app: Flask, staff: StaffParts) -> Callable[..., Program]:
    """Makes a program whose token has the scopes."""

    def made(*scopes: Scope, name: str = "", expires_at: datetime | None = None) -> Program:
        called = name or f"program {len(named)}"
        named.append(called)
        with staff.store.writing() as work:
            token = make_token(work, audit_key(staff.secret_key), name=called, scopes=frozenset(scopes), by="olga",
                               at=staff.clock(), expires_at=expires_at)
        return Program(app, token)

    named: list[str] = []
    return made


@pytest.fixture
def anything(program: Callable[..., Program]) -> Program:
    """A program that may do everything."""
    return program(*Scope, name="everything")
