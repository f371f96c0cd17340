"""The emulator's own switches, beside the vendor's API: ``POST /emulator/chaos`` and ``GET /emulator/calls``."""

from dataclasses import fields

from aiohttp import web
from multidict import MultiMapping

from ivr.emulator.chaos import Mischief
from ivr.emulator.rest.wire import OFFICE, Refused, text

routes = web.RouteTableDef()
SWITCHES = {field.name for field in fields(Mischief)}


@routes.post("/chaos")
async def unkindness(request: web.Request) -> web.Response:
    """Set Mischief by field name, for one call (CallSid) or all; nothing at all means to be kind again."""
    form = await request.post()
    request.app[OFFICE].chaos.set(_mischief(form), text(form, "CallSid"))
    return web.json_response({name: text(form, name) for name in form})


@routes.post("/calls/{sid}/kill")
async def kill(request: web.Request) -> web.Response:
    """Lose a leg as a network does."""
    leg = request.app[OFFICE].legs.get(request.match_info["sid"])
    if leg is None:
        raise Refused(404, 20404, "no such call")
    leg.lose()
    return web.Response(status=204)


def _mischief(form: MultiMapping[object]) -> Mischief:
    unknown = set(form) - SWITCHES - {"CallSid"}
    if unknown:
        raise Refused(400, 20001, f"unknown switches: {', '.join(sorted(unknown))}")
    given = {name: text(form, name) for name in form if name in SWITCHES}
    try:
        return Mischief(
            refuse_retry=given.pop("refuse_retry", "").lower() == "true",
            **{name: float(value) for name, value in given.items()},
        )  # fmt: skip
    except ValueError as wrong:
        raise Refused(400, 20001, str(wrong)) from wrong
