"""What a call has cost: asked of the carrier when somebody wants to know, leg by leg."""

from dataclasses import dataclass
from decimal import Decimal

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from db.unit_of_work import Work
from flows.rules.roles import Right
from ivr.admin.pages import Pages, fragment
from ivr.admin.parts import AdminParts
from ivr.line.ports import Price, Prices, Rejected, RetryLater

MOST_LEGS = 12
"""Asked one after the other; no call rings more telephones that answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LegCost:
    """One leg: whose it is, its price (None: not reckoned yet), or why the carrier did not say."""

    who: str
    price: Price | None = None
    trouble: str = ""


def cost_pages(pages: Pages, parts: AdminParts) -> None:
    """Declare the answer to "what did it cost?", which stands on the page of the call."""

    @pages.page("/calls/<sid>/cost", Right.READ)
    def call_cost(sid: str) -> ResponseReturnValue:
        with parts.store.reading() as work:
            legs = _legs(work, sid)
        found = [_cost(parts.prices, who, leg) for leg, who in legs[:MOST_LEGS]]
        template = "admin/call_cost_told.html" if fragment() else "admin/call_cost.html"
        return render_template(template, sid=sid, legs=found, sums=_sums(found), left_out=len(legs) > MOST_LEGS)


def _legs(work: Work, sid: str) -> list[tuple[str, str]]:
    """The SIDs of the caller's leg and of every telephone that was rung, each with whose it is."""
    if work.calls.read(sid) is None:
        abort(404)
    rung = [(ring.leg_sid, ring.member) for ring in work.rings.of_call(sid) if ring.leg_sid]
    return [(sid, "the caller"), *rung]


def _cost(prices: Prices, who: str, leg: str) -> LegCost:
    try:
        return LegCost(who=who, price=prices.of_leg(leg))
    except (RetryLater, Rejected) as error:
        return LegCost(who=who, trouble=str(error))


def _sums(legs: list[LegCost]) -> list[Price]:
    """In each currency; an account has one."""
    sums: dict[str, Decimal] = {}
    for leg in legs:
        if leg.price is not None:
            sums[leg.price.currency] = sums.get(leg.price.currency, Decimal()) + leg.price.amount
    return [Price(amount=amount, currency=currency) for currency, amount in sums.items()]
