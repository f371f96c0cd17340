"""Requests to the application: signed, over real sockets, as the carrier makes them."""

import time
from collections.abc import Mapping
from urllib.parse import urlsplit

import aiohttp
from twilio.request_validator import RequestValidator
from yarl import URL

from ivr.emulator.clock import Clock
from ivr.emulator.errands import Answer, Errand, Overrides, bare, signed_address
from ivr.emulator.sids import Sids

REDIRECTS_AT_MOST = 10
SECONDS_AT_MOST = 15.0


class Courier:
    """Makes requests. One per exchange; closes its connection after each, as idle sockets prove nothing."""

    def __init__(self, *, clock: Clock, auth_token: str, sids: Sids) -> None:
        self._clock = clock
        self._signer = RequestValidator(auth_token)
        self._sids = sids
        self._client: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        """Close what is open."""
        if self._client is not None:
            await self._client.close()

    def new_jar(self) -> aiohttp.CookieJar:
        """The cookies of one call. Only on the exchange's loop."""
        return aiohttp.CookieJar(unsafe=True)

    async def request(
        self, url: str, method: str, parameters: Mapping[str, str], jar: aiohttp.CookieJar | None = None, *,
        retry: bool = True, json: bytes | None = None,
    ) -> Answer:  # fmt: skip
        """One webhook (a form, or a JSON body) with its redirects and retries, inside the 15 real seconds that the
        carrier allows."""
        overrides = Overrides.of(url)
        limit = min(SECONDS_AT_MOST, overrides.total / 1000)
        errand = Errand(
            url=url, method=method, parameters=parameters, token=self._sids.token(), overrides=overrides,
            give_up=time.monotonic() + limit, jar=jar, json=json,
        )  # fmt: skip
        with self._clock.outstanding():
            answer = await self._follow(errand)
            for _ in range(overrides.retries if retry else 0):
                if not overrides.retry(answer) or time.monotonic() >= errand.give_up:
                    break
                answer = await self._follow(errand)
        return answer

    async def _follow(self, errand: Errand) -> Answer:
        for _ in range(1 + REDIRECTS_AT_MOST):
            answer = await self._once(errand)
            if not answer.location:
                return answer
            errand = errand.redirected(answer)
        return Answer(url=errand.url, method=errand.method, code=11215, error="too many redirects")

    async def _once(self, errand: Errand) -> Answer:
        url, method = errand.url, errand.method
        try:
            async with self._clock.deadline(errand.wait):
                return await self._exchange(errand)
        except TimeoutError:
            return Answer(url=url, method=method, code=11200, error="no answer in time")
        except (aiohttp.ClientConnectorError, aiohttp.InvalidURL, ValueError) as refused:
            return Answer(url=url, method=method, code=11205, error=str(refused))
        except aiohttp.ClientError as broken:
            return Answer(url=url, method=method, code=11200, error=str(broken) or type(broken).__name__)

    async def _exchange(self, errand: Errand) -> Answer:
        target = URL(bare(errand.address), encoded=True)
        request = self._open().request(
            errand.method, target, data=errand.body, headers=self._headers(errand), allow_redirects=False,
            cookies=errand.jar.filter_cookies(target) if errand.jar is not None else None,
        )  # fmt: skip
        async with request as response:
            content = await response.read()
        if errand.jar is not None:
            errand.jar.update_cookies(response.cookies, response.url)
        return _judged(errand, response, content)

    def _headers(self, errand: Errand) -> dict[str, str]:
        signature: str = self._signer.compute_signature(signed_address(errand.address), dict(errand.form))
        headers = {
            "User-Agent": "TwilioProxy/1.1",
            "Accept": "*/*",
            "Content-Type": errand.content_type,
            "X-Twilio-Signature": signature,
            "X-Home-Region": "us1",
            "I-Twilio-Idempotency-Token": errand.token,
        }
        login = urlsplit(errand.url)
        if login.username:
            headers["Authorization"] = aiohttp.encode_basic_auth(login.username, login.password or "")
        return headers

    def _open(self) -> aiohttp.ClientSession:
        if self._client is None or self._client.closed:
            self._client = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(force_close=True, limit=0, happy_eyeballs_delay=None),
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=aiohttp.ClientTimeout(total=None),  # real deadlines only: loop time may stand still
            )
        return self._client


def _judged(errand: Errand, response: aiohttp.ClientResponse, content: bytes) -> Answer:
    declared = response.headers.get("Content-Type")
    failed = response.status >= 400
    return Answer(
        url=errand.url, method=errand.method, status=response.status, body=content,
        content_type=declared.split(";")[0].strip().lower() if declared else None,
        location=response.headers.get("Location", "") if 300 <= response.status < 400 else "",
        code=11200 if failed else 0, error=f"HTTP {response.status}" if failed else "",
    )  # fmt: skip
