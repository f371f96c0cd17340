"""Queues and their members: create, fetch, list, resize, delete; take a member out."""

from aiohttp import web

from ivr.emulator.documents import GoTo
from ivr.emulator.program import divert
from ivr.emulator.queues import QUEUE_AT_MOST, Queue, Waiting
from ivr.emulator.rest.wire import API, OFFICE, Json, Refused, not_found, page_json, rfc2822, text

routes = web.RouteTableDef()


@routes.post("/Accounts/{account}/Queues.json")
async def create(request: web.Request) -> web.Response:
    """Open a queue. 22003: the name is taken."""
    office, form = request.app[OFFICE], await request.post()
    name = text(form, "FriendlyName")
    if not name or any(queue.name == name for queue in office.queues.values()):
        raise Refused(400, 22003, f"Queue {name} already exists or has no name")
    queue = Queue(office, name)
    queue.max_size = _size(text(form, "MaxSize"))
    return web.json_response(queue_json(queue), status=201)


@routes.get("/Accounts/{account}/Queues.json")
async def listing(request: web.Request) -> web.Response:
    """All queues."""
    queues = request.app[OFFICE].queues.values()
    return web.json_response(page_json(request, "queues", [queue_json(one) for one in queues]))


@routes.get("/Accounts/{account}/Queues/{sid}.json")
async def fetch(request: web.Request) -> web.Response:
    """One queue."""
    return web.json_response(queue_json(_queue(request)))


@routes.post("/Accounts/{account}/Queues/{sid}.json")
async def update(request: web.Request) -> web.Response:
    """Rename or resize it."""
    queue, form = _queue(request), await request.post()
    queue.name = text(form, "FriendlyName", queue.name)
    queue.max_size = _size(text(form, "MaxSize", str(queue.max_size)))
    return web.json_response(queue_json(queue))


@routes.delete("/Accounts/{account}/Queues/{sid}.json")
async def delete(request: web.Request) -> web.Response:
    """Close an empty queue. 22002: somebody waits in it."""
    queue = _queue(request)
    if queue.waiting:
        raise Refused(400, 22002, "Queue is not empty")
    del request.app[OFFICE].queues[queue.sid]
    return web.Response(status=204)


@routes.get("/Accounts/{account}/Queues/{sid}/Members.json")
async def members(request: web.Request) -> web.Response:
    """Who waits, first come first."""
    queue = _queue(request)
    return web.json_response(page_json(request, "queue_members", [member_json(queue, one) for one in queue.waiting]))


@routes.get("/Accounts/{account}/Queues/{sid}/Members/{key}.json")
async def member(request: web.Request) -> web.Response:
    """One who waits, by call or ``Front``."""
    queue = _queue(request)
    return web.json_response(member_json(queue, _member(request, queue)))


@routes.post("/Accounts/{account}/Queues/{sid}/Members/{key}.json")
async def dequeue(request: web.Request) -> web.Response:
    """Take one out and let him hear another document; his Enqueue's action gets QueueResult=redirected."""
    queue, form = _queue(request), await request.post()
    one = _member(request, queue)
    answer = member_json(queue, one)
    divert(one.leg, GoTo(url=text(form, "Url"), method=text(form, "Method", "POST")))
    return web.json_response(answer)


def _queue(request: web.Request) -> Queue:
    found = request.app[OFFICE].queues.get(request.match_info["sid"])
    if found is None:
        raise not_found(request.path)
    return found


def _member(request: web.Request, queue: Queue) -> Waiting:
    key = request.match_info["key"]
    found = queue.waiting[:1] if key == "Front" else [one for one in queue.waiting if one.leg.sid == key]
    if not found:
        raise not_found(request.path)
    return found[0]


def _size(words: str) -> int:
    return min(5000, max(1, int(words))) if words.isdecimal() else QUEUE_AT_MOST


def queue_json(queue: Queue) -> Json:
    """The vendor's Queue resource."""
    account = queue.office.account_sid
    path = f"{API}/Accounts/{account}/Queues/{queue.sid}"
    return {
        "sid": queue.sid, "account_sid": account, "friendly_name": queue.name, "current_size": len(queue.waiting),
        "max_size": queue.max_size, "average_wait_time": queue.average_wait, "date_created": rfc2822(queue.created),
        "date_updated": rfc2822(queue.created), "uri": f"{path}.json",
        "subresource_uris": {"members": f"{path}/Members.json"},
    }  # fmt: skip


def member_json(queue: Queue, one: Waiting) -> Json:
    """The vendor's Member resource."""
    path = f"{API}/Accounts/{queue.office.account_sid}/Queues/{queue.sid}/Members/{one.leg.sid}"
    position = queue.waiting.index(one) + 1 if one in queue.waiting else 0
    return {
        "call_sid": one.leg.sid, "queue_sid": queue.sid, "date_enqueued": rfc2822(one.leg.created), "uri":
        f"{path}.json",
        "position": position, "wait_time": one.seconds(),
    }  # fmt: skip
