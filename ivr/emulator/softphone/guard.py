"""Who may use the telephones: pages of this very site, and programs, under a name that means this machine.

Without this any web page the developer has open could place calls (cross-site WebSockets are not bound by the
same-origin policy), or read them under a name of its own that resolves to loopback (DNS rebinding).
"""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; form-action 'none'; "
        "require-trusted-types-for 'script'"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache",
}
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def refusal(request: web.Request, hosts: frozenset[str]) -> str:
    """Why this request is not served; empty when it is. Programs send no Origin, browsers always do with sockets."""
    asked = f"//{request.headers.get('Host', '')}"
    if urlsplit(asked).hostname not in hosts:
        return "The telephones answer under their own address only; open it as it was printed."
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != urlsplit(asked).netloc:
        return "Another site may not use these telephones."
    return ""


def guarded(handler: Handler, hosts: frozenset[str]) -> Handler:
    """The handler, for those who may use it, with the headers that keep the page to itself."""

    async def serve(request: web.Request) -> web.StreamResponse:
        complaint = refusal(request, hosts)
        if complaint:
            return web.Response(status=403, text=complaint, headers=HEADERS)
        response = await handler(request)
        if not response.prepared:
            response.headers.update(HEADERS)
        return response

    return serve
