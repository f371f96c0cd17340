"""What the exchange serves to browsers, and to whom."""

import re
from importlib.resources import files

import pytest
import requests

from ivr.emulator.exchange import Exchange
from ivr.emulator.softphone import voices

STATIC = files("ivr.emulator.softphone") / "static"
SCRIPTS = sorted(path.name for path in (STATIC / "js").iterdir())


@pytest.fixture(autouse=True)
def _every_voice_anew():
    voices.spoken.cache_clear()
    yield
    voices.spoken.cache_clear()


def get(exchange: Exchange, path: str, **headers: str) -> requests.Response:
    return requests.get(exchange.api_url + path, headers=headers, timeout=10)


def test_the_page_keeps_to_itself(exchange):
    page = get(exchange, "/")

    assert page.status_code == 200
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert page.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("path", "kind"),
    [("softphone.css", "text/css"), ("favicon.svg", "image/svg+xml"), ("icons.svg", "image/svg+xml"),
     *((f"js/{name}", "text/javascript") for name in SCRIPTS)],
)  # fmt: skip
def test_each_asset_is_served_with_its_type(path, kind, exchange):
    asset = get(exchange, f"/softphone/{path}")

    assert (asset.status_code, asset.headers["Content-Type"]) == (200, f"{kind}; charset=utf-8")


@pytest.mark.parametrize(
    "path", ["/softphone/js/nothing.js", "/softphone/index.html", "/softphone/../site.py", "/softphone/%2e%2e/site.py"]
)
def test_nothing_else_is_served(path, exchange):
    assert get(exchange, path).status_code == 404


def test_under_another_name_the_page_is_not_there(exchange):
    refused = get(exchange, "/", Host="rebound.example")

    assert refused.status_code == 403
    assert "own address" in refused.text


def test_the_page_needs_nothing_from_elsewhere():
    whole = "".join((STATIC / "js" / name).read_text() for name in SCRIPTS) + (STATIC / "index.html").read_text()
    addresses = set(re.findall(r"https?://[^\s\"'`/$)\\]+", whole))

    assert addresses == {"https://www.twilio.com", "http://www.w3.org"}  # a link for people, and the SVG name space


@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts_are_small_and_make_no_markup_of_strings(name):
    script = (STATIC / "js" / name).read_text()

    assert len(script.splitlines()) <= 200
    assert not re.search(r"innerHTML|insertAdjacentHTML|document\.write|eval\(", script)


# A voice for browsers that have none.


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "en-US", "de", "ru", ""])
def test_a_sentence_is_spoken(language, exchange):
    assert voices.languages(), "This test needs the espeak-ng program: install it."
    spoken = get(exchange, f"/softphone/speech?language={language}&text=Hello")

    assert (spoken.status_code, spoken.headers["Content-Type"]) == (200, "audio/wav")
    assert spoken.content.startswith(b"RIFF")


@pytest.mark.parametrize("query", ["text=", "text=Hello&language=--version", "text=" + "x" * 1001, "text=a&language=q"])
def test_what_cannot_be_spoken_is_not_there(query, exchange):
    assert get(exchange, f"/softphone/speech?{query}").status_code == 404


def test_without_the_program_there_is_no_voice(monkeypatch, exchange):
    monkeypatch.setattr(voices, "which", lambda program: None)

    assert voices.languages() == ()
    assert get(exchange, "/softphone/speech?text=Hello").status_code == 404
