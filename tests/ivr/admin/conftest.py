"""The admin on a database of its own, and visitors to it."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from db import migrate
from flows.rules.roles import Role
from ivr.app import Parts, create_app, join
from tests.ivr.admin.visitor import AdminClock, Visitor, seeded
from tests.ivr.telephony.site import settings


@pytest.fixture
def clock() -> AdminClock:
    return AdminClock()


@pytest.fixture
def second_factor() -> str:
    """Most stories are not about it."""
    return "optional"


@pytest.fixture
def parts(sqlite_url: str, clock: AdminClock, second_factor: str) -> Iterator[Parts]:
    migrate.upgrade(sqlite_url)
    joined = join(settings(sqlite_url, SECOND_FACTOR=second_factor), clock)
    seeded(joined, clock())
    yield joined
    joined.close()


@pytest.fixture
def app(parts: Parts, sqlite_url: str, second_factor: str) -> Flask:
    made = create_app(settings(sqlite_url, SECOND_FACTOR=second_factor, PUBLIC_BASE_URL="http://localhost"), parts)
    made.testing = True
    return made


@pytest.fixture
def somebody(app: Flask, parts: Parts, clock: AdminClock) -> Callable[[], Visitor]:
    """Opens another browser."""
    return lambda: Visitor(app, parts, clock)


@pytest.fixture
def visitor(somebody: Callable[[], Visitor]) -> Visitor:
    """Nobody has signed in here yet."""
    return somebody()


@pytest.fixture
def owner(visitor: Visitor) -> Visitor:
    """An owner, signed in."""
    visitor.is_user("olga", Role.OWNER)
    assert visitor.signs_in("olga").status_code == 302
    return visitor
