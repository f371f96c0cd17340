"""The carrier's REST API without a socket: the emulator's own handlers, and everything that can go wrong on the way."""

import json
import re
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, cast
from urllib.parse import urlsplit

import requests
from aiohttp import web
from multidict import MultiDict
from twilio.http.response import Response

from ivr.emulator.office import Office
from ivr.emulator.rest import calls, messages
from ivr.emulator.rest.wire import API, OFFICE, Refused, error_json


class Manner(Enum):
    """What becomes of the line's REST requests."""

    FINE = "fine"
    TOO_MANY = "429"
    BROKEN = "500"
    NEVER_ARRIVES = "timeout, nothing done"
    ANSWER_LOST = "timeout, and yet it was done"


SECONDS = {Manner.NEVER_ARRIVES: 2.0, Manner.ANSWER_LOST: 2.0}
"""What a request costs the line; others cost a fifth of a second."""


@dataclass(slots=True)
class _Request:
    """As much of a web request as the emulator's handlers read."""

    app: Mapping[web.AppKey[Office], Office]
    path: str
    form: MultiDict[str]
    match_info: Mapping[str, str]
    query: MultiDict[str]

    async def post(self) -> MultiDict[str]:
        """The form."""
        return self.form


class RestDesk:
    """Takes the line's REST requests. ``spent`` adds up the seconds that the line has waited for them; ``run`` runs a
    handler on the exchange."""

    def __init__(self, office: Office, run: Callable[[Coroutine[Any, Any, web.Response]], web.Response]) -> None:
        self._office, self._run = office, run
        self.manner = Manner.FINE
        self.spent = 0.0
        self.told: list[Callable[[str, Mapping[str, str], Manner, str], None]] = []
        self._routes = [
            (route.method, _pattern(route.path), route.handler)
            for table in (calls.routes, messages.routes)
            for route in table
            if isinstance(route, web.RouteDef)
        ]

    def request(
        self, method: str, url: str, data: Mapping[str, Any] | None = None, query: Mapping[str, Any] | None = None
    ) -> Response:
        """What the line's HTTP client is answered. Raises what ``requests`` raises when nothing comes back."""
        self.spent += SECONDS.get(self.manner, 0.2)
        path, form, sid = urlsplit(url).path.removeprefix(API), _form(data or {}), ""
        try:
            if self.manner is Manner.TOO_MANY:
                raise Refused(429, 20429, "Too Many Requests")
            if self.manner is Manner.BROKEN:
                raise Refused(500, 20500, "Internal Server Error")
            if self.manner is Manner.NEVER_ARRIVES:
                raise requests.ConnectTimeout("no answer")
            answer = self._handled(method, path, form, _form(query or {}))
            sid = str(json.loads(answer.text or "{}").get("sid", ""))
        except Refused as refused:
            return Response(refused.status, json.dumps(error_json(refused)))
        finally:
            for told in self.told:
                told(path, form, self.manner, sid)
        if self.manner is Manner.ANSWER_LOST:
            raise requests.ReadTimeout("no answer")
        return Response(answer.status, answer.text or "")

    def _handled(self, method: str, path: str, form: MultiDict[str], query: MultiDict[str]) -> web.Response:
        for allowed, pattern, handler in self._routes:
            matched = pattern.fullmatch(path)
            if allowed == method and matched:
                asked: Any = _Request({OFFICE: self._office}, path, form, matched.groupdict(), query)
                return self._run(cast(Coroutine[Any, Any, web.Response], handler(asked)))
        raise AssertionError(f"the emulator has no {method} {path}")


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/.]+)", path.replace(".", r"\.")))


def _form(data: Mapping[str, Any]) -> MultiDict[str]:
    form: MultiDict[str] = MultiDict()
    for name, value in data.items():
        for one in value if isinstance(value, list) else [value]:
            form.add(name, str(one))
    return form
