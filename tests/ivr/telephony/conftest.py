"""The application on the demo company, and the carrier's signed webhooks."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from db import seed
from db.engine import open_engine
from db.unit_of_work import Store
from ivr.app import Parts, create_app, join
from tests.db.servers import copied_sqlite, migrated_sqlite
from tests.flows.world import NOW
from tests.ivr.telephony.site import settings


@pytest.fixture(scope="session")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the demo company, to copy."""
    path = migrated_sqlite(tmp_path_factory.mktemp("company"))
    store = Store(open_engine(f"sqlite:///{path}"))
    seed.demo(store, NOW)
    store.close()
    return path


@pytest.fixture
def company_url(company: Path, tmp_path: Path) -> str:
    """A fresh database with the demo company."""
    return copied_sqlite(company, tmp_path)


@pytest.fixture
def parts(company_url: str) -> Iterator[Parts]:
    """The working parts; it stays 10:00 in New York."""
    joined = join(settings(company_url), clock=lambda: NOW)
    yield joined
    joined.close()


@pytest.fixture
def app(parts: Parts, company_url: str) -> Flask:
    """The application."""
    return create_app(settings(company_url), parts)
