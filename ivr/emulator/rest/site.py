"""All resources on one site."""

from aiohttp import web

from ivr.emulator.office import Office
from ivr.emulator.rest import calls, conferences, controls, messages, numbers, participants, queues, recordings
from ivr.emulator.rest.wire import OFFICE, guard


def build_site(office: Office) -> web.Application:
    """The web application: the API under ``/2010-04-01`` with its guard; other pages may be added beside it."""
    api = web.Application(middlewares=[guard])
    api[OFFICE] = office
    for resource in (calls, conferences, messages, numbers, participants, queues, recordings):
        api.add_routes(resource.routes)
    site = web.Application()
    site[OFFICE] = office
    site.add_subapp("/2010-04-01", api)
    own = web.Application(middlewares=[guard])
    own[OFFICE] = office
    own.add_routes(controls.routes)
    site.add_subapp("/emulator", own)
    return site
