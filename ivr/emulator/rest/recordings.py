"""Recordings: fetch, list, delete, and the audio."""

from aiohttp import web

from ivr.emulator.recordings import Recording
from ivr.emulator.rest.wire import API, OFFICE, Json, not_found, page_json, rfc2822

routes = web.RouteTableDef()


@routes.get("/Accounts/{account}/Recordings.json")
@routes.get("/Accounts/{account}/Calls/{call}/Recordings.json")
async def listing(request: web.Request) -> web.Response:
    """All recordings, newest first, or those of one call."""
    call = request.match_info.get("call", request.query.get("CallSid"))
    chosen = [one for one in reversed(request.app[OFFICE].recordings.values()) if call in (None, one.call_sid)]
    return web.json_response(page_json(request, "recordings", [recording_json(one) for one in chosen]))


@routes.get("/Accounts/{account}/Recordings/{sid}.json")
async def fetch(request: web.Request) -> web.Response:
    """One recording."""
    return web.json_response(recording_json(_recording(request)))


@routes.delete("/Accounts/{account}/Recordings/{sid}.json")
async def delete(request: web.Request) -> web.Response:
    """Forget a recording."""
    del request.app[OFFICE].recordings[_recording(request).sid]
    return web.Response(status=204)


@routes.get("/Accounts/{account}/Recordings/{sid}")
@routes.get("/Accounts/{account}/Recordings/{sid}.wav")
async def audio(request: web.Request) -> web.Response:
    """The sound, as WAV."""
    return web.Response(body=_recording(request).audio(), content_type="audio/x-wav")


def _recording(request: web.Request) -> Recording:
    found = request.app[OFFICE].recordings.get(request.match_info["sid"])
    if found is None:
        raise not_found(request.path)
    return found


def recording_json(recording: Recording) -> Json:
    """The vendor's Recording resource."""
    account = recording.office.account_sid
    path = f"{API}/Accounts/{account}/Recordings/{recording.sid}"
    return {
        "sid": recording.sid, "account_sid": account, "api_version": "2010-04-01", "call_sid": recording.call_sid,
        "conference_sid": None, "channels": recording.channels, "duration": str(recording.seconds), "price": None,
        "price_unit": "USD", "source": recording.source, "status": recording.status, "error_code": None,
        "start_time": rfc2822(recording.begun), "date_created": rfc2822(recording.begun),
        "date_updated": rfc2822(recording.begun), "media_url": recording.url, "encryption_details": None,
        "uri": f"{path}.json", "subresource_uris": {"transcriptions": f"{path}/Transcriptions.json"},
    }  # fmt: skip
