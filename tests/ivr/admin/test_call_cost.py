"""What a call has cost, asked of the carrier leg by leg."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from flows.rules.roles import Role
from ivr import app as wiring
from ivr.line.ports import Price, RetryLater
from tests.ivr.admin.test_pages import called
from tests.ivr.admin.visitor import NOW, Visitor


class Carrier:
    """Prices by leg; a leg that is not there has none yet."""

    def __init__(self) -> None:
        self.prices: dict[str, Price | Exception] = {}

    def of_leg(self, sid: str) -> Price | None:
        found = self.prices.get(sid)
        if isinstance(found, Exception):
            raise found
        return found


@pytest.fixture
def carrier(monkeypatch: pytest.MonkeyPatch) -> Carrier:
    found = Carrier()
    monkeypatch.setattr(wiring, "TwilioPrices", lambda *_: found)
    return found


@pytest.fixture
def owner(carrier: Carrier, somebody: Callable[[], Visitor]) -> Visitor:
    visitor = somebody().is_user("olga", Role.OWNER)
    visitor.signs_in("olga")
    called(visitor.parts, "CA1", "48213", ended=True)
    with visitor.parts.store.writing() as work:
        attempt = work.attempts.begin("48213", "CA1", "phone", NOW)
        for number, name in enumerate(("Dana", "Marcus")):
            ring = work.rings.start(attempt, "CA1", 1, "Level 1", name, "+12025550101", NOW)
            work.rings.answered(ring, f"CA-leg-{number}", NOW)
    return visitor


def usd(amount: str) -> Price:
    return Price(amount=Decimal(amount), currency="USD")


def test_every_leg_is_told_and_the_sum(owner: Visitor, carrier: Carrier) -> None:
    carrier.prices = {"CA1": usd("0.0085"), "CA-leg-0": usd("0.0140"), "CA-leg-1": usd("0.0280")}
    assert 'hx-get="/admin/calls/CA1/cost"' in owner.sees("/admin/calls/CA1")
    page = owner.sees("/admin/calls/CA1/cost")

    assert "<strong>0.0505 USD</strong>" in page
    assert [page.count(each) for each in ("the caller", "<dt>Dana", "<dt>Marcus")] == [1, 1, 1]
    assert "so far" not in page
    assert "<h1>" not in owner.sees("/admin/calls/CA1/cost", **{"HX-Request": "true"})
    assert owner.asks("/admin/calls/CA9/cost").status_code == 404


def test_what_is_not_reckoned_or_not_said_is_told_so(owner: Visitor, carrier: Carrier) -> None:
    assert "Not known yet" in owner.sees("/admin/calls/CA1/cost")
    carrier.prices = {"CA1": usd("0.0085"), "CA-leg-0": RetryLater("it does not answer")}
    page = owner.sees("/admin/calls/CA1/cost")

    assert "<strong>0.0085 USD</strong> so far" in page
    assert "the carrier does not say: it does not answer" in page
    assert "not charged, or not reckoned yet" in page
