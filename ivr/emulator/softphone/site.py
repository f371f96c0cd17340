"""The telephones on the exchange's site: ``GET /`` is the page, ``/softphone/line`` the WebSocket behind it.

::

    telephones = Softphone(people=(Person(name="Dana", number="+12025550123"), ...), guide=...)
    with Exchange(..., speed=1.0, pages=telephones.pages) as exchange:
        ...
        telephones.shows_mail(mail_sink)
        print(exchange.api_url)
"""

import asyncio
from email.message import EmailMessage
from importlib.resources import files

from aiohttp import WSCloseCode, web

from ivr.emulator.mail_sink import MailSink
from ivr.emulator.office import Office
from ivr.emulator.softphone.guard import LOOPBACK, guarded
from ivr.emulator.softphone.guide import Guide
from ivr.emulator.softphone.line import answering
from ivr.emulator.softphone.people import Person
from ivr.emulator.softphone.telephones import Telephones
from ivr.emulator.softphone.voices import NoSpeech, languages, spoken

STATIC = files("ivr.emulator.softphone") / "static"
TYPES = {".css": "text/css", ".html": "text/html", ".js": "text/javascript", ".svg": "image/svg+xml"}


class Softphone:
    """The telephones of one exchange. ``people`` get a telephone each; more can be added on the page.

    ``hosts`` are the names under which the page may be opened: loopback, unless somebody means otherwise.
    """

    def __init__(
        self, *, people: tuple[Person, ...] = (), guide: Guide | None = None, hosts: frozenset[str] = LOOPBACK
    ) -> None:
        self._people, self._guide, self._hosts = people, guide, hosts
        self._telephones: Telephones | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._sockets: set[web.WebSocketResponse] = set()

    def pages(self, site: web.Application, office: Office) -> None:
        """Put the pages on the exchange's site: the ``pages=`` argument of Exchange."""
        self._telephones = Telephones(office, self._people)
        greeting = {
            "people": [
                {"name": one.name, "number": one.number, "email": one.email, "role": one.role} for one in self._people
            ],
            "guide": self._guide.on_the_wire() if self._guide is not None else None,
            "speech": list(languages()),
        }  # fmt: skip
        for path, handler in (
            ("/", _page),
            ("/softphone/line", answering(self._the_telephones, greeting, self._sockets)),
            ("/softphone/speech", _speech),
            ("/softphone/{asset:[a-z_/-]+[.](?:js|css|svg)}", _asset),
        ):
            site.router.add_get(path, guarded(handler, self._hosts))
        site.on_startup.append(self._open)
        site.on_shutdown.append(self._close)

    def shows_mail(self, sink: MailSink) -> None:
        """Show the mails of a sink from now on, on their receivers' telephones; for a running exchange."""
        sink.subscribers.append(self._mailed)

    def _the_telephones(self) -> Telephones:
        assert self._telephones is not None, "the pages are on no site yet"
        return self._telephones

    async def _open(self, _site: web.Application) -> None:
        self._loop = asyncio.get_running_loop()
        await self._the_telephones().open()

    async def _close(self, _site: web.Application) -> None:
        self._loop = None
        for socket in tuple(self._sockets):
            await socket.close(code=WSCloseCode.GOING_AWAY, message=b"the exchange closes")

    def _mailed(self, mail: EmailMessage) -> None:
        loop = self._loop
        if loop is not None:  # called on the mail sink's thread
            loop.call_soon_threadsafe(self._the_telephones().mailed, mail)


async def _page(_request: web.Request) -> web.StreamResponse:
    return _static("index.html")


async def _asset(request: web.Request) -> web.StreamResponse:
    return _static(request.match_info["asset"])


def _static(name: str) -> web.Response:
    found = STATIC.joinpath(*name.split("/"))
    if not found.is_file():
        raise web.HTTPNotFound
    kind = TYPES["." + name.rpartition(".")[2]]
    return web.Response(body=found.read_bytes(), content_type=kind, charset="utf-8")


async def _speech(request: web.Request) -> web.StreamResponse:
    text, language = request.query.get("text", ""), request.query.get("language") or "en"
    try:
        wav = await asyncio.get_running_loop().run_in_executor(None, spoken, text, language)
    except NoSpeech as refused:
        raise web.HTTPNotFound(text=str(refused)) from None
    return web.Response(body=wav, content_type="audio/wav")
