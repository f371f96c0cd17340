"""What all resources share: login, errors, paging, dates, and the documented look of a list."""

import asyncio
import operator
import time
from base64 import b64encode
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from hmac import compare_digest
from typing import Any
from urllib.parse import urlencode

from aiohttp import web
from multidict import MultiMapping

from ivr.emulator.office import Office

API = "/2010-04-01"
SETTLING_TURNS = 10
PAGE_SIZE, PAGE_SIZE_AT_MOST = 50, 1000
Json = dict[str, Any]
OFFICE = web.AppKey("office", Office)


class Refused(Exception):
    """A request the API refuses: HTTP status, the vendor's code and words."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message


def not_found(path: str) -> Refused:
    """20404, as the vendor words it."""
    return Refused(404, 20404, f"The requested resource {path} was not found")


def error_json(refused: Refused) -> Json:
    """The documented error body."""
    link = f"https://www.twilio.com/docs/errors/{refused.code}"
    return {"code": refused.code, "message": refused.message, "more_info": link, "status": refused.status}


@web.middleware
async def guard(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Hold simulated time while a request is served; check the login; put errors into the documented form."""
    office = request.app[OFFICE]
    with office.clock.outstanding():
        try:
            _check_login(request, office)
            await _unkindness(office)
            answer = await handler(request)
            for _ in range(SETTLING_TURNS):
                await asyncio.sleep(0)  # what the request causes at this very moment is done before it is answered
            return answer
        except Refused as refused:
            return web.json_response(error_json(refused), status=refused.status)
        except web.HTTPNotFound:
            return web.json_response(error_json(not_found(request.path)), status=404)
        except web.HTTPMethodNotAllowed:
            return web.json_response(error_json(Refused(405, 20004, "Method not allowed")), status=405)


async def _unkindness(office: Office) -> None:
    seconds = office.chaos.towards("").rest_delay
    if seconds:
        await asyncio.to_thread(time.sleep, seconds)  # the client waits in real time, so must we
    if office.chaos.fails_request():
        raise Refused(500, 20500, "Internal Server Error")


def _check_login(request: web.Request, office: Office) -> None:
    wanted = b64encode(f"{office.account_sid}:{office.auth_token}".encode()).decode()
    given = request.headers.get("Authorization", "")
    if not compare_digest(given.encode(), f"Basic {wanted}".encode()):
        raise Refused(401, 20003, "Authenticate")
    if request.match_info.get("account", office.account_sid) != office.account_sid:
        raise not_found(request.path)


def page_json(request: web.Request, key: str, items: Sequence[Json]) -> Json:
    """One page of a list. PageSize at most 1000, default 50."""
    size = _number(request, "PageSize", PAGE_SIZE, 1, PAGE_SIZE_AT_MOST)
    page = _number(request, "Page", 0, 0, 10**6)
    first, shown = page * size, items[page * size : (page + 1) * size]
    more = first + size < len(items)
    return {
        key: list(shown), "page": page, "page_size": size, "start": first, "end": max(first, first + len(shown) - 1),
        "uri": _page_uri(request, page, size), "first_page_uri": _page_uri(request, 0, size),
        "next_page_uri": _page_uri(request, page + 1, size) if more else None,
        "previous_page_uri": _page_uri(request, page - 1, size) if page else None,
    }  # fmt: skip


def _page_uri(request: web.Request, page: int, size: int) -> str:
    kept = [(name, value) for name, value in request.query.items() if name not in ("Page", "PageSize", "PageToken")]
    token = [("PageToken", f"PA{page}")] if page else []
    return f"{request.path}?{urlencode([*kept, ('PageSize', size), ('Page', page), *token])}"


def _number(request: web.Request, name: str, default: int, least: int, most: int) -> int:
    text = request.query.get(name, "")
    return min(most, max(least, int(text))) if text.isdecimal() else default


def rfc2822(moment: datetime | None) -> str | None:
    """The dates of this API."""
    return format_datetime(moment) if moment is not None else None


def on_dates(query: MultiMapping[str], name: str, moment: datetime | None) -> bool:
    """The date filters of a list: ``Name=``, ``Name>=`` (spelled ``Name>``) and ``Name<=``, whole days or moments,
    in UTC."""
    for key, fits in (("", operator.eq), (">", operator.ge), ("<", operator.le)):
        wanted = query.get(name + key)
        if wanted is None:
            continue
        shown = "" if moment is None else moment.astimezone(UTC).isoformat()
        if moment is None or not fits(shown[: len("2026-01-31")], wanted[: len("2026-01-31")]):
            return False
    return True


def truth(form: MultiMapping[Any], name: str, default: bool) -> bool:
    """A boolean parameter, in any case: the official libraries send ``true`` as well as ``True``."""
    text = str(form.get(name, "")).lower()
    return default if text not in ("true", "false") else text == "true"


def text(form: MultiMapping[Any], name: str, default: str = "") -> str:
    """A text parameter."""
    return str(form.get(name, default))
